import { Files, Stage } from "@sediment/sediment"
import { Effect } from "effect"
import { variableColumns } from "./ingest/columns.ts"
import { entityNames } from "./ingest/entity-names.ts"
import { readSource } from "./ingest/read-source.ts"
import { SourceDescription } from "./ingest/source-params.ts"
import { byEntityAndYear } from "./key-order.ts"
import { Entities, Panel } from "./table-types.ts"

/**
 * A file, or several that are laid out alike (a folder with one a year), as a panel: the declared variables by entity and data year, each in its unit, with the place where each cell was read. The layout is described
 * by the parameters, and nothing is guessed. Fails with all that is wrong in the files together: a column that is missing, a cell that is no finite number or out
 * of its range, a unit that cannot be converted, an entity that the dictionary does not know, a year that is none or outside the declared ones, a key that stands
 * twice, declared years that an entity lacks, a correction of a cell that holds something else.
 */
export const ingest = Stage.make("ingest", {
  inputs: { source: Files, entities: Entities },
  params: SourceDescription,
  output: Panel,
  run: ({ entities, source }, params) =>
    Effect.gen(function* () {
      const names = yield* entityNames(entities, params.aliases)
      const read = yield* readSource(source, names, params)
      const { entity, year } = read.observations
      const keys = entity.map((who, i) => ({ entity: names.entities[who]!, year: year[i]! }))
      const order = keys.map((_, i) => i).sort((i, j) => byEntityAndYear(keys[i]!, keys[j]!))
      return {
        entity: order.map((i) => keys[i]!.entity),
        year: Int32Array.from(order, (i) => keys[i]!.year),
        rest: variableColumns(read, params, order)
      }
    })
})
