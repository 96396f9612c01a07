import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const InterpolateParams = Schema.Struct({
  /** Which variables are filled; the others pass through as they are. */
  variables: Schema.Union([Schema.Literal("all"), Schema.Array(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** What becomes of a gap at the end of a series: it stays (none), continues the line through the two nearest values (linear), or repeats the nearest (nearest). */
  extrapolate: Schema.Literals(["none", "linear", "nearest"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("none" as const))),
  /** Variables whose filled cells are rounded to whole numbers: counts. */
  round: Schema.Array(VariableName).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>)))
})

export const interpolate = Stage.make("interpolate", {
  inputs: { panel: Panel },
  params: InterpolateParams,
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "interpolate is not written yet"))
})
