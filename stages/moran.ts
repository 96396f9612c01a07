import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { moran as moranOf, moranPermutation, moranScatter } from "../src/econometrics/spatial/exploration/moran.ts"
import { weightSums } from "../src/econometrics/spatial/exploration/weight-sums.ts"
import { MoranByYear, MoranScatter } from "./autocorrelation-types.ts"
import { globalTestRows } from "./global-autocorrelation.ts"
import { attempt } from "./models/attempt.ts"
import { Panel, SpatialWeights } from "./table-types.ts"
import { alternativeParam, islandsParam, readYearlySeries, seriesParams } from "./yearly-series.ts"

const MoranParams = Schema.Struct({ ...seriesParams, alternative: alternativeParam("greater"), islands: islandsParam })

/**
 * Global Moran's I of each variable in each year that it is complete in, and the points of the Moran scatter plots.
 * The permutations do not depend on which variables and years there are.
 */
export const moran = Stage.make("moran", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: MoranParams,
  output: { moran: MoranByYear, scatter: MoranScatter },
  run: ({ panel, weights: links }, { alternative, islands, permutations, variables }) =>
    Effect.gen(function* () {
      const { entities, series, weights } = yield* readYearlySeries(panel, links, variables)
      const seed = permutations === 0 ? 0 : yield* Stage.seed
      const { permuted, points, sums, tests } = yield* attempt(() => {
        const sums = weightSums(weights, islands)
        const tests = series.map(({ label, values }) => moranOf(weights, values, label, alternative, sums))
        const columns = series.map(({ values }) => values)
        const permuted = permutations === 0 ? new Float64Array(0) : moranPermutation(weights, columns, { replicates: permutations, seed, alternative })
        return { sums, tests, permuted, points: series.map((one) => ({ ...one, ...moranScatter(weights, one.values) })) }
      })
      const scatter = [...Map.groupBy(points, ({ variable }) => variable).values()].flatMap((ofVariable) =>
        entities.flatMap((entity, i) => ofVariable.map(({ lag, variable, year, z }) => ({ variable, entity, year, z: z[i]!, lag: lag[i]! })))
      )
      return {
        moran: globalTestRows(series, tests, permuted, { alternative, entities: sums.n, permutations }),
        scatter: {
          variable: scatter.map((point) => point.variable),
          entity: scatter.map((point) => point.entity),
          year: Int32Array.from(scatter, (point) => point.year),
          z: Float64Array.from(scatter, (point) => point.z),
          lag: Float64Array.from(scatter, (point) => point.lag)
        }
      }
    })
})
