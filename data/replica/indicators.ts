/**
 * The 21 indicators of Table 2, in their own units, whose entropy-weighted composite takes a given path.
 *
 * An indicator's weight depends on its marginal distribution alone. So each gets the distribution whose redundancy is in proportion to its printed weight
 * and whose mean is its dimension's, and what is free is the order of the cells: latent variables with a dimension's common part give the ranks, and are
 * moved until the composite is near the path. A last correction, spread over the indicators, makes it exact.
 */
import { stream } from "../../src/stats/random.ts"
import { corrected } from "./correction.ts"
import { distribution } from "./distribution.ts"
import { DIMENSIONS, type Dimension, INDICATORS, membersOf, SLOW } from "./indicator-list.ts"
import { autoregression, build, CELLS, deviation, dot, mean, PROVINCES, projection } from "./panel.ts"
import { profiles } from "./profile.ts"
import { coefficient, indicatorWeight, moments } from "./published.ts"
import type { RawColumn } from "./yearbook.ts"

// Sum over the indicators of the squared coefficient of variation: large enough for the printed spread of the sub-indices.
const DISPERSION = 3.5
// The largest value beside the largest of all, which min-max makes 1: a low mean and a small spread (Table 3's ame: 18.84 and 5.66, maximum 90.95) need an outlier.
const REACH: Readonly<Record<Dimension, number>> = { amt: 0.58, amm: 0.75, amw: 1, gam: 1, ame: 0.45 }
/** The sorted values, placed by the latent variable's ranks. */
const ranked = (latent: Float64Array, sorted: Float64Array): Float64Array => {
  const order = Array.from(latent.keys()).sort((i, j) => latent[i]! - latent[j]! || i - j)
  const out = new Float64Array(CELLS)
  for (const [rank, cell] of order.entries()) out[cell] = sorted[rank]!
  return out
}

/** The raw columns, whose composite is `path` to the rounding of their figures; Table 5's slopes on coagglo in proportion. */
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
