/**
 * The 21 indicators of Table 2, in their own units, whose entropy-weighted composite takes a given path.
 *
 * An indicator's weight depends on its marginal distribution alone. So each gets the distribution whose redundancy is in proportion to its printed weight
 * and whose mean is its dimension's, and what is free is the order of the cells: latent variables with a dimension's common part give the ranks, and are
 * moved until the composite is near the path. A last correction, spread over the indicators, makes it exact.
 */
import { valueScore } from "../../src/econometrics/composite-score.ts"
import { entropy, redundancyWeights } from "../../src/econometrics/entropy-weights.ts"
import { minMax } from "../../src/econometrics/min-max.ts"
import { stream } from "../../src/stats/random.ts"
import { autoregression, build, CELLS, deviation, dot, every, mean, PROVINCES, projection } from "./panel.ts"
import { profiles } from "./profile.ts"
import { coefficient, indicatorWeight, moments } from "./published.ts"
import { bisect } from "./solve.ts"
import { filled, type Gaps, gapsOf, type RawColumn, rounded } from "./yearbook.ts"

type Dimension = "amt" | "amm" | "amw" | "gam" | "ame"
interface Indicator {
  readonly name: string
  readonly dimension: Dimension
  readonly negative: boolean
  /** Its logarithm enters the index. */
  readonly ln: boolean
  readonly lowest: number
  readonly highest: number
  readonly decimals: number
  /** How much of its own part goes with the year, and with the province's employment and wealth. */
  readonly trend: number
  readonly size: number
  readonly wealth: number
  /** How far it follows the composite's path beside the others. */
  readonly response: number
}
// Table 5 has coagglo in every sub-index: those whose indicators have most room would else take it all.
const RESPONSE: Readonly<Record<Dimension, number>> = { amt: 1.6, amm: 0.5, amw: 1.5, gam: 0.5, ame: 1.4 }
// Employment and wages go their own way, almost.
const SLOW = 0.1
const indicator = (
  name: string,
  dimension: Dimension,
  [lowest, highest]: readonly [number, number],
  { decimals = 2, ln = false, negative = false, response = RESPONSE[dimension], size = 0, trend = 0, wealth = 0 }: Partial<Indicator> = {}
): Indicator => ({ name, dimension, negative, ln, lowest, highest, decimals, trend, size, wealth, response })

// Ranges that a yearbook could print.
const INDICATORS: ReadonlyArray<Indicator> = [
  indicator("new_product_share", "amt", [0.3, 42], { trend: 0.4 }),
  indicator("research_enterprise_share", "amt", [0.8, 54], { trend: 0.6 }),
  indicator("rd_revenue_share", "amt", [0.05, 3.1], { decimals: 3, trend: 0.6 }),
  indicator("self_funded_rd_share", "amt", [58, 99]),
  indicator("inventory_turnover", "amm", [1.9, 16], { trend: 0.4 }),
  indicator("cost_profit_ratio", "amm", [-1.5, 29], { trend: -0.2 }),
  indicator("equity_ratio", "amm", [22, 68]),
  indicator("debt_asset_ratio", "amm", [38, 79], { negative: true, trend: 0.2 }),
  indicator("total_assets_contribution", "amm", [1.4, 33]),
  indicator("manufacturing_employment", "amw", [7200, 13600000], { decimals: 0, ln: true, size: 1.6, trend: 0.1, response: SLOW }),
  indicator("average_wage", "amw", [9800, 158000], { decimals: 0, ln: true, trend: 1, size: -0.8, wealth: 0.5, response: SLOW }),
  indicator("high_educated_rd_share", "amw", [14, 81], { trend: 0.6 }),
  indicator("rd_personnel_share", "amw", [0.08, 4.6], { decimals: 3, trend: 0.5 }),
  indicator("wastewater_compliance", "gam", [31, 100], { trend: 0.9 }),
  indicator("so2_compliance", "gam", [24, 100], { trend: 0.9 }),
  indicator("pm_compliance", "gam", [42, 100], { trend: 0.8 }),
  indicator("solid_waste_utilization", "gam", [18, 100], { trend: 0.3 }),
  indicator("capital_preservation", "ame", [84, 172]),
  indicator("value_added_rate", "ame", [17, 64], { trend: -0.2 }),
  indicator("operating_profit_share", "ame", [-2.2, 27]),
  indicator("main_business_profit", "ame", [21000000, 1260000000000], { decimals: 0, ln: true, size: 0.8, trend: 0.6 })
]
const DIMENSIONS: ReadonlyArray<Dimension> = ["amt", "amm", "amw", "gam", "ame"]
const membersOf = (dimension: Dimension): ReadonlyArray<number> => INDICATORS.flatMap((one, m) => (one.dimension === dimension ? [m] : []))

// Sum over the indicators of the squared coefficient of variation: large enough for the printed spread of the sub-indices.
const DISPERSION = 3.5
// The largest value beside the largest of all, which min-max makes 1: a low mean and a small spread (Table 3's ame: 18.84 and 5.66, maximum 90.95) need an outlier.
const REACH: Readonly<Record<Dimension, number>> = { amt: 0.58, amm: 0.75, amw: 1, gam: 1, ame: 0.45 }
/**
 * CELLS values from 0 to 1 in rising order, with this mean and redundancy: quantiles of a Kumaraswamy distribution (1980, J. Hydrology 46: 79-88) from 0 to
 * `reach`, and 1.
 */
