import { MoranByYear, MoranScatter } from "../../stages/autocorrelation-types.ts"
import { tableOf } from "./run-stage.ts"

/** Moran's I of one variable in two years, over three entities. */
const years = [2003, 2004]
const z = [-1, 0, 1]
const same = (value: number) => Float64Array.from(years, () => value)

export const moranResult = tableOf(MoranByYear, {
  variable: ["coagglo", "coagglo"],
  year: Int32Array.from(years),
  entities: Int32Array.of(3, 3),
  alternative: ["greater", "greater"],
  statistic: Float64Array.of(0.25, 0.5),
  expected: same(-0.5),
  variance_randomisation: same(0.04),
  z_randomisation: Float64Array.of(1.5, 2.75),
  p_randomisation: Float64Array.of(0.0668, 0.003),
  variance_normality: same(0.04),
  z_normality: Float64Array.of(1.4, 2.7),
  p_normality: Float64Array.of(0.081, 0.0035),
  permutations: Int32Array.of(0, 0),
  p_permutation: same(Number.NaN)
})
export const scatterResult = tableOf(MoranScatter, {
  variable: [...years, ...years, ...years].map(() => "coagglo"),
  entity: ["Anhui", "Anhui", "Beijing", "Beijing", "Hebei", "Hebei"],
  year: Int32Array.of(2003, 2004, 2003, 2004, 2003, 2004),
  z: Float64Array.from(z.flatMap((value) => [value, value])),
  lag: Float64Array.from(z.flatMap((value) => [value * 0.25, value * 0.5]))
})
