import { chi2Quantile } from "../../stats/distributions.ts"
import type { Stream } from "../../stats/random.ts"
import type { ImputationModel, ImputationOptions } from "./imputation-model.ts"

/** Columns of a regression that are the same in each: a constant, then groups of effects (of entities, of years, lines), each group a run of columns. */
export interface EffectColumns {
  readonly columns: ReadonlyArray<Float64Array>
  readonly groups: ReadonlyArray<{ readonly from: number; readonly to: number }>
}

/** A constant, a column for each entity and each year, and each entity's line in the year (from -1 to 1 over all years). */
export const effectColumns = ({ entity, year }: ImputationModel, { effects = "two-way", trend = "linear" }: Partial<ImputationOptions>): EffectColumns => {
  const rows = entity.length
  const first = Math.min(...year)
  const last = Math.max(...year)
  const middle = (first + last) / 2
  const half = Math.max((last - first) / 2, 1)
  const indicators = (codes: Int32Array, value: (row: number) => number = () => 1): ReadonlyArray<Float64Array> => {
    const columns = new Map<number, Float64Array>()
    codes.forEach((code, row) => {
      const column = columns.get(code) ?? new Float64Array(rows)
      column[row] = value(row)
      columns.set(code, column)
    })
    return [...columns.values()]
  }
  const columns: Array<Float64Array> = [new Float64Array(rows).fill(1)]
  const groups: Array<{ readonly from: number; readonly to: number }> = []
  const add = (own: ReadonlyArray<Float64Array>): void => {
    groups.push({ from: columns.length, to: columns.length + own.length })
    columns.push(...own)
  }
  if (effects !== "none") add(indicators(entity))
  if (effects === "two-way") add(indicators(year))
  if (trend === "linear") add(indicators(entity, (row) => (year[row]! - middle) / half))
  return { columns, groups }
}

/** The prior of a group's variance: scaled inverse chi2 with 2 degrees of freedom and this scale, in squared standard deviations of the variable: hardly any. */
const PRIOR_DF = 2
const PRIOR_SCALE = 1e-4

/** A draw of the variance of a group of effects, which are normal around zero, given these. */
export const drawEffectVariance = (effects: ArrayLike<number>, random: Stream): number =>
  (Array.from(effects).reduce((sum, effect) => sum + effect * effect, 0) + PRIOR_DF * PRIOR_SCALE) / chi2Quantile(random.uniform(), effects.length + PRIOR_DF)
