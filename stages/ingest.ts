import { type Fault, File, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { variableColumns } from "./ingest/columns.ts"
import { conclude } from "./ingest/conclude.ts"
import { readCsv } from "./ingest/csv.ts"
import { entityNames } from "./ingest/entity-names.ts"
import { duplicateFaults, readKeys } from "./ingest/keys.ts"
import { longFile, readLong } from "./ingest/long.ts"
import { missingPairs } from "./ingest/missing-pairs.ts"
import { sourceParams } from "./ingest/source-params.ts"
import { readWide } from "./ingest/wide.ts"
import { byEntityAndYear } from "./key-order.ts"
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

/**
 * One CSV file as a panel: the declared variables by entity and data year. Empty cells and NA, NaN, `.`, `-`, `…` are missing.
 * Fails with all that is wrong in the file together: a column that is missing, a cell that is no finite number or out of its range, an entity that the
 * dictionary does not know, a year that is none or outside the declared ones, a key that stands twice, declared years that an entity lacks.
 */
export const ingest = Stage.make("ingest", {
  inputs: { source: File, entities: Entities },
  params: IngestParams,
  output: Panel,
  run: ({ entities, source }, params) =>
    Effect.gen(function* () {
      const names = yield* entityNames(entities, params.aliases)
      const csv = yield* readCsv(source)
      const faults: Array<Fault> = [...csv.faults]
      const long = params.long === undefined ? undefined : longFile(csv, params.long, params.variables, faults)
      const file = long ?? csv
      const keys = readKeys(file, params, names, faults)
      const placed = keys.keyed
      faults.push(...duplicateFaults(file, placed, ({ record }) => (long === undefined ? "" : record.cells[long.labelIndex]!)))
      const { keyed, values } =
        long === undefined ? { keyed: placed, values: readWide(file, params.variables, placed, faults) } : readLong(long, params.variables, placed, faults)
      if (params.years !== undefined && params.balanced) faults.push(...missingPairs(file, { ...keys, keyed }, names.entities, params.years))
      yield* conclude(file, params, keyed, faults)
      const order = keyed.map((_, i) => i).sort((i, j) => byEntityAndYear(keyed[i]!, keyed[j]!))
      return {
        entity: order.map((i) => keyed[i]!.entity),
        year: Int32Array.from(order, (i) => keyed[i]!.year),
        rest: variableColumns(params.variables, values, order)
      }
    })
})
