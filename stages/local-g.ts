import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { localG as localGOf, localGPermutation, localGStar } from "../src/econometrics/spatial/exploration/getis-ord.ts"
import { LocalG } from "./autocorrelation-types.ts"
import { localColumns, localParams, localResults, requirePermutations } from "./local-autocorrelation.ts"
import { attempt } from "./models/attempt.ts"
import { Panel, SpatialWeights } from "./table-types.ts"
import { readYearlySeries, seriesParams } from "./yearly-series.ts"

const LocalGParams = Schema.Struct({
  ...seriesParams,
  ...localParams,
  /** G* counts an entity among its own neighbours, G leaves it out. */
  statistic: Schema.Literals(["G*", "G"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("G*" as const)))
})

/** Getis and Ord's G* (or G) of each entity, for each variable and year that it is complete in: hot spots, where high values meet, and cold spots. */
export const localG = Stage.make("local-g", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: LocalGParams,
  output: LocalG,
  run: ({ panel, weights: links }, { allowIslands, alternative, decide, level, permutations, statistic, variables }) =>
    Effect.gen(function* () {
      yield* requirePermutations(decide, permutations)
      const { entities, series, weights } = yield* readYearlySeries(panel, links, variables)
      const seed = permutations === 0 ? 0 : yield* Stage.seed
      const local = statistic === "G" ? localGOf : localGStar
      const { permuted, tests } = yield* attempt(() => {
        const tests = series.map(({ label, values }) => local(weights, values, label, { allowIslands, alternative }))
        const columns = series.map(({ values }) => values)
        return { tests, permuted: permutations === 0 ? [] : localGPermutation(weights, columns, { replicates: permutations, seed, alternative }) }
      })
      const { columns, places } = localColumns(entities, localResults(series, tests, permuted, decide))
      return {
        ...columns,
        kind: places.map(() => statistic),
        cluster: places.map(({ i, result: { deciding, tests } }) => {
          if (Number.isNaN(deciding[i]!)) return "island"
          if (!(deciding[i]! <= level)) return "not significant"
          return tests.z[i]! > 0 ? "hot spot" : "cold spot"
        }),
        decided_by: places.map(() => `${decide} <= ${level}`),
        alternative: places.map(() => alternative),
        permutations: Int32Array.from(places, () => permutations)
      }
    })
})
