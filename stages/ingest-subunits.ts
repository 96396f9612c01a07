import { Files, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { variableColumns } from "./ingest/columns.ts"
import { entityNames } from "./ingest/entity-names.ts"
import { placeDefault } from "./ingest/place.ts"
import { readSource } from "./ingest/read-source.ts"
import { sourceParams } from "./ingest/source-params.ts"
import { byEntityAndYear, byText } from "./key-order.ts"
import { Entities, SubunitPanel } from "./table-types.ts"

export const IngestSubunitsParams = Schema.Struct({
  ...sourceParams,
  /** Where the unit inside the entity is named: a city, a district. */
  unit: placeDefault("unit")
})

/** A file, or several that are laid out alike, of the units inside the entities (cities, districts) by data year, with a column a variable; checked as `ingest` does, a unit standing once in an entity's year. */
export const ingestSubunits = Stage.make("ingest-subunits", {
  inputs: { source: Files, entities: Entities },
  params: IngestSubunitsParams,
  output: SubunitPanel,
  run: ({ entities, source }, { unit, ...params }) =>
    Effect.gen(function* () {
      const names = yield* entityNames(entities, params.aliases)
      const read = yield* readSource(source, names, { ...params, subunit: unit })
      const { entity, subunit, year } = read.observations
      const keys = entity.map((who, i) => ({ entity: names.entities[who]!, year: year[i]! }))
      const order = keys
        .map((_, i) => i)
        .sort((i, j) => byText(keys[i]!.entity, keys[j]!.entity) || byText(subunit[i]!, subunit[j]!) || byEntityAndYear(keys[i]!, keys[j]!))
      return {
        entity: order.map((i) => keys[i]!.entity),
        unit: order.map((i) => subunit[i]!),
        year: Int32Array.from(order, (i) => keys[i]!.year),
        rest: variableColumns(read, params, order)
      }
    })
})
