import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { entitiesOf } from "./spatial-weights-table.ts"
import { Entities, Panel, SpatialWeights } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"
import { distanceIssues, distanceParams, saysDistance } from "./weights/distance-params.ts"
import { geographicWeights } from "./weights/geographic.ts"
import { economicWeights, nestedWeights, nestingParams } from "./weights/nesting.ts"
import { finished, standardizeParams } from "./weights/standardize-params.ts"

/**
 * geographic: by distance; 1/d in km between all pairs unless told otherwise. economic: 1/|g_i - g_j|, g the mean over the years of the panel's variable `economy`.
 * nested: both; half each of the two row-standardised unless told otherwise.
 */
const Kind = Schema.Literals(["geographic", "economic", "nested"])

const SpatialWeightsParams = Schema.Struct({
  kind: Kind.pipe(Schema.withDecodingDefaultKey(Effect.succeed("nested" as const))),
  economy: Schema.optionalKey(VariableName),
  ...nestingParams,
  ...distanceParams,
  ...standardizeParams
}).check(
  Schema.makeFilter((params) => [
    ...(params.kind !== "geographic" && params.economy === undefined
      ? [{ path: ["economy"], issue: `${params.kind} weights need the panel's variable that measures how far apart two economies are (GDP per head, say)` }]
      : []),
    ...(params.kind !== "nested" && params.nesting !== "convex" ? [{ path: ["nesting"], issue: 'it goes with kind "nested" alone' }] : []),
    ...(params.kind === "economic" && saysDistance(params)
      ? [{ path: ["kind"], issue: "economic weights are of all pairs and know no distance: take out what is said of it, or nest them with geographic ones" }]
      : distanceIssues(params))
  ])
)

/**
 * Spatial weights between the panel's entities, by distance, by the economy, or by both: zero diagonal, sorted. An entity of the panel without coordinates (where
 * distances are taken), two entities at one point (where 1/d is), two equal economies, a missing value of `economy` and an island, unless allowed, are
 * faults that name them.
 */
export const spatialWeights = Stage.make("spatial-weights", {
  inputs: { entities: Entities, panel: Panel },
  params: SpatialWeightsParams,
  output: SpatialWeights,
  run: ({ entities: dictionary, panel }, params) =>
    Effect.gen(function* () {
      const { allowIslands, economy = "", kind } = params
      const entities = entitiesOf(panel)
      const finish = (weights: Parameters<typeof finished>[0], words: string) =>
        finished(weights, words, params, "among those that have a weight above 0", "take a larger bandwidth or other choices")
      if (kind === "economic") return yield* finish(yield* economicWeights(entities, panel, economy), `economic: 1/|difference of ${economy}|`)
      const near = yield* geographicWeights(entities, dictionary, params, allowIslands)
      if (kind === "geographic") return yield* finish(near.weights, `geographic: ${near.words}`)
      const words = saysDistance(params) ? `geographic (${near.words})` : "geographic"
      const nested = yield* nestedWeights(params, near.weights, words, panel, economy)
      return yield* finish(nested.weights, nested.words)
    })
})
