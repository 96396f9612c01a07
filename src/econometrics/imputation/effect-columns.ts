import { chi2Quantile } from "../../stats/distributions.ts"
import type { Stream } from "../../stats/random.ts"
import type { ImputationModel, ImputationOptions } from "./imputation-model.ts"

/** What a regression has of effects: a constant and effects of years as columns, and columns whose coefficients each entity has of its own: 1 for its effect, the year (from -1 to 1) for its line. */
export interface EffectColumns {
  readonly own: ReadonlyArray<Float64Array>
  /** Which of these has the entities' lines; -1 where there are none. */
  readonly line: number
  /** The constant first. */
  readonly shared: ReadonlyArray<Float64Array>
}

export const effectColumns = ({ year }: ImputationModel, { effects = "two-way", trend = "linear" }: Partial<ImputationOptions>): EffectColumns => {
  const rows = year.length
  const years = [...new Set(year)].sort((a, b) => a - b)
  const middle = (years[0]! + years.at(-1)!) / 2
  const half = Math.max((years.at(-1)! - years[0]!) / 2, 1)
  const ones = new Float64Array(rows).fill(1)
  const own = effects === "none" ? [] : [ones]
  return {
    own: trend === "linear" ? [...own, Float64Array.from(year, (at) => (at - middle) / half)] : own,
    line: trend === "linear" ? own.length : -1,
    shared: [ones, ...(effects === "two-way" ? years.map((at) => Float64Array.from(year, (own) => (own === at ? 1 : 0))) : [])]
  }
}

/** The prior of the lines' variance: scaled inverse chi2 with 2 degrees of freedom and this scale, in squared standard deviations of the variable: hardly any. */
const PRIOR_DF = 2
const PRIOR_SCALE = 1e-4

/** A draw of the standard deviation of the entities' lines, which are normal around zero, given these. */
export const drawLineSd = (lines: Float64Array, random: Stream): number =>
  Math.sqrt((lines.reduce((sum, line) => sum + line * line, 0) + PRIOR_DF * PRIOR_SCALE) / chi2Quantile(random.uniform(), lines.length + PRIOR_DF))
