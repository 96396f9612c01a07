import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Panel, SubunitPanel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const EgParams = Schema.Struct({
  /** Column of employment in manufacturing. */
  manufacturing: VariableName,
  /** Columns of employment in the productive services, which are summed. */
  services: Schema.NonEmptyArray(VariableName)
})

export const eg = Stage.make("eg", {
  inputs: { subunits: SubunitPanel },
  params: EgParams,
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "eg is not written yet"))
})
