/** National manufacturing innovation centres, 2016 to 2021: counts that give Table 4's column 5. */
import { cholesky, choleskySolve } from "../../src/linalg/cholesky.ts"
import { type Stream, stream } from "../../src/stats/random.ts"
import { CONTROLS } from "./controls.ts"
import { build, CELLS, cellOf, dot, PROVINCES, projection, wholeSample, YEARS } from "./panel.ts"
import { coefficient, printed } from "./published.ts"

/** 2016, counted from the first year. */
export const FIRST_CENTER_YEAR = 13
// 26 in 17 provinces at the end of 2022 (section 5.2.3).
const MOST = 26
const MOST_PROVINCES = 17
const MOST_IN_A_PROVINCE = 6
const STARTS = 30

/** A centre that opens: where, when, and what it adds to the coefficients, in printed standard errors. */
interface Opening {
  readonly province: number
  readonly year: number
  readonly gain: Float64Array
}

/** What each possible opening adds to the coefficients of coagglo and the controls beside one another and two-way effects. */
const openingsOf = (terms: ReadonlyArray<Float64Array>, scale: ReadonlyArray<number>): ReadonlyArray<Opening> => {
  const K = terms.length
  const left = terms.map(projection([], { ...wholeSample, from: FIRST_CENTER_YEAR }))
  const gram = new Float64Array(K * K)
  for (let i = 0; i < K; i++) for (let j = 0; j < K; j++) gram[i * K + j] = dot(left[i]!, left[j]!)
  const factor = cholesky(gram, K)!
  return Array.from({ length: PROVINCES * (YEARS - FIRST_CENTER_YEAR) }, (_, k) => {
    const province = k % PROVINCES
    const year = FIRST_CENTER_YEAR + Math.floor(k / PROVINCES)
    const moments = Float64Array.from(left, (row) => row.subarray(cellOf(province, year), cellOf(province + 1, 0)).reduce((sum, value) => sum + value, 0))
    return { province, year, gain: choleskySolve(factor, K, moments).map((value, i) => value / scale[i]!) }
  })
}

interface Found {
  readonly chosen: ReadonlyArray<Opening>
  /** The sum of squares of what is missing, in printed standard errors. */
  readonly distance: number
}

/** Openings that leave the least distance to the target: from a random choice, the one added, dropped or moved that helps most, until none does. */
const search = (random: Stream, openings: ReadonlyArray<Opening>, target: Float64Array): Found => {
  const chosen: Array<Opening> = []
  const inProvince = new Int32Array(PROVINCES)
  const missing = Float64Array.from(target)
  const change = (one: Opening, by: 1 | -1): void => {
    inProvince[one.province]! += by
    for (let i = 0; i < missing.length; i++) missing[i]! -= by * one.gain[i]!
  }
  const allowed = (one: Opening): boolean =>
    inProvince[one.province]! < MOST_IN_A_PROVINCE && (inProvince[one.province]! > 0 || inProvince.filter((count) => count > 0).length < MOST_PROVINCES)
  const distanceWith = (added: Opening | undefined): number => {
    let sum = 0
    for (let i = 0; i < missing.length; i++) sum += (missing[i]! - (added?.gain[i] ?? 0)) ** 2
    return sum
  }
  const best = (): { readonly opening: Opening | undefined; readonly distance: number } => {
    let found: { opening: Opening | undefined; distance: number } = { opening: undefined, distance: distanceWith(undefined) }
    if (chosen.length === MOST) return found
    for (const opening of openings) {
      if (!allowed(opening)) continue
      const distance = distanceWith(opening)
      if (distance < found.distance) found = { opening, distance }
    }
    return found
  }
  const add = (one: Opening): void => {
    chosen.push(one)
    change(one, 1)
  }
  while (chosen.length < MOST - 4) {
    const one = openings[random.integer(openings.length)]!
    if (allowed(one)) add(one)
  }
  for (;;) {
    const { distance, opening } = best()
    if (opening !== undefined) {
      add(opening)
      continue
    }
    let move: { at: number; opening: Opening | undefined; distance: number } | undefined
    for (const [at, one] of chosen.entries()) {
      change(one, -1)
      chosen.splice(at, 1)
      const without = best()
      chosen.splice(at, 0, one)
      change(one, 1)
      if (without.distance < (move?.distance ?? distance) - 1e-9) move = { at, ...without }
    }
    if (move === undefined) return { distance, chosen }
    change(chosen[move.at]!, -1)
    chosen.splice(move.at, 1)
    if (move.opening !== undefined) add(move.opening)
  }
}

/** Cumulative counts whose coefficients on coagglo and controls, beside two-way effects, are as near as whole numbers come to the printed ones. */
export const makeCenters = (seed: number, coagglo: Float64Array, controls: ReadonlyArray<Float64Array>): Float64Array => {
  const terms = ["coagglo", ...CONTROLS]
  const scale = terms.map((term) => printed(4, 5, term, "std_error"))
  const openings = openingsOf([coagglo, ...controls], scale)
  const target = Float64Array.from(terms, (term, i) => coefficient(4, 5, term) / scale[i]!)
  const random = stream(seed, 0)
  let best: Found | undefined
  for (let start = 0; start < STARTS; start++) {
    const found = search(random, openings, target)
    if (best === undefined || found.distance < best.distance) best = found
  }
  const opened = new Int32Array(CELLS)
  for (const { province, year } of best!.chosen) opened[cellOf(province, year)]!++
  let sum = 0
  return build((_p, t, cell) => (sum = (t === 0 ? 0 : sum) + opened[cell]!))
}