const distribution = (average: number, redundancy: number, reach: number): Float64Array => {
  const quantiles = (lnA: number, lnB: number): Float64Array => {
    const x = Float64Array.from({ length: CELLS }, (_, i) => (1 - (1 - (i + 0.5) / CELLS) ** Math.exp(-lnB)) ** Math.exp(-lnA))
    const [low, high] = [x[0]!, x[CELLS - 1]!]
    return x.map((value, i) => (i === CELLS - 1 ? 1 : (reach * (value - low)) / (high - low)))
  }
  const withMean = (lnA: number): Float64Array =>
    quantiles(
      lnA,
      bisect((lnB) => mean(quantiles(lnA, lnB)) - average, -4, 9, 30)
    )
  return withMean(bisect((lnA) => entropy(withMean(lnA)).redundancy - redundancy, -1.6, 2.6, 30))
}

const ranked = (latent: Float64Array, sorted: Float64Array): Float64Array => {
  const order = Array.from(latent.keys()).sort((i, j) => latent[i]! - latent[j]! || i - j)
  const out = new Float64Array(CELLS)
  for (const [rank, cell] of order.entries()) out[cell] = sorted[rank]!
  return out
}

const toRaw = ({ decimals, highest, ln, lowest, negative }: Indicator, y: Float64Array, round: boolean): Float64Array => {
  const share = negative ? y.map((value) => 1 - value) : y
  const raw = ln ? share.map((value) => lowest * (highest / lowest) ** value) : share.map((value) => lowest + value * (highest - lowest))
  return round ? rounded(raw, decimals) : raw
}

interface Index {
  readonly normalized: ReadonlyArray<Float64Array>
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
    normalized,
    weights: redundancyWeights(redundancies)!,
    composite: score(INDICATORS.map((_, m) => m)),
    sub: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, score(membersOf(dimension))])) as Record<Dimension, Float64Array>
  }
}

export const makeIndicators = (seed: number, path: Float64Array, coagglo: Float64Array, controls: ReadonlyArray<Float64Array>): ReadonlyArray<RawColumn> => {
  const printedWeights = INDICATORS.map(({ name }) => indicatorWeight(name))
  const whole = printedWeights.reduce((sum, weight) => sum + weight, 0)
  const weights = printedWeights.map((weight) => weight / whole)
  // The sub-indices' means of Table 3 give the composite a mean of 35.9 under Table 2's weights, not the printed 32.96: all are lowered alike to the path's.
  const implied = INDICATORS.reduce((sum, { dimension }, m) => sum + weights[m]! * moments(dimension).mean, 0)
  const lowering = mean(path) / implied
  const sorted = INDICATORS.map(({ dimension }, m) =>
    distribution((lowering * moments(dimension).mean) / 100, (DISPERSION * weights[m]!) / (2 * Math.log(CELLS)), REACH[dimension])
  )

  const standard = (x: Float64Array): Float64Array => {
    const [centre, spread] = [mean(x), deviation(x)]
    return x.map((value) => (value - centre) / spread)
  }
  const year = standard(build((_p, t) => t))
  const size = standard(build((p) => Math.log(profiles[p]!.employment)))
  const wealth = standard(build((p) => profiles[p]!.lnGdpPerHead))
  const target = standard(path)
  const common = DIMENSIONS.map((_, d) => {
    const random = stream(seed, 100 + d)
    const province = Float64Array.from({ length: PROVINCES }, () => random.normal())
    const noise = autoregression(stream(seed, 200 + d), 0.6)
    return standard(build((p, _t, cell) => 0.6 * target[cell]! + 0.5 * province[p]! + 0.6 * noise[cell]!))
  })
  const own = INDICATORS.map((one, m) => {
    const random = stream(seed, 300 + m)
    const province = Float64Array.from({ length: PROVINCES }, () => random.normal())
    const noise = autoregression(stream(seed, 400 + m), 0.85)
    return standard(
      build(
        (p, _t, cell) =>
          one.trend * year[cell]! + one.size * size[cell]! + one.wealth * wealth[cell]! + (one.response === SLOW ? 0.15 : 0.6) * (province[p]! + noise[cell]!)
      )
    )
  })

  // Ranks: the common part's share is set for each sub-index's spread, the path's for the composite.
  const share = DIMENSIONS.map(() => 0.5)
  const pull = new Float64Array(CELLS)
  // Table 5's five slopes on coagglo average 1.24 under Table 2's weights, Table 4's is .767: their proportions are what can hold.
  const given = projection(controls)(coagglo)
  const slopes = DIMENSIONS.map((_, d) => coefficient(5, d + 1, "coagglo"))
  const average = INDICATORS.reduce((sum, { dimension }, m) => sum + weights[m]! * slopes[DIMENSIONS.indexOf(dimension)]!, 0)
  const wanted = slopes.map((slope) => (slope * coefficient(4, 1, "coagglo")) / average)
  const tilt = new Float64Array(DIMENSIONS.length)
  let y: ReadonlyArray<Float64Array> = []
  for (let round = 0; round < 60; round++) {
    y = INDICATORS.map(({ dimension, response }, m) => {
      const d = DIMENSIONS.indexOf(dimension)
      const loading = response === SLOW ? 0 : share[d]!
      return ranked(
        build(
          (_p, _t, cell) =>
            loading * common[d]![cell]! +
            Math.sqrt(1 - loading ** 2) * own[m]![cell]! +
            (response === SLOW ? 0 : response * pull[cell]! + tilt[d]! * given[cell]!)
        ),
        sorted[m]!
      )
    })
    const composite = build((_p, _t, cell) => y.reduce((sum, values, m) => sum + 100 * weights[m]! * values[cell]!, 0))
    for (let cell = 0; cell < CELLS; cell++) pull[cell]! += (0.5 * (path[cell]! - composite[cell]!)) / 12
    for (const [d, dimension] of DIMENSIONS.entries()) {
      const members = membersOf(dimension)
      const total = members.reduce((sum, m) => sum + weights[m]!, 0)
      const sub = build((_p, _t, cell) => members.reduce((sum, m) => sum + (100 * weights[m]! * y[m]![cell]!) / total, 0))
      tilt[d]! += (0.5 * (wanted[d]! - dot(given, sub) / dot(given, given))) / 12
      share[d] = Math.min(0.98, Math.max(0.02, share[d]! + 0.4 * (moments(dimension).sd / deviation(sub) - 1)))
    }
  }
  return corrected(seed, y, path)
}

