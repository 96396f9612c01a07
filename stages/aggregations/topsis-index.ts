import { Stage } from "@sediment/sediment"
import { Schema } from "effect"
import { topsisScore } from "../../src/econometrics/measurement/topsis.ts"
import { IndicatorWeights, NormalizedPanel, Panel } from "../table-types.ts"
import { aggregationParams, combineIndicators } from "./combine-indicators.ts"

/** The composite index and its sub-indices as TOPSIS closeness to the ideal (Hwang and Yoon 1981), 0 to 100; ideals are those of the weights' scope. */
export const topsisIndex = Stage.make("topsis-index", {
  inputs: { normalized: NormalizedPanel, weights: IndicatorWeights },
  params: Schema.Struct(aggregationParams),
  output: Panel,
  run: ({ normalized, weights }, params) =>
    combineIndicators(normalized, weights, params, { score: topsisScore, description: "100 * TOPSIS closeness to the ideal" })
})
