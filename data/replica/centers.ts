/** National manufacturing innovation centres, 2016 to 2021: counts that give Table 4's column 5. */
import { build, CELLS, cellOf, dot, PROVINCES, projection, wholeSample, YEARS } from "./panel.ts"
import { coefficient } from "./published.ts"

/** 2016, counted from the first year. */
export const FIRST_CENTER_YEAR = 13
// 26 in 17 provinces at the end of 2022 (section 5.2.3).
const MOST_PROVINCES = 17
const MOST_IN_A_PROVINCE = 6

/**
 * Cumulative counts whose slope on coagglo, beside controls and effects, is as near as whole numbers allow to the printed one. Each opening adds its own
 * amount to the slope; those that add most are taken first, and the last one is the one that ends nearest.
 */
export const makeCenters = (coagglo: Float64Array, controls: ReadonlyArray<Float64Array>): Float64Array => {
  const target = coefficient(4, 5, "coagglo")
  const given = projection(controls, { ...wholeSample, from: FIRST_CENTER_YEAR })(coagglo)
  const scale = dot(given, coagglo)
  const openings = Array.from({ length: PROVINCES }, (_, p) =>
    Array.from({ length: YEARS - FIRST_CENTER_YEAR }, (_, k) => {
      const year = FIRST_CENTER_YEAR + k
      let gain = 0
      for (let t = year; t < YEARS; t++) gain += given[cellOf(p, t)]! / scale
      return { p, year, gain }
    })
  ).flat()
  const count = new Int32Array(CELLS)
  const opened = new Int32Array(PROVINCES)
  let slope = 0
  const allowed = ({ p }: { readonly p: number }): boolean =>
    opened[p]! < MOST_IN_A_PROVINCE && (opened[p]! > 0 || opened.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) < MOST_PROVINCES)
  for (;;) {
    const missing = target - slope
    const candidates = openings.filter(allowed)
    // The later openings of a province that has some already are worth half, so that not all of a province's come in one year.
    const worth = (one: (typeof openings)[number]): number => one.gain / (1 + count[cellOf(one.p, one.year)]!)
    const best = candidates.reduce((a, b) => (worth(b) > worth(a) ? b : a))
    const last = candidates.reduce((a, b) => (Math.abs(missing - b.gain) < Math.abs(missing - a.gain) ? b : a))
    const next = best.gain >= missing ? last : best
    if (Math.abs(missing - next.gain) >= Math.abs(missing)) break
    count[cellOf(next.p, next.year)]!++
    opened[next.p]!++
    slope += next.gain
  }
  let sum = 0
  return build((_p, t, cell) => (sum = (t === 0 ? 0 : sum) + count[cell]!))
}
