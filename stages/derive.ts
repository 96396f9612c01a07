import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Derived } from "./derive/expression.ts"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const DeriveParams = Schema.Struct({
  /** The new variables, in order: one may use those before it. */
  variables: Schema.Array(Derived),
  /** Which of the panel's own variables stand beside them: all, or these. */
  keep: Schema.Union([Schema.Literal("all"), Schema.Array(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const)))
})

export const derive = Stage.make("derive", {
  inputs: { panel: Panel },
  params: DeriveParams,
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "derive is not written yet"))
})
