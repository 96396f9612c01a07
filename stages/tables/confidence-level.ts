import { normalUpper, tTwoSided } from "../../src/stats/distributions.ts"

interface Interval {
  readonly estimate: number
  readonly std_error?: number
  readonly df?: number
  readonly conf_low?: number
  readonly conf_high?: number
}

const levelOf = ({ conf_high = Number.NaN, conf_low = Number.NaN, df = Number.NaN, std_error = Number.NaN }: Interval): number => {
  const critical = (conf_high - conf_low) / 2 / std_error
  return 1 - (Number.isFinite(df) ? tTwoSided(critical, df) : 2 * normalUpper(critical))
}

/**
 * The level of intervals that are an estimate less and plus a multiple of its standard error, as "95%": what the multiple is of t with the estimate's degrees of
 * freedom, or of the normal distribution. "" where not all have the same level to a tenth of a percent, or where an interval is not of that kind.
 */
export const confidenceLevel = (intervals: ReadonlyArray<Interval>): string => {
  const levels = intervals.map(levelOf).filter(Number.isFinite)
  const [first] = levels
  if (first === undefined || levels.some((level) => Math.abs(level - first) > 1e-5)) return ""
  const percent = first * 100
  return Math.abs(percent - Math.round(percent * 10) / 10) < 1e-3 ? `${Math.round(percent * 10) / 10}%` : ""
}
