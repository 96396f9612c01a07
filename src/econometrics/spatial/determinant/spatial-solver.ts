import { factorFill } from "../../../linalg/factor-fill.ts"
import { luFactor, luSolve, luSolveTransposed } from "../../../linalg/lu.ts"
import { spectralRadiusBound } from "../../../linalg/perron-bound.ts"
import { symmetricPattern } from "../../../linalg/sparse-log-determinant.ts"
import { columnOrderForLU, factorSparseLU, solveSparseLU, solveTransposedSparseLU } from "../../../linalg/sparse-lu.ts"
import { type SparseMatrix, sparseIdentity, toDense, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse } from "../../../linalg/sparse-product.ts"
import { neumannSeries } from "./neumann-series.ts"

/** Solutions of (I - rho W) X = B at one rho. */
export interface SpatialSolver {
  /** What they come from, in words. */
  readonly description: string
  /** (I - rho W)^-1 B for N x width B, row-major; a vector where width is left out. */
  readonly solve: (b: Float64Array, width?: number) => Float64Array
  /** (I - rho W')^-1 B. */
  readonly solveTransposed: (b: Float64Array, width?: number) => Float64Array
}

/** Up to so many places, and from this share of links on, dense factors take less time than sparse ones. */
const FEW_PLACES = 40
const DENSE = 0.2

/** Of so many places it is asked beforehand how far factors would fill in; up to so many multiplications they are made. */
const MANY_PLACES = 3000
const MOST_ENTRIES = 6e7
const MOST_OPERATIONS = 3e10

/**
 * Factors I - rho W: dense LU factors of few places or many links, else sparse ones. Where these would fill in beyond a minute's work, and |rho| times the
 * spectral radius is below 1, each solution is a series instead (`neumannSeries`). A rho at which I - rho W has no inverse is a RangeError.
 */
export const spatialSolver = (w: SparseMatrix, rho: number): SpatialSolver => {
  const n = w.rows
  const a = addSparse(1, sparseIdentity(n), -rho, w)
  const noInverse = () => new RangeError(`I - rho W has no inverse at rho = ${rho}`)
  if (n <= FEW_PLACES || w.values.length > DENSE * n * n) {
    const factors = luFactor(toDense(a), n)
    if (factors.singular) throw noInverse()
    return {
      description: "dense LU factors",
      solve: (b, width) => luSolve(factors, b, width),
      solveTransposed: (b, width) => luSolveTransposed(factors, b, width)
    }
  }
  const order = columnOrderForLU(a)
  if (n > MANY_PLACES && Math.abs(rho) * spectralRadiusBound(w) < 1) {
    const fill = factorFill(symmetricPattern(w), order, MOST_ENTRIES)
    if (fill === undefined || fill.operations > MOST_OPERATIONS) {
      const transposed = transpose(w)
      return {
        description: "a series of powers of W",
        solve: (b, width = 1) => neumannSeries(w, rho, b, width),
        solveTransposed: (b, width = 1) => neumannSeries(transposed, rho, b, width)
      }
    }
  }
  const factors = factorSparseLU(a, order)
  if (factors.singular) throw noInverse()
  return {
    description: "sparse LU factors",
    solve: byColumns(n, (b) => solveSparseLU(factors, b)),
    solveTransposed: byColumns(n, (b) => solveTransposedSparseLU(factors, b))
  }
}

const byColumns =
  (n: number, solve: (b: Float64Array) => Float64Array) =>
  (b: Float64Array, width = 1): Float64Array => {
    if (width === 1) return solve(b)
    const x = new Float64Array(n * width)
    for (let c = 0; c < width; c++) {
      const column = solve(Float64Array.from({ length: n }, (_, i) => b[i * width + c]!))
      for (let i = 0; i < n; i++) x[i * width + c] = column[i]!
    }
    return x
  }
