import { Stage } from "@sediment/sediment"
import { Schema } from "effect"
import { shareScore, valueScore } from "../src/econometrics/measurement/composite-score.ts"
import { aggregationParams, combineIndicators } from "./aggregations/combine-indicators.ts"
import { IndicatorWeights, NormalizedPanel, Panel } from "./table-types.ts"

export const CompositeIndexParams = Schema.Struct(aggregationParams)

/**
 * The composite index and its sub-indices. For each there are two columns: the value version `<index>`, 100 * sum_m W_m Y_m, and the share version
 * `<index>_share`, 1000 * sum_m W_m P_m with P = Y / sum Y over the weights' scope (eq. 17 as printed). The mean weights of several scopes count as one
 * weight for all rows, and P is then taken over all of them. A shift in the weights' entropy never enters the scores.
 */
export const compositeIndex = Stage.make("composite-index", {
  inputs: { normalized: NormalizedPanel, weights: IndicatorWeights },
  params: CompositeIndexParams,
  output: Panel,
  run: ({ normalized, weights }, params) =>
    combineIndicators(normalized, weights, params, {
      score: (members, _groups, rows) => valueScore(members, rows),
      description: "100 * sum of weight times normalised value",
      share: { score: shareScore, description: "1000 * sum of weight times share (eq. 17)" }
    })
})
