import { spectralRadiusBound } from "../../../linalg/perron-bound.ts"
import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { stream } from "../../../stats/random.ts"
import { neumannSeries } from "./neumann-series.ts"
import { spatialSolver } from "./spatial-solver.ts"

const DRAWS = 30
/** So many vectors are multiplied by W at once: its entries are read once for all of them. */
const TOGETHER = 10
/** Of the sum: what the series leaves out. */
const TOLERANCE = 1e-10

/**
 * tr(G'G) by |G z|^2 with z of independent signs (Hutchinson 1990, Commun. Stat. Simul. 19, 433-450). The part of the unit vector, where G is largest as a rule, is
 * exact: |G 1|^2 / N + the mean of |G (z - mean z)|^2. `deflated`: without that part, and with the mean of G (z - mean z) taken off. G z is summed as
 * W z + rho W^2 z + .. where that converges, without a factor, else solved for.
 */
export const estimatedOuterTrace = (
  w: SparseMatrix,
  rho: number,
  deflated: boolean,
  seed: number
): { readonly value: number; readonly method: string; readonly standardError: number } => {
  const n = w.rows
  const multiply = multiplierOf(w, rho)
  const draw = stream(seed, 1)
  const samples: Array<number> = []
  while (samples.length < DRAWS) {
    const width = Math.min(TOGETHER, DRAWS - samples.length)
    const z = Float64Array.from({ length: n * width }, () => (draw.uniform() < 0.5 ? -1 : 1))
    centre(z, width)
    const product = multiply(z, width)
    if (deflated) centre(product, width)
    samples.push(...columnSquares(product, width))
  }
  const ofUnit = deflated ? 0 : columnSquares(multiply(new Float64Array(n).fill(1), 1), 1)[0]! / n
  const mean = samples.reduce((sum, x) => sum + x, 0) / DRAWS
  const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (DRAWS - 1)
  return { value: ofUnit + mean, method: `Hutchinson's estimate, ${DRAWS} draws`, standardError: Math.sqrt(variance / DRAWS) }
}

/** Takes each column's mean off. */
const centre = (x: Float64Array, width: number): void => {
  const n = x.length / width
  for (let c = 0; c < width; c++) {
    let sum = 0
    for (let at = c; at < x.length; at += width) sum += x[at]!
    for (let at = c; at < x.length; at += width) x[at]! -= sum / n
  }
}

const columnSquares = (x: Float64Array, width: number): ReadonlyArray<number> =>
  Array.from({ length: width }, (_, c) => {
    let sum = 0
    for (let at = c; at < x.length; at += width) sum += x[at]! * x[at]!
    return sum
  })

/** X -> G X. */
const multiplierOf = (w: SparseMatrix, rho: number): ((x: Float64Array, width: number) => Float64Array) => {
  if (!(Math.abs(rho) * spectralRadiusBound(w) < 1)) {
    const { solve } = spatialSolver(w, rho)
    return (x, width) => sparseTimesDense(w, solve(x, width), width)
  }
  return (x, width) => neumannSeries(w, rho, sparseTimesDense(w, x, width), width, TOLERANCE)
}
