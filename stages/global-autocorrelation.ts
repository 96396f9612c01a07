import type { Out } from "@sediment/sediment"
import type { Alternative } from "../src/econometrics/spatial/exploration/alternative.ts"
import type { GlobalTest } from "../src/econometrics/spatial/exploration/global-test.ts"
import type { MoranByYear } from "./autocorrelation-types.ts"
import type { YearlySeries } from "./yearly-series.ts"

/** The rows of a global statistic with both variances, one a variable and year. `entities` is how many the statistic counts; `permuted` is empty where no permutations were asked for. */
export const globalTestRows = (
  series: ReadonlyArray<YearlySeries>,
  tests: ReadonlyArray<GlobalTest>,
  permuted: Float64Array,
  { alternative, entities, permutations }: { readonly alternative: Alternative; readonly entities: number; readonly permutations: number }
): Out<typeof MoranByYear> => {
  const number = (value: (test: GlobalTest) => number) => Float64Array.from(tests, value)
  return {
    variable: series.map(({ variable }) => variable),
    year: Int32Array.from(series, ({ year }) => year),
    entities: Int32Array.from(series, () => entities),
    alternative: series.map(() => alternative),
    statistic: number((test) => test.statistic),
    expected: number((test) => test.expected),
    variance_randomisation: number((test) => test.randomisation.variance),
    z_randomisation: number((test) => test.randomisation.z),
    p_randomisation: number((test) => test.randomisation.pValue),
    variance_normality: number((test) => test.normality.variance),
    z_normality: number((test) => test.normality.z),
    p_normality: number((test) => test.normality.pValue),
    permutations: Int32Array.from(series, () => permutations),
    p_permutation: Float64Array.from(series, (_, s) => permuted[s] ?? Number.NaN)
  }
}
