import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Entities, Panel } from "./table-types.ts"
import { Years } from "./years.ts"

export const SubsetParams = Schema.Struct({
  /** Columns of the Entities table and the values that pick an entity; of several columns, all must. `{ region: ["Eastern", "Central"] }` */
  where: Schema.Record(Schema.NonEmptyString, Schema.NonEmptyArray(Schema.String)).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  years: Schema.optionalKey(Years)
})

export const subset = Stage.make("subset", {
  inputs: { panel: Panel, entities: Entities },
  params: SubsetParams,
  output: Panel,
  run: () => Effect.fail(StageFailure.of("unwritten", "subset is not written yet"))
})
