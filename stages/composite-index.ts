import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Dimension } from "./indicator-set.ts"
import { IndicatorWeights, NormalizedPanel, Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const CompositeIndexParams = Schema.Struct({
  /** The composite's column, made of all indicators by their overall weights; its share version is `<index>_share`. */
  index: VariableName,
  /** The sub-indices' columns, each made of its dimension's indicators by their individual weights. */
  dimensions: Schema.NonEmptyArray(Dimension),
  /** Where weights vary by year or entity: the row's own, or their mean. */
  weights: Schema.Literals(["own", "mean"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("own" as const)))
})

export const compositeIndex = Stage.make("composite-index", {
  inputs: { normalized: NormalizedPanel, weights: IndicatorWeights },
  params: CompositeIndexParams,
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "composite-index is not written yet"))
})
