import { File, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { sourceParams } from "./ingest/source-params.ts"
import { Entities, Panel } from "./table-types.ts"

export const IngestParams = Schema.Struct({
  ...sourceParams,
  /** Given where the file has a row a cell: the headers of its variable and value columns. Otherwise the file is wide, a column a variable. */
  long: Schema.optionalKey(
    Schema.Struct({
      variable: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("variable"))),
      value: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("value")))
    })
  )
})

export const ingest = Stage.make("ingest", {
  inputs: { source: File, entities: Entities },
  params: IngestParams,
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "ingest is not written yet"))
})
