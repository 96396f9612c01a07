/** Employment by industry whose location quotients give a path of coagglo (eqs 18 to 20). */
import { stream } from "../../src/stats/random.ts"
import { bisect } from "./bisect.ts"
import { autoregression, build, CELLS, cellOf, PROVINCES, YEARS } from "./panel.ts"
import { splitWithGaps } from "./parts.ts"
import { profiles } from "./profile.ts"
import { type RawColumn, rounded } from "./yearbook.ts"

/** The productive services of section 4.2.2 and their rough shares of the five. */
const SERVICES = [
  { name: "transport_storage_post", share: 0.34 },
  { name: "leasing_business", share: 0.17 },
  { name: "information_software", share: 0.13 },
  { name: "finance", share: 0.22 },
  { name: "science_technology", share: 0.14 }
]
// National shares of total employment: of formal jobs, which yearbooks count by industry, so that a capital city's location quotient can be near 10.
const MANUFACTURING_SHARE = 0.058
const SERVICES_SHARE = 0.028
// 1.5% of the table's cells; only services have gaps, whose sum the other services keep.
const GAP_SHARE = 0.021
const PERSONS = 1e4

export interface Employment {
  readonly raw: ReadonlyArray<RawColumn>
  readonly manufacturing: Float64Array
  /** The sum of the five, as interpolated. */
  readonly services: Float64Array
}

/** Persons, whole. With national totals the sums of the provinces, eq. 20 gives `coagglo` to their rounding. */
export const makeEmployment = (seed: number, coagglo: Float64Array): Employment => {
  const tilt = autoregression(stream(seed, 0), 0.9)
  const total = rounded(
    build((p, t) => profiles[p]!.employment * PERSONS * (0.96 + 0.004 * t)),
    0
  )
  const manufacturing = new Float64Array(CELLS)
  const services = new Float64Array(CELLS)
  // r = (M - S)/(M + S) of the location quotients: below 0 where services lead (the capital and its like), above where factories do.
  const lean = build((p, _t, i) => 0.22 - 0.035 * profiles[p]!.coagglo + 0.12 * tilt[i]!)
  for (let t = 0; t < YEARS; t++) {
    const cells = Array.from({ length: PROVINCES }, (_, p) => cellOf(p, t))
    const all = cells.reduce((sum, cell) => sum + total[cell]!, 0)
    const balance = (shift: number, stretch: number): { readonly sum: number; readonly difference: number } => {
      let sum = 0
      let difference = 0
      for (const cell of cells) {
        const r = Math.tanh(shift + stretch * lean[cell]!)
        const both = (total[cell]! / all) * (coagglo[cell]! - 1 + Math.abs(r))
        sum += both
        difference += both * r
      }
      return { sum, difference }
    }
    // The shift makes the two industries' quotients have the same weighted mean; the stretch makes that mean 1.
    const shiftFor = (stretch: number): number => bisect((shift) => balance(shift, stretch).difference, -3, 3)
    const stretch = bisect((value) => balance(shiftFor(value), value).sum - 2, 0, 12)
    const shift = shiftFor(stretch)
    const { difference, sum } = balance(shift, stretch)
    if (Math.abs(sum - 2) + Math.abs(difference) > 1e-9) throw new Error(`no location quotients of weighted mean 1 give coagglo in year ${t}`)
    for (const cell of cells) {
      const r = Math.tanh(shift + stretch * lean[cell]!)
      const both = coagglo[cell]! - 1 + Math.abs(r)
      manufacturing[cell] = Math.round((both * (1 + r) * MANUFACTURING_SHARE * total[cell]!) / 2)
      services[cell] = Math.round((both * (1 - r) * SERVICES_SHARE * total[cell]!) / 2)
    }
  }
  const industries = splitWithGaps(seed, services, SERVICES, GAP_SHARE, 0)
  return {
    raw: [{ name: "manufacturing", values: manufacturing, decimals: 0 }, ...industries, { name: "total", values: total, decimals: 0 }],
    manufacturing,
    services
  }
}
