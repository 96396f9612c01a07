/** The Ellison-Glaeser index inside each province, and employment by city or district that gives it. */
import { stream } from "../../src/stats/random.ts"
import { coaggloOn } from "./agglomeration.ts"
import { constrain } from "./constrain.ts"
import { CONTROLS } from "./controls.ts"
import { regression, sumOfSquares } from "./moments.ts"
import { autoregression, build, CELLS, every, FIRST_YEAR, mean, PROVINCES, projection, YEARS } from "./panel.ts"
import { names, profiles } from "./profile.ts"
import { coefficient } from "./published.ts"

const LOWEST = 0.02
// Employment all in one unit of K gives 1 - 1/K.
const highest = (units: number): number => 0.95 * (1 - 1 / units)
const LEVEL = 0.3
// Left by effects and controls: enough for a standard error like Table 4's 0.528 in column 4 (with iid errors that would be 18.5).
const SUM_OF_SQUARES = 14
/** The index by province and year. */
export const makeEg = (seed: number, controls: ReadonlyArray<Float64Array>): Float64Array => {
  const random = stream(seed, 0)
  const base = Float64Array.from({ length: PROVINCES }, () => LEVEL + 0.06 * random.normal())
  const drift = autoregression(stream(seed, 1), 0.85)
  const start = build((p, _t, i) => base[p]! + 0.16 * drift[i]!)
  const moment = { name: "mean", of: (x: Float64Array) => ({ value: mean(x), gradient: every(1 / CELLS) }), target: LEVEL }
  // Table 4, columns 1 and 4, agree when the index's own slope on a control is this.
  const slopes = CONTROLS.map(
    (control) => (coefficient(4, 1, control) + coefficient(4, 1, "coagglo") * coaggloOn(control) - coefficient(4, 4, control)) / coefficient(4, 4, "eg")
  )
  return constrain(start, [moment, ...regression("Table 4 (4)", controls, slopes), sumOfSquares("eg given controls", projection(controls), SUM_OF_SQUARES)], {
    lower: every(LOWEST),
    upper: build((p) => highest(profiles[p]!.units)),
    scale: every(1),
    smoothness: 0.85
  })
}

/**
 * Employment of the units of each province, persons, as CSV: they sum to the province's. The first unit has the share a of both industries that makes
 * sum_k s_k^M s_k^S - 1/K (to which eq. 21 reduces) equal to the index; the others share the rest in the proportions 4, 5, …:
 * near enough to equal that an index of 0.02 has a solution.
 */
export const districtsCsv = (eg: Float64Array, manufacturing: Float64Array, services: Float64Array): string => {
  const lines = ["entity,unit,year,manufacturing,productive_services"]
  for (let p = 0; p < PROVINCES; p++) {
    const K = profiles[p]!.units
    const municipal = ["Beijing", "Tianjin", "Shanghai", "Chongqing"].includes(names[p]!)
    const proportions = Array.from({ length: K - 1 }, (_, k) => 4 + k)
    const others = proportions.map((one) => one / proportions.reduce((sum, value) => sum + value, 0))
    const q = others.reduce((sum, share) => sum + share ** 2, 0)
    for (let t = 0; t < YEARS; t++) {
      const cell = p * YEARS + t
      // a^2 + (1 - a)^2 q = eg + 1/K, the larger root.
      const a = (q + Math.sqrt(q ** 2 - (1 + q) * (q - eg[cell]! - 1 / K))) / (1 + q)
      const counts = [manufacturing, services].map((whole) => {
        const rest = others.map((share) => Math.round(whole[cell]! * (1 - a) * share))
        return [whole[cell]! - rest.reduce((sum, value) => sum + value, 0), ...rest]
      })
      for (let k = 0; k < K; k++) lines.push([names[p], `${municipal ? "district" : "city"} ${k + 1}`, FIRST_YEAR + t, counts[0]![k], counts[1]![k]].join(","))
    }
  }
  return lines.join("\n") + "\n"
}
