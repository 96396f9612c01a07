import type { StageFailure, Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { readBalancedPanel } from "./models/balanced-panel.ts"
import { readWeights } from "./spatial-weights-table.ts"
import type { Panel, SpatialWeights } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

/** What every stage of spatial autocorrelation asks. */
export const seriesParams = {
  variables: Schema.NonEmptyArray(VariableName),
  /** Random arrangements behind the permutation p-values; 0 leaves these out. */
  permutations: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(999)))
}

/** Which way a test looks: positive autocorrelation (clusters of high values, for the general G), negative, or either. */
export const alternativeParam = (standard: "greater" | "two-sided") =>
  Schema.Literals(["greater", "less", "two-sided"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed(standard)))

/** What becomes of entities without neighbours in a global statistic. */
export const islandsParam = Schema.Literals(["refuse", "uncounted", "counted"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("refuse" as const)))

/** One variable in one year, over the entities in their order. */
export interface YearlySeries {
  readonly variable: string
  readonly year: number
  readonly values: Float64Array
  /** The two, as a message names them. */
  readonly label: string
}

/** Each variable in each year that it is complete in, and the weights over the panel's entities. */
export const readYearlySeries = (
  panel: Tracked<typeof Panel>,
  links: Tracked<typeof SpatialWeights>,
  variables: ReadonlyArray<string>
): Effect.Effect<{ readonly entities: ReadonlyArray<string>; readonly weights: WeightsMatrix; readonly series: ReadonlyArray<YearlySeries> }, StageFailure> =>
  Effect.gen(function* () {
    const balanced = yield* Effect.forEach([...new Set(variables)], (variable) =>
      Effect.map(readBalancedPanel(panel, [variable], { missing: "drop" }), ({ column, entities, years }) => {
        const values = column(variable)
        return {
          entities,
          series: years.map((year, t) => ({
            variable,
            year,
            label: `${variable} in ${year}`,
            values: Float64Array.from(entities, (_, i) => values[i * years.length + t]!)
          }))
        }
      })
    )
    const { entities } = balanced[0]!
    return { entities, weights: yield* readWeights(links, entities), series: balanced.flatMap(({ series }) => series) }
  })