// How near the composite comes to the path before rounding, in its own points.
const CLOSE = 1e-4
/** Moves the indicators, most where they are far from both ends, until sub-indices keep Table 3's extremes and the composite is the path. */
const corrected = (seed: number, start: ReadonlyArray<Float64Array>, path: Float64Array): ReadonlyArray<RawColumn> => {
  const y = start.map((values) => Float64Array.from(values))
  const gaps = y.map((values, m) => gapsOf(stream(seed, 500 + m), 0.015, (cell) => values[cell] === 0 || values[cell] === 1))
  const bounds = Object.fromEntries(
    DIMENSIONS.map((dimension) => {
      const sub = indexOf(
        y.map((values, m) => toRaw(INDICATORS[m]!, values, false)),
        gaps
      ).sub[dimension]
      const { max, min } = moments(dimension)
      const lower = every(min)
      const upper = every(max)
      lower[sub.indexOf(Math.max(...sub))] = max
      upper[sub.indexOf(Math.min(...sub))] = min
      return [dimension, { lower, upper }]
    })
  ) as Record<Dimension, { lower: Float64Array; upper: Float64Array }>
  const move = (members: ReadonlyArray<number>, cell: number, change: number, weights: ReadonlyArray<number>): void => {
    const room = members.map((m) => (gaps[m]![cell] === 1 ? 0 : INDICATORS[m]!.response * y[m]![cell]! * (1 - y[m]![cell]!)))
    const effect = members.reduce((sum, m, k) => sum + weights[m]! * room[k]!, 0)
    if (effect < 1e-9) return
    for (const [k, m] of members.entries()) {
      if (room[k] === 0) continue
      y[m]![cell] = Math.min(0.999, Math.max(0.001, y[m]![cell]! + (room[k]! * change) / effect))
    }
  }
  const all = INDICATORS.map((_, m) => m)
  for (let round = 0; round < 120; round++) {
    const now = indexOf(
      y.map((values, m) => toRaw(INDICATORS[m]!, values, false)),
      gaps
    )
    const held: Array<ReadonlySet<Dimension>> = []
    let largest = 0
    for (let cell = 0; cell < CELLS; cell++) {
      const at = new Set<Dimension>()
      for (const dimension of DIMENSIONS) {
        const members = membersOf(dimension)
        const total = members.reduce((sum, m) => sum + now.weights[m]!, 0)
        const value = now.sub[dimension][cell]!
        const wanted = Math.min(bounds[dimension].upper[cell]!, Math.max(bounds[dimension].lower[cell]!, value))
        if (wanted !== value) move(members, cell, ((wanted - value) / 100) * total, now.weights)
        if (wanted !== value || wanted === bounds[dimension].upper[cell] || wanted === bounds[dimension].lower[cell]) at.add(dimension)
      }
      held.push(at)
      largest = Math.max(largest, Math.abs(path[cell]! - now.composite[cell]!))
    }
    if (largest < CLOSE) break
    for (let cell = 0; cell < CELLS; cell++) {
      const members = all.filter((m) => !held[cell]!.has(INDICATORS[m]!.dimension))
      move(members, cell, (path[cell]! - now.composite[cell]!) / 100, now.weights)
    }
  }
  return INDICATORS.map((one, m) => ({ name: one.name, values: toRaw(one, y[m]!, true), decimals: one.decimals, gaps: gaps[m]! }))
}
