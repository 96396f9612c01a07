import { type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"

/** Terms of the series before it is given up. */
const TERMS = 2000

/** A term this small beside the sum ends it: its share of the sum of squares. */
const ENOUGH = 1e-27

/** (I - lambda M')^-1 x of each period, x a column of a panel: by the series x + lambda M'x + …, whose terms are cheap, or where that does not settle by a factorisation. */
export const inverseTransposed = (m: SparseMatrix, lambda: number, x: Float64Array): Float64Array => {
  const turned = transpose(m)
  const scaled = { ...turned, values: turned.values.map((value) => lambda * value) }
  const periods = x.length / m.rows
  const sum = x.slice()
  let term = x
  for (let power = 0; power < TERMS; power++) {
    term = sparseTimesDense(scaled, term, periods)
    let [added, whole] = [0, 0]
    for (let i = 0; i < sum.length; i++) {
      const [value, total] = [term[i]!, sum[i]! + term[i]!]
      sum[i] = total
      added += value * value
      whole += total * total
    }
    if (!Number.isFinite(whole)) break
    if (!(added > ENOUGH * whole)) return sum
  }
  return spatialSolver(m, lambda).solveTransposed(x, periods)
}
