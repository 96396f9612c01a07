import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { greyRelationalScore } from "../../src/econometrics/measurement/grey-relational.ts"
import { IndicatorWeights, NormalizedPanel, Panel } from "../table-types.ts"
import { aggregationParams, combineIndicators } from "./combine-indicators.ts"

/** The composite index and its sub-indices as grey relational grades to the best values of the weights' scope (Deng 1982), 0 to 100. */
export const greyRelationalIndex = Stage.make("grey-relational-index", {
  inputs: { normalized: NormalizedPanel, weights: IndicatorWeights },
  params: Schema.Struct({
    ...aggregationParams,
    /** Deng's distinguishing coefficient: the smaller, the more values far from the best are told apart. */
    zeta: Schema.Finite.check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.5)))
  }),
  output: Panel,
  run: ({ normalized, weights }, params) =>
    combineIndicators(normalized, weights, params, {
      score: (members, groups, rows) => greyRelationalScore(members, groups, rows, params.zeta),
      description: `100 * grey relational grade, zeta ${params.zeta}`
    })
})
