import { type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"

/** Terms of the series before it is given up. */
const TERMS = 2000

const square = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0)

/** (I - lambda M')^-1 x of each period, x a column of a panel: by the series x + lambda M'x + …, whose terms are cheap, or where that does not settle by a factorisation. */
export const inverseTransposed = (m: SparseMatrix, lambda: number, x: Float64Array): Float64Array => {
  const turned = transpose(m)
  const periods = x.length / m.rows
  const sum = x.slice()
  let term = x
  for (let power = 0; power < TERMS; power++) {
    term = sparseTimesDense(turned, term, periods).map((value) => lambda * value)
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + term[i]!
    if (!(square(term) > 1e-30 * square(sum))) return sum
  }
  return spatialSolver(m, lambda).solveTransposed(x, periods)
}
