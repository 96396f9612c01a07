import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { entitiesOf, kindOf, readWeights } from "./spatial-weights-table.ts"
import { Panel, SpatialWeights } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"
import { nestedWeights, nestingParams } from "./weights/nesting.ts"
import { finished, standardizeParams } from "./weights/standardize-params.ts"

const NestWeightsParams = Schema.Struct({ economy: VariableName, ...nestingParams, ...standardizeParams })

/** Any weights over the panel's entities (contiguity, say) nested with economic ones, 1/|g_i - g_j|, g the mean over the years of the panel's variable `economy`. */
export const nestWeights = Stage.make("nest-weights", {
  inputs: { weights: SpatialWeights, panel: Panel },
  params: NestWeightsParams,
  output: SpatialWeights,
  run: ({ panel, weights: table }, params) =>
    Effect.gen(function* () {
      const weights = yield* readWeights(table, entitiesOf(panel))
      const nested = yield* nestedWeights(params, weights, `(${kindOf(table)})`, panel, params.economy)
      return yield* finished(nested.weights, nested.words, params, "in the nested weights", "let them have neighbours in the weights that are nested")
    })
})
