import { dot } from "../../../linalg/dot.ts"
import { traceOfProduct } from "../../../linalg/sparse-product.ts"
import { Fault, type Warning } from "../../fault.ts"
import { logDeterminant, type Spectrum, spectrum, traceOf } from "../determinant/spectrum.ts"
import { denseWeights, isRowStandardized, rowSums, type WeightsMatrix } from "../weights/weights-matrix.ts"
import type { Slope } from "./maximum.ts"
import { demeanTwoWay } from "./panel-effects.ts"

/**
 * How the incidental entity and time effects are met. lee-yu: the data are transformed by orthonormal complements of the unit vectors, which
 * removes the effects and leaves (N-1)(T-1) independent rows (Lee and Yu 2010, the transformation approach); needs row sums of one. none: the
 * effects are concentrated out and nothing corrects for their number, as xsmle does; rho is then badly biased where W is dense.
 */
export type Correction = "lee-yu" | "none"

/**
 * lnL = -(n/2) ln(2 pi s2) + a ln|I - rho W°| - e'e/(2 s2). Without a correction W° is W. Under lee-yu it stands for W* = F'WF, F an orthonormal
 * complement of the unit vector: W° = W - 11'/N has W*'s eigenvalues and a zero in the place of W's eigenvalue 1, so that ln|I - rho W°| is Lee and
 * Yu's ln|I - rho W| - ln(1 - rho) with no pole at 1. rho lies between the bounds of W°.
 */
export interface SpatialLikelihood {
  readonly correction: Correction
  /** n: how many independent rows the likelihood counts. */
  readonly observations: number
  /** a: how many times the determinant counts. */
  readonly periods: number
  /** W°, row-major. */
  readonly matrix: Float64Array
  readonly spectrum: Spectrum
}

/** The likelihood of a model with entity and time effects. Weights whose rows do not sum to one are a fault under lee-yu. */
export const twoWayLikelihood = (weights: WeightsMatrix, periods: number, correction: Correction): SpatialLikelihood => {
  const entities = weights.entities.length
  if (entities < 3 || periods < 2)
    throw new Fault("panel-too-small", `a spatial panel model with two-way effects needs at least 3 entities and 2 years; there are ${entities} and ${periods}`)
  const shared = { correction, matrix: likelihoodMatrix(weights, correction) }
  const eigen = spectrum(shared.matrix, entities)
  return correction === "none"
    ? { ...shared, observations: entities * periods, periods, spectrum: eigen }
    : { ...shared, observations: (entities - 1) * (periods - 1), periods: periods - 1, spectrum: eigen }
}

/** W° of a correction. */
export const likelihoodMatrix = (weights: WeightsMatrix, correction: Correction): Float64Array => {
  if (correction === "none") return denseWeights(weights)
  requireUnitRowSums(weights)
  return denseWeights(weights).map((w) => w - 1 / weights.entities.length)
}

/** Time effects can be transformed away only where W 1 = 1: W* = F'WF stands for W then. */
export const requireUnitRowSums = (weights: WeightsMatrix): void => {
  if (isRowStandardized(weights)) return
  const sums = rowSums(weights)
  const off = sums.findIndex((sum) => !(Math.abs(sum - 1) < 1e-9))
  throw new Fault(
    "weights-not-row-standardised",
    `the Lee-Yu transformation of time effects needs weights whose rows sum to 1; the row of "${weights.entities[off]}" sums to ${sums[off]}: standardise by row, or set correction to "none"`
  )
}

/** tr(WW + W'W): the size of the signal about rho that W itself carries. It is small where W is dense. */
export const weightsTrace = ({ matrix }: WeightsMatrix): number => traceOfProduct(matrix, matrix) + dot(matrix.values, matrix.values)

/**
 * Warns of what correction none leaves. Year effects move rho: at the truth its score has the mean -1'G1/N a year, G = W (I - rho W)^-1, for they take
 * away what the entities have in common. Entity effects leave rho alone, but e'e is divided by NT for N(T-1) (Lee and Yu 2010).
 */
export const correctionWarnings = (weights: WeightsMatrix, correction: Correction): ReadonlyArray<Warning> => {
  if (correction === "lee-yu") return []
  const size = weights.entities.length
  const densest = isRowStandardized(weights) ? ` (${((2 * size) / (size - 1)).toPrecision(4)} if all ${size} entities weighed alike on each other)` : ""
  return [
    {
      code: "incidental-effects-uncorrected",
      message: [
        'correction "none": the effects of entities and years are estimated along with the rest, and nothing corrects for their number.',
        "Year effects make rho too low, the more so the denser the weights:",
        `tr(WW + W'W), small where they are dense, is ${weightsTrace(weights).toPrecision(4)} here${densest}.`,
        "Entity effects make sigma2 and the standard errors too small.",
        'Use correction "lee-yu", unless results of software that corrects for neither are to be repeated (xsmle by default)'
      ].join(" ")
    }
  ]
}

/** The concentrated likelihood at rho, given e'e and its derivative there (s2 = e'e/n and the slopes put in). */
export const concentrated = ({ observations, periods, spectrum: eigen }: SpatialLikelihood, rho: number, sse: number, sseSlope: number): Slope => ({
  value: -(observations / 2) * (Math.log((2 * Math.PI * sse) / observations) + 1) + periods * logDeterminant(eigen, rho),
  slope: (-(observations / 2) * sseSlope) / sse - periods * traceOf(eigen, rho, 1, 1)
})

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
