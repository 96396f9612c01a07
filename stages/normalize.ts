import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Indicator } from "./indicator-set.ts"
import { NormalizedPanel, Panel } from "./table-types.ts"

export const NormalizeParams = Schema.Struct({
  indicators: Schema.NonEmptyArray(Indicator),
  /** Over which rows the minimum and maximum are taken. */
  scope: Schema.Literals(["pooled", "by-year", "by-entity"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("pooled" as const))),
  /** An indicator that is constant within a scope: a fault, or left out with a warning. */
  onConstant: Schema.Literals(["fault", "drop"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("fault" as const)))
})

export const normalize = Stage.make("normalize", {
  inputs: { panel: Panel },
  params: NormalizeParams,
  output: NormalizedPanel,
  run: () => Effect.fail(StageFailure.of("unwritten", "normalize is not written yet"))
})
