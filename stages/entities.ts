import { File, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Entities } from "./table-types.ts"

export const EntitiesParams = Schema.Struct({
  /** Header of the column with the name that each entity has throughout the study. */
  entity: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("entity"))),
  latitude: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("latitude"))),
  longitude: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("longitude"))),
  /** The further columns to keep (other names, codes, groups), as text. */
  keep: Schema.Union([Schema.Literal("all"), Schema.Array(Schema.NonEmptyString)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const)))
})

export const entities = Stage.make("entities", {
  inputs: { source: File },
  params: EntitiesParams,
  output: Entities,
  run: () => Effect.fail(StageFailure.of("unwritten", "entities is not written yet"))
})
