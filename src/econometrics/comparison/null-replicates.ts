import { tTwoSided } from "../../stats/distributions.ts"
import { streams } from "../../stats/random.ts"
import { Fault } from "../fault.ts"
import { type CurveModel, curveDesign } from "./curve-design.ts"
import { curveResampler } from "./curve-resample.ts"
import { signedZ } from "./curve-summary.ts"
import type { NullReplicates } from "./joint-inference.ts"

/** A block of replicates: those from `from` on. Replicate i is drawn by stream i of the seed, whatever block it is in. */
export interface ReplicateBlock {
  readonly seed: number
  readonly from: number
  readonly count: number
}

export interface CurveFit {
  readonly estimates: Float64Array
  readonly standardErrors: Float64Array
  /** Two-sided, t(G - 1). */
  readonly pValues: Float64Array
}

const pValueOf = (estimate: number, standardError: number, df: number): number => tTwoSided(estimate / standardError, df)

/** The estimates in the sample itself, by outcome: what `within`, `fixedEffects` or `fe2sls` give, clustered by entity with xtreg's factor. */
export const curveFit = (model: CurveModel): CurveFit => {
  const design = curveDesign(model)
  const { estimates, standardErrors } = curveResampler(design)(new Int32Array(design.entities.length).fill(1))
  if (!estimates.every(Number.isFinite))
    throw new Fault(
      "not-estimable",
      `${model.treatment.name} cannot be told from the controls, or too few rows are left: leave controls out or widen the sample`
    )
  return { estimates, standardErrors, pValues: estimates.map((estimate, k) => pValueOf(estimate, standardErrors[k]!, design.entities.length - 1)) }
}

/**
 * Replicates of specifications under the null (Simonsohn, Simmons and Nelson 2020): the outcome less the estimated effect, y - b x, in a resample of whole entities, each draw a new
 * entity with effects of its own. `entities` are those of the study, from which all its specifications draw the same, so that their replicates belong together; a sample of some of them has as
 * many draws as fall on it. By outcome and replicate the estimate and the signed z-value of its p-value, t(G - 1); NaN where the resample leaves too little.
 */
export const nullReplicates = (model: CurveModel, entities: ReadonlyArray<string>, { count, from, seed }: ReplicateBlock): NullReplicates => {
  const fit = curveFit(model)
  const x = model.treatment.values
  const outcomes = model.outcomes.map(({ name, values }, k) => ({ name, values: values.map((y, i) => y - fit.estimates[k]! * x[i]!) }))
  const design = curveDesign({ ...model, outcomes })
  const resample = curveResampler(design)
  const position = new Map(entities.map((name, i) => [name, i]))
  const places = design.entities.map((name) => {
    const place = position.get(name)
    if (place === undefined) throw new Fault("entities", `${name} is in the sample and not among the entities that are drawn from`)
    return place
  })
  const random = streams(seed)
  const drawn = new Int32Array(entities.length)
  const counts = new Int32Array(places.length)
  const estimates = outcomes.map(() => new Float64Array(count).fill(Number.NaN))
  const z = outcomes.map(() => new Float64Array(count).fill(Number.NaN))
  for (let r = 0; r < count; r++) {
    random.start(from + r)
    drawn.fill(0)
    for (let i = 0; i < entities.length; i++) {
      const entity = random.integer(entities.length)
      drawn[entity] = drawn[entity]! + 1
    }
    let clusters = 0
    for (const [g, place] of places.entries()) {
      counts[g] = drawn[place]!
      clusters += drawn[place]!
    }
    if (clusters < 2) continue
    const own = resample(counts)
    for (const k of outcomes.keys()) {
      const [estimate, standardError] = [own.estimates[k]!, own.standardErrors[k]!]
      if (!(Number.isFinite(estimate) && standardError > 0)) continue
      estimates[k]![r] = estimate
      z[k]![r] = signedZ({ estimate, pValue: pValueOf(estimate, standardError, clusters - 1) })
    }
  }
  return { estimates, z }
}
