import { Fault } from "../../fault.ts"
import { isRowStandardized, rowSums, type WeightsMatrix } from "../weights/weights-matrix.ts"
import { demeanEntities, demeanPeriods, demeanTwoWay } from "./panel-effects.ts"
import type { SpatialSample } from "./spatial-sample.ts"

/** Which effects are taken off: none but a constant, those of entities, of periods, or both. */
export type SpatialEffectsOfPanel = "pooled" | "individual" | "time" | "two-way"

/**
 * How the number of effects is met. lee-yu: the data are transformed by orthonormal complements of the unit vectors, which removes the effects and leaves
 * as many independent rows as there are without them (Lee and Yu 2010, the transformation approach); with time effects it needs row sums of one. none: the
 * effects are concentrated out and nothing corrects for their number, as xsmle and splm do; rho is then badly biased where W is dense and there are time effects.
 */
export type Correction = "lee-yu" | "none"

/**
 * Lag, then demean is the likelihood's order: Q W y. Demeaning first, W Q y, is what software for cross-sections does that is given demeaned data; they differ
 * where W does not commute with demeaning, which it does for entity effects, and after a second demeaning for time effects and row-standardised W.
 */
export type LagOrder = "lag-then-demean" | "demean-then-lag"

/** What a likelihood counts and how its columns are made. */
export interface SpatialFrame {
  readonly effects: SpatialEffectsOfPanel
  readonly correction: Correction
  readonly order: LagOrder
  /** n: how many independent rows the likelihood counts. */
  readonly observations: number
  /** a: how many times ln|I - rho W| counts. */
  readonly copies: number
  /** Whether ln(1 - rho) is taken from ln|I - rho W|: W stands for F'WF, F an orthonormal complement of the unit vector. */
  readonly deflated: boolean
  /** Parameters that the effects and the constant take. */
  readonly absorbed: number
  /** Before a column is lagged. */
  readonly prepare: (column: Float64Array) => Float64Array
  /** After it was lagged, or not: the column of the likelihood. */
  readonly finish: (column: Float64Array) => Float64Array
}

const same = (column: Float64Array): Float64Array => column

/** Deviations from the means of the effects, of a column that stands entity by entity. */
const demeanOf = (effects: SpatialEffectsOfPanel, entities: number): ((column: Float64Array) => Float64Array) => {
  switch (effects) {
    case "pooled":
      return same
    case "individual":
      return (column) => demeanEntities(column, entities)
    case "time":
      return (column) => demeanPeriods(column, entities)
    case "two-way":
      return (column) => demeanTwoWay(column, entities)
  }
}

/** Time effects can be transformed away only where W 1 = 1: F'WF stands for W then. */
export const requireUnitRowSums = (weights: WeightsMatrix): void => {
  if (isRowStandardized(weights)) return
  const sums = rowSums(weights)
  const off = sums.findIndex((sum) => !(Math.abs(sum - 1) < 1e-9))
  throw new Fault(
    "weights-not-row-standardised",
    `the Lee-Yu transformation of time effects needs weights whose rows sum to 1; the row of "${weights.entities[off]}" sums to ${Number(sums[off]!.toPrecision(6))}: standardise by row, or set correction to "none"`
  )
}

const counts = (effects: SpatialEffectsOfPanel, correction: Correction, n: number, t: number) => {
  if (correction === "none" || effects === "pooled") return { observations: n * t, copies: t, deflated: false }
  switch (effects) {
    case "individual":
      return { observations: n * (t - 1), copies: t - 1, deflated: false }
    case "time":
      return { observations: (n - 1) * t, copies: t, deflated: true }
    case "two-way":
      return { observations: (n - 1) * (t - 1), copies: t - 1, deflated: true }
  }
}

/** The frame of a sample's likelihood. Too few entities or periods for the effects, and weights that a correction cannot take, are Faults. */
export const spatialFrame = (
  { entities, periods }: SpatialSample,
  weights: ReadonlyArray<WeightsMatrix>,
  effects: SpatialEffectsOfPanel,
  correction: Correction,
  order: LagOrder
): SpatialFrame => {
  const named = effects === "two-way" ? "two-way" : effects === "time" ? "time" : "entity"
  if (entities < 3 || (periods < 2 && (effects === "individual" || effects === "two-way")))
    throw new Fault(
      "panel-too-small",
      effects === "pooled"
        ? `a spatial model needs at least 3 entities; there are ${entities}`
        : `a spatial panel model with ${named} effects needs at least 3 entities and ${effects === "time" ? "1 year" : "2 years"}; there are ${entities} and ${periods}`
    )
  const counted = counts(effects, correction, entities, periods)
  if (counted.deflated) for (const w of weights) requireUnitRowSums(w)
  const demean = demeanOf(effects, entities)
  return {
    effects,
    correction,
    order,
    ...counted,
    absorbed: { pooled: 0, individual: entities, time: periods, "two-way": entities + periods - 1 }[effects],
    prepare: order === "demean-then-lag" ? demean : same,
    finish: order === "demean-then-lag" ? same : demean
  }
}
