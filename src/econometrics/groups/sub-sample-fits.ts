import { equationSystem } from "../bootstrap/equation-system.ts"
import { resampler } from "../bootstrap/sample-resampler.ts"
import type { FeSample } from "../regression/fe-sample.ts"
import type { Variable } from "../sample/variable.ts"

/** A regression of y on all x with entity and year effects in a sub-sample; of the slopes that were asked for, in order. */
export interface SubSampleFit {
  readonly slopes: Float64Array
  /** Clustered by entity: G/(G - 1) sum_g (a'X_g'e_g)^2 with a the slope's row of (X'X)^-1; NaN where that is nothing but rounding. */
  readonly variances: Float64Array
}

/** Fits the entities (codes) that `chosen` has a one for, alone; undefined where effects or other regressors explain a regressor there. */
export type SubSampleFits = (chosen: Uint8Array) => SubSampleFit | undefined

/** A variance at most this share of that for independent errors is rounding: scores sum to zero in every cluster. */
const NOTHING = 1e-14

/** Two-way fixed effects regressions of many sub-samples of entities, for the slopes at `tested` (positions in x): a sub-sample is a resample that has each of its entities once. */
export const subSampleFits = (sample: FeSample, y: Variable, x: ReadonlyArray<Variable>, tested: ReadonlyArray<number>): SubSampleFits => {
  const entities = resampler(sample, [...x, y], "cluster")
  const { starts, units } = entities
  const system = equationSystem(entities, [{ regressors: [...x.keys()], responses: [x.length], wanted: tested }])
  const slopes = tested.length
  return (chosen) => {
    entities.take(chosen)
    if (!system.solve()) return undefined
    const influence = system.influence()
    const e = system.residuals[0]!
    const G = chosen.reduce((count, one) => count + one, 0)
    const variances = Float64Array.from(tested, (_, j) => {
      const r = system.weights[j]!
      let [clustered, independent] = [0, 0]
      for (let g = 0; g < units; g++) {
        if (chosen[g] === 0) continue
        clustered += influence[g * slopes + j]! ** 2
        for (let i = starts[g]!; i < starts[g + 1]!; i++) independent += (r[i]! * e[i]!) ** 2
      }
      return clustered > NOTHING * independent ? (clustered * G) / (G - 1) : Number.NaN
    })
    return { slopes: system.parameters.slice(), variances }
  }
}
