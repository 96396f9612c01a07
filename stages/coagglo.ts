import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const CoaggloParams = Schema.Struct({
  /** Column of employment in manufacturing. */
  manufacturing: VariableName,
  /** Columns of employment in the productive services, which are summed. */
  services: Schema.NonEmptyArray(VariableName),
  /** Column of total employment. */
  total: VariableName
})

export const coagglo = Stage.make("coagglo", {
  inputs: { panel: Panel },
  params: CoaggloParams,
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "coagglo is not written yet"))
})
