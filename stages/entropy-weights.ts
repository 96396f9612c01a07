import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Indicator } from "./indicator-set.ts"
import { IndicatorWeights, NormalizedPanel } from "./table-types.ts"

export const EntropyWeightsParams = Schema.Struct({
  indicators: Schema.NonEmptyArray(Indicator),
  /** Over which rows the shares P are taken: all of them; those of a year (n = N); those of an entity (n = T). */
  scope: Schema.Literals(["pooled", "by-year", "by-entity"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("pooled" as const))),
  /** Added to every value before the shares are taken. */
  shift: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
})

export const entropyWeights = Stage.make("entropy-weights", {
  inputs: { normalized: NormalizedPanel },
  params: EntropyWeightsParams,
  output: IndicatorWeights,
  run: () => Effect.fail(StageFailure.of("unwritten", "entropy-weights is not written yet"))
})
