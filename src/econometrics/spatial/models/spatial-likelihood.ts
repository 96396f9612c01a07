import { multiply } from "../../../linalg/cross-product.ts"
import { luFactor, luInverse } from "../../../linalg/lu.ts"
import { denseWeights, type WeightsMatrix } from "../weights/weights-matrix.ts"
import { demeanTwoWay } from "./panel-effects.ts"
import { type Correction, requireUnitRowSums } from "./spatial-frame.ts"

/** W itself, or under lee-yu W - 11'/N, which has W*'s eigenvalues and a zero in the place of W's eigenvalue 1, W* = F'WF. */
export const likelihoodMatrix = (weights: WeightsMatrix, correction: Correction): Float64Array => {
  if (correction === "none") return denseWeights(weights)
  requireUnitRowSums(weights)
  return denseWeights(weights).map((w) => w - 1 / weights.entities.length)
}
/** Traces of G that the information matrix needs; under lee-yu of F'GF. */
export interface GTraces {
  readonly g: number
  /** tr(GG + G'G) */
  readonly squares: number
}

/** tr G* and tr(G*G* + G*'G*) of a row-major matrix: G* is G itself, or F'GF. */
export const traces = (g: Float64Array, entities: number, correction: Correction): GTraces => {
  // F'GF has the traces of J G J, J = I - 11'/N, which is G demeaned by row and by column.
  const used = correction === "lee-yu" ? demeanTwoWay(g, entities) : g
  let trace = 0
  let squares = 0
  for (let i = 0; i < entities; i++) {
    trace += used[i * entities + i]!
    for (let j = 0; j < entities; j++) squares += used[i * entities + j]! * (used[j * entities + i]! + used[i * entities + j]!)
  }
  return { g: trace, squares }
}

/** G = W° (I - rho W°)^-1, row-major. */
export const spatialMultiplier = (matrix: Float64Array, size: number, rho: number): Float64Array => {
  const system = matrix.map((w, at) => (Math.floor(at / size) === at % size ? 1 : 0) - rho * w)
  return multiply(matrix, luInverse(luFactor(system, size)), size, size, size)
}
