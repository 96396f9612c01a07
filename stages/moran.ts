import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { entityPermutations, moran as moranOf, moranPermutationPValue, moranScatter, weightSums } from "../src/econometrics/spatial/exploration/moran.ts"
import { attempt } from "./models/attempt.ts"
import { readBalancedPanel } from "./models/balanced-panel.ts"
import { readWeights } from "./spatial-weights-table.ts"
import { MoranByYear, MoranScatter, Panel, SpatialWeights } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

const MoranParams = Schema.Struct({
  variables: Schema.NonEmptyArray(VariableName),
  /** Random arrangements behind the permutation p-value; 0 leaves it out. */
  permutations: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(999)))
})

/**
 * Global Moran's I of each variable in each year that it is complete in, and the points of the Moran scatter plots.
 * The permutations do not depend on which variables and years there are.
 */
export const moran = Stage.make("moran", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: MoranParams,
  output: { moran: MoranByYear, scatter: MoranScatter },
  run: ({ panel, weights: links }, { variables, permutations: replicates }) =>
    Effect.gen(function* () {
      const balanced = yield* Effect.forEach([...new Set(variables)], (variable) =>
        Effect.map(readBalancedPanel(panel, [variable], { missing: "drop" }), (complete) => ({ variable, values: complete.column(variable), ...complete }))
      )
      const { entities } = balanced[0]!
      const weights = yield* readWeights(links, entities)
      const orders = replicates === 0 ? [] : entityPermutations(entities.length, replicates, yield* Stage.seed)
      const sums = weightSums(weights)
      const rows = yield* attempt(() =>
        balanced.flatMap(({ variable, values, years }) =>
          years.map((year, t) => {
            const x = Float64Array.from(entities, (_, i) => values[i * years.length + t]!)
            return {
              variable,
              year,
              ...moranOf(weights, x, `${variable} in ${year}`, sums),
              permuted: replicates === 0 ? Number.NaN : moranPermutationPValue(weights, x, orders),
              ...moranScatter(weights, x)
            }
          })
        )
      )
      const points = balanced.flatMap(({ variable }) => {
        const ofVariable = rows.filter((row) => row.variable === variable)
        return entities.flatMap((entity, i) => ofVariable.map(({ year, z, lag }) => ({ variable, entity, year, z: z[i]!, lag: lag[i]! })))
      })
      type MoranRow = (typeof rows)[number]
      const number = (value: (row: MoranRow) => number) => Float64Array.from(rows, value)
      return {
        moran: {
          variable: rows.map((row) => row.variable),
          year: Int32Array.from(rows, (row) => row.year),
          entities: Int32Array.from(rows, () => entities.length),
          statistic: number((row) => row.statistic),
          expected: number((row) => row.expected),
          variance_randomisation: number((row) => row.randomisation.variance),
          z_randomisation: number((row) => row.randomisation.z),
          p_randomisation: number((row) => row.randomisation.pValue),
          variance_normality: number((row) => row.normality.variance),
          z_normality: number((row) => row.normality.z),
          p_normality: number((row) => row.normality.pValue),
          permutations: Int32Array.from(rows, () => replicates),
          p_permutation: number((row) => row.permuted)
        },
        scatter: {
          variable: points.map((point) => point.variable),
          entity: points.map((point) => point.entity),
          year: Int32Array.from(points, (point) => point.year),
          z: Float64Array.from(points, (point) => point.z),
          lag: Float64Array.from(points, (point) => point.lag)
        }
      }
    })
})
