import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { generalG as generalGOf, generalGPermutation } from "../src/econometrics/spatial/exploration/general-g.ts"
import { weightSums } from "../src/econometrics/spatial/exploration/weight-sums.ts"
import { GeneralGByYear } from "./autocorrelation-types.ts"
import { attempt } from "./models/attempt.ts"
import { Panel, SpatialWeights } from "./table-types.ts"
import { alternativeParam, islandsParam, readYearlySeries, seriesParams } from "./yearly-series.ts"

const GeneralGParams = Schema.Struct({ ...seriesParams, alternative: alternativeParam("greater"), islands: islandsParam })

/** Getis and Ord's general G of each variable in each year that it is complete in: whether high values lie together, or low ones. Best with binary weights (contiguity or a distance band, not standardised). */
export const generalG = Stage.make("general-g", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: GeneralGParams,
  output: GeneralGByYear,
  run: ({ panel, weights: links }, { alternative, islands, permutations, variables }) =>
    Effect.gen(function* () {
      const { series, weights } = yield* readYearlySeries(panel, links, variables)
      const seed = permutations === 0 ? 0 : yield* Stage.seed
      return yield* attempt(() => {
        const sums = weightSums(weights, islands)
        const tests = series.map(({ label, values }) => generalGOf(weights, values, label, alternative, islands, sums))
        const columns = series.map(({ values }) => values)
        const permuted = permutations === 0 ? new Float64Array(0) : generalGPermutation(weights, columns, { replicates: permutations, seed, alternative })
        return {
          variable: series.map(({ variable }) => variable),
          year: Int32Array.from(series, ({ year }) => year),
          entities: Int32Array.from(series, () => sums.n),
          alternative: series.map(() => alternative),
          statistic: Float64Array.from(tests, (test) => test.statistic),
          expected: Float64Array.from(tests, (test) => test.expected),
          variance: Float64Array.from(tests, (test) => test.variance),
          z: Float64Array.from(tests, (test) => test.z),
          p: Float64Array.from(tests, (test) => test.pValue),
          permutations: Int32Array.from(series, () => permutations),
          p_permutation: Float64Array.from(series, (_, s) => permuted[s] ?? Number.NaN)
        }
      })
    })
})
