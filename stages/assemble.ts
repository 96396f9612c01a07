import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Panel } from "./table-types.ts"

export const assemble = Stage.make("assemble", {
  inputs: { panels: many(Panel) },
  params: Schema.Struct({}),
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "assemble is not written yet"))
})
