import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { localMoran as localMoranOf, localMoranPermutation } from "../src/econometrics/spatial/exploration/local-moran.ts"
import { LocalMoran } from "./autocorrelation-types.ts"
import { localColumns, localParams, localResults, requirePermutations } from "./local-autocorrelation.ts"
import { attempt } from "./models/attempt.ts"
import { Panel, SpatialWeights } from "./table-types.ts"
import { readYearlySeries, seriesParams } from "./yearly-series.ts"

const LocalMoranParams = Schema.Struct({
  ...seriesParams,
  ...localParams,
  /** Moments given the entity's own value, or of all values. */
  moments: Schema.Literals(["conditional", "total"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("conditional" as const)))
})

/**
 * Local Moran's I (LISA, Anselin 1995) of each entity, for each variable and year that it is complete in: its quadrant of the Moran scatter plot, and the cluster
 * that it belongs to where it is significant. p-values are adjusted for the false discovery rate over the entities of a year.
 */
export const localMoran = Stage.make("local-moran", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: LocalMoranParams,
  output: LocalMoran,
  run: ({ panel, weights: links }, { allowIslands, alternative, decide, level, moments, permutations, variables }) =>
    Effect.gen(function* () {
      yield* requirePermutations(decide, permutations)
      const { entities, series, weights } = yield* readYearlySeries(panel, links, variables)
      const seed = permutations === 0 ? 0 : yield* Stage.seed
      const { permuted, tests } = yield* attempt(() => {
        const tests = series.map(({ label, values }) => localMoranOf(weights, values, label, { allowIslands, alternative, moments }))
        const columns = series.map(({ values }) => values)
        return { tests, permuted: permutations === 0 ? [] : localMoranPermutation(weights, columns, { replicates: permutations, seed, alternative }) }
      })
      const { columns, number, places } = localColumns(entities, localResults(series, tests, permuted, decide))
      return {
        ...columns,
        value: number(({ tests }, i) => tests.value[i]!),
        lag: number(({ tests }, i) => tests.lag[i]!),
        quadrant: places.map(({ i, result }) => result.tests.quadrant[i]!),
        cluster: places.map(({ i, result: { deciding, tests } }) =>
          tests.quadrant[i] === "island" || deciding[i]! <= level ? tests.quadrant[i]! : "not significant"
        ),
        decided_by: places.map(() => `${decide} <= ${level}`),
        moments: places.map(() => moments),
        alternative: places.map(() => alternative),
        permutations: Int32Array.from(places, () => permutations)
      }
    })
})
