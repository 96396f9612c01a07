/** From normalised indicators to raw columns, and from raw columns to the composite index. */
import { valueScore } from "../../src/econometrics/measurement/composite-score.ts"
import { entropy, redundancyWeights } from "../../src/econometrics/measurement/entropy-weights.ts"
import { minMax } from "../../src/econometrics/measurement/min-max.ts"
import { DIMENSIONS, type Dimension, INDICATORS, type Indicator, membersOf } from "./indicator-list.ts"
import { CELLS, every } from "./panel.ts"
import { filled, type Gaps, rounded } from "./yearbook.ts"

/** An indicator's raw column from its normalised values. */
export const toRaw = ({ decimals, highest, ln, lowest, negative }: Indicator, y: Float64Array, round: boolean): Float64Array => {
  const share = negative ? y.map((value) => 1 - value) : y
  const raw = ln ? share.map((value) => lowest * (highest / lowest) ** value) : share.map((value) => lowest + value * (highest - lowest))
  return round ? rounded(raw, decimals) : raw
}

export interface Index {
  readonly weights: ReadonlyArray<number>
  readonly composite: Float64Array
  readonly sub: Readonly<Record<Dimension, Float64Array>>
}
/** The index and sub-indices of raw columns with their gaps filled: sections 2 to 4 of the method, with the pipeline's own functions. */
export const indexOf = (raw: ReadonlyArray<Float64Array>, gaps: ReadonlyArray<Gaps>): Index => {
  const normalized = INDICATORS.map(({ ln, name, negative }, m) => {
    const whole = filled(raw[m]!, gaps[m]!)
    const y = minMax(ln ? whole.map(Math.log) : whole, negative ? "negative" : "positive")
    if (y === undefined) throw new Error(`${name} is constant`)
    return y
  })
  const redundancies = normalized.map((y) => entropy(y).redundancy)
  const score = (members: ReadonlyArray<number>): Float64Array => {
    const weights = redundancyWeights(members.map((m) => redundancies[m]!))!
    return valueScore(
      members.map((m, k) => ({ values: normalized[m]!, weight: every(weights[k]!) })),
      CELLS
    )
  }
  return {
    weights: redundancyWeights(redundancies)!,
    composite: score(INDICATORS.map((_, m) => m)),
    sub: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, score(membersOf(dimension))])) as Record<Dimension, Float64Array>
  }
}
