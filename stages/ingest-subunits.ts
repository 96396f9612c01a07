import { type Fault, File, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { cellFault } from "./ingest/cell.ts"
import { variableColumns } from "./ingest/columns.ts"
import { conclude } from "./ingest/conclude.ts"
import { readCsv } from "./ingest/csv.ts"
import { entityNames } from "./ingest/entity-names.ts"
import { columnIndex } from "./ingest/header.ts"
import { duplicateFaults, readKeys } from "./ingest/keys.ts"
import { missingPairs } from "./ingest/missing-pairs.ts"
import { sourceParams } from "./ingest/source-params.ts"
import { readWide } from "./ingest/wide.ts"
import { byEntityAndYear, byText } from "./key-order.ts"
import { Entities, SubunitPanel } from "./table-types.ts"

export const IngestSubunitsParams = Schema.Struct({
  ...sourceParams,
  /** Header of the column that names the unit inside the entity: a city, a district. */
  unit: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("unit")))
})

/** One wide CSV file of the units inside the entities (cities, districts) by data year; checked as `ingest` does, a unit standing once in an entity's year. */
export const ingestSubunits = Stage.make("ingest-subunits", {
  inputs: { source: File, entities: Entities },
  params: IngestSubunitsParams,
  output: SubunitPanel,
  run: ({ entities, source }, params) =>
    Effect.gen(function* () {
      const names = yield* entityNames(entities, params.aliases)
      const file = yield* readCsv(source)
      const faults: Array<Fault> = [...file.faults]
      const unitIndex = columnIndex(file, params.unit, faults)
      const keys = readKeys(file, params, names, faults)
      const { keyed } = keys
      const unitOf = ({ record }: (typeof keyed)[number]): string => (unitIndex === -1 ? "" : record.cells[unitIndex]!)
      if (unitIndex !== -1)
        for (const { cells, row } of file.records)
          if (cells[unitIndex] === "") faults.push(cellFault("missing-unit", file, row, params.unit, "", "the name of a unit", "write it"))
      faults.push(...duplicateFaults(file, keyed, unitOf))
      const values = readWide(file, params.variables, keyed, faults)
      if (params.years !== undefined && params.balanced) faults.push(...missingPairs(file, keys, names.entities, params.years))
      yield* conclude(file, params, keyed, faults)
      const order = keyed
        .map((_, i) => i)
        .sort((i, j) => {
          const a = keyed[i]!
          const b = keyed[j]!
          return byText(a.entity, b.entity) || byText(unitOf(a), unitOf(b)) || byEntityAndYear(a, b)
        })
      return {
        entity: order.map((i) => keyed[i]!.entity),
        unit: order.map((i) => unitOf(keyed[i]!)),
        year: Int32Array.from(order, (i) => keyed[i]!.year),
        rest: variableColumns(params.variables, values, order)
      }
    })
})
