import { chi2Quantile } from "../../stats/distributions.ts"
import type { Stream } from "../../stats/random.ts"
import type { ImputationModel, ImputationOptions } from "./imputation-model.ts"

/** What a regression has of effects: a constant and effects of years as columns, and columns whose coefficients each entity has of its own: 1 for its effect, the year (from -1 to 1) for its line. */
export interface EffectColumns {
  readonly own: ReadonlyArray<Float64Array>
  /** The constant first. */
  readonly shared: ReadonlyArray<Float64Array>
}

export const effectColumns = ({ year }: ImputationModel, { effects = "two-way", trend = "linear" }: Partial<ImputationOptions>): EffectColumns => {
  const rows = year.length
  const years = [...new Set(year)].sort((a, b) => a - b)
  const middle = (years[0]! + years.at(-1)!) / 2
  const half = Math.max((years.at(-1)! - years[0]!) / 2, 1)
  const ones = new Float64Array(rows).fill(1)
  return {
    own: [...(effects === "none" ? [] : [ones]), ...(trend === "linear" ? [Float64Array.from(year, (at) => (at - middle) / half)] : [])],
    shared: [ones, ...(effects === "two-way" ? years.map((at) => Float64Array.from(year, (own) => (own === at ? 1 : 0))) : [])]
  }
}

/** The prior of a group's variance: scaled inverse chi2 with 2 degrees of freedom and this scale, in squared standard deviations of the variable: hardly any. */
const PRIOR_DF = 2
const PRIOR_SCALE = 1e-4

/** A draw of the variance of a group of effects, which are normal around zero, given these. */
export const drawEffectVariance = (effects: ReadonlyArray<number>, random: Stream): number =>
  (effects.reduce((sum, effect) => sum + effect * effect, 0) + PRIOR_DF * PRIOR_SCALE) / chi2Quantile(random.uniform(), effects.length + PRIOR_DF)
