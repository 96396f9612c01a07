import { Fault } from "../../fault.ts"
import type { Factor } from "../../sample/factor.ts"
import { demeanEntities, demeanPeriods, demeanTwoWay } from "../models/panel-effects.ts"
import type { SpatialSample } from "../models/spatial-sample.ts"
import { rowSums, type WeightsMatrix } from "../weights/weights-matrix.ts"

/** Which effects an equation has: none but a constant, those of entities, of periods, or both, taken off; or random ones of entities. */
export type GmmEffects = "pooled" | "individual" | "time" | "two-way" | "random"

/** How columns lose their effects. Lags come first: lagging commutes with deviations from the entities' means, and not with those from the periods'. */
export interface GmmFrame {
  readonly effects: GmmEffects
  readonly entities: number
  readonly periods: number
  /** Independent rows: (N - 1 with effects of time) (T - 1 with effects of entities). */
  readonly observations: number
  /** Parameters that the effects take. */
  readonly absorbed: number
  /** Whether each period's mean is taken off. */
  readonly centred: boolean
  readonly demean: (x: Float64Array) => Float64Array
  /** The panel's factors, and of these the effects. */
  readonly factors: { readonly entity: Factor; readonly year: Factor }
  readonly absorbedFactors: ReadonlyArray<Factor>
}

/** The frame of a sample; too few entities or periods for the effects are a Fault. */
export const gmmFrame = ({ entities, periods, weights }: SpatialSample, effects: GmmEffects, years: ReadonlyArray<number> | undefined): GmmFrame => {
  const least = effects === "pooled" || effects === "time" ? 1 : 2
  if (entities < 4 || periods < least)
    throw new Fault(
      "panel-too-small",
      `a spatial model with ${effects === "pooled" ? "a constant" : `${effects} effects`} needs at least 4 entities and ${least === 1 ? "1 year" : "2 years"}; there are ${entities} and ${periods}`
    )
  const length = entities * periods
  const entity: Factor = { name: "entity", codes: Int32Array.from({ length }, (_, at) => Math.floor(at / periods)), levels: entities, labels: weights.entities }
  const year: Factor = {
    name: "year",
    codes: Int32Array.from({ length }, (_, at) => at % periods),
    levels: periods,
    labels: years ?? Array.from({ length: periods }, (_, t) => t + 1)
  }
  const frame = (observations: number, absorbed: number, centred: boolean, absorbedFactors: ReadonlyArray<Factor>, demean: GmmFrame["demean"]): GmmFrame => ({
    effects,
    entities,
    periods,
    observations,
    absorbed,
    centred,
    demean,
    factors: { entity, year },
    absorbedFactors
  })
  switch (effects) {
    case "pooled":
    case "random":
      return frame(length, 0, false, [], (x) => x)
    case "individual":
      return frame(length - entities, entities, false, [entity], (x) => demeanEntities(x, entities))
    case "time":
      return frame(length - periods, periods, true, [year], (x) => demeanPeriods(x, entities))
    case "two-way":
      return frame((entities - 1) * (periods - 1), entities + periods - 1, true, [entity, year], (x) => demeanTwoWay(x, entities))
  }
}

/** Effects of time leave (I - lambda M) u only where M takes a constant to a constant: its rows must have one sum. */
export const requireConstantRowSums = (weights: WeightsMatrix, { centred }: GmmFrame): void => {
  if (!centred) return
  const sums = rowSums(weights)
  const most = sums.reduce((largest, sum) => Math.max(largest, Math.abs(sum)), 0)
  const off = sums.findIndex((sum) => !(Math.abs(sum - sums[0]!) <= 1e-9 * most))
  if (off >= 0)
    throw new Fault(
      "weights-not-row-standardised",
      `spatial errors beside effects of time need weights whose rows have one sum; that of "${weights.entities[0]}" is ${Number(sums[0]!.toPrecision(6))}, that of "${weights.entities[off]}" ${Number(sums[off]!.toPrecision(6))}: standardise by row, or take effects individual or pooled`
    )
}
