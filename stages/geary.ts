import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { geary as gearyOf, gearyPermutation } from "../src/econometrics/spatial/exploration/geary.ts"
import { weightSums } from "../src/econometrics/spatial/exploration/weight-sums.ts"
import { GearyByYear } from "./autocorrelation-types.ts"
import { globalTestRows } from "./global-autocorrelation.ts"
import { attempt } from "./models/attempt.ts"
import { Panel, SpatialWeights } from "./table-types.ts"
import { alternativeParam, islandsParam, readYearlySeries, seriesParams } from "./yearly-series.ts"

const GearyParams = Schema.Struct({ ...seriesParams, alternative: alternativeParam("greater"), islands: islandsParam })

/** Geary's C of each variable in each year that it is complete in. */
export const geary = Stage.make("geary", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: GearyParams,
  output: GearyByYear,
  run: ({ panel, weights: links }, { alternative, islands, permutations, variables }) =>
    Effect.gen(function* () {
      const { series, weights } = yield* readYearlySeries(panel, links, variables)
      const seed = permutations === 0 ? 0 : yield* Stage.seed
      return yield* attempt(() => {
        const sums = weightSums(weights, islands)
        const tests = series.map(({ label, values }) => gearyOf(weights, values, label, alternative, sums))
        const columns = series.map(({ values }) => values)
        const permuted = permutations === 0 ? new Float64Array(0) : gearyPermutation(weights, columns, { replicates: permutations, seed, alternative })
        return globalTestRows(series, tests, permuted, { alternative, entities: sums.n, permutations })
      })
    })
})
