import type { PanelIndex } from "../../sample/panel-index.ts"

/** Correlations of pairs of entities' series over the periods that both have. */
export interface EntityCorrelations {
  /** How many periods two entities share. */
  readonly common: (i: number, j: number) => number
  /** NaN where they share fewer than two, or one of them does not vary over these. */
  readonly correlation: (i: number, j: number) => number
}

/** Deviations from their mean over their norm; undefined where what varies is at most `floor`. */
const standardised = (x: Float64Array, floor: number): Float64Array | undefined => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  const deviations = x.map((value) => value - mean)
  const norm = Math.sqrt(deviations.reduce((sum, value) => sum + value * value, 0))
  return norm > floor ? deviations.map((value) => value / norm) : undefined
}

const product = (x: Float64Array | undefined, y: Float64Array | undefined): number => {
  if (x === undefined || y === undefined) return Number.NaN
  let sum = 0
  for (let t = 0; t < x.length; t++) sum += x[t]! * y[t]!
  return sum
}

/** `floor`: the norm up to which a series is what rounding leaves. */
export const entityCorrelations = ({ entities, entity, rows, year, years }: PanelIndex, values: Float64Array, floor: number): EntityCorrelations => {
  const periods = years.length
  const series = entities.map(() => new Float64Array(periods).fill(Number.NaN))
  for (let row = 0; row < rows; row++) series[entity[row]!]![year[row]!] = values[row]!
  // A balanced panel's series are standardised once, not for each pair.
  if (rows === entities.length * periods) {
    const whole = series.map((x) => standardised(x, floor))
    return { common: () => periods, correlation: periods < 2 ? () => Number.NaN : (i, j) => product(whole[i], whole[j]) }
  }
  const shared = (i: number, j: number) => Array.from(years.keys()).filter((t) => !Number.isNaN(series[i]![t]!) && !Number.isNaN(series[j]![t]!))
  return {
    common: (i, j) => shared(i, j).length,
    correlation: (i, j) => {
      const both = shared(i, j)
      const pick = (k: number) =>
        standardised(
          Float64Array.from(both, (t) => series[k]![t]!),
          floor
        )
      return both.length < 2 ? Number.NaN : product(pick(i), pick(j))
    }
  }
}
