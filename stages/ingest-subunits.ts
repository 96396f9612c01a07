import { File, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { sourceParams } from "./ingest/source-params.ts"
import { Entities, SubunitPanel } from "./table-types.ts"

export const IngestSubunitsParams = Schema.Struct({
  ...sourceParams,
  /** Header of the column that names the unit inside the entity: a city, a district. */
  unit: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("unit")))
})

export const ingestSubunits = Stage.make("ingest-subunits", {
  inputs: { source: File, entities: Entities },
  params: IngestSubunitsParams,
  output: SubunitPanel,
  run: () => Effect.fail(StageFailure.of("unwritten", "ingest-subunits is not written yet"))
})
