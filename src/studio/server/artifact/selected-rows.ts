import { Effect } from "effect"
import { type CliFailure, CliFailure as Failure, usage } from "../../../workspace/failure.ts"
import { type Condition, readFilter } from "../../messages/table-query/filter.ts"
import { readSort, type SortKey } from "../../messages/table-query/sort.ts"
import { QueryFault } from "../../messages/table-query/words.ts"
import { matchingRows, unknownColumn } from "./matching-rows.ts"
import type { OpenedTable } from "./opened-table.ts"
import { sortedRows } from "./sorted-rows.ts"

/** Orders of a table that are kept: the one that is looked at, and those that are gone back to. */
const KEPT = 4

const read = <A>(code: string, text: string, reader: (text: string) => A): Effect.Effect<A, CliFailure> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(reader(text))
    } catch (error) {
      if (error instanceof QueryFault) return Effect.fail(usage(code, error.message))
      throw error
    }
  })

const failed = (code: string, messages: ReadonlyArray<string>) => new Failure({ exitCode: 2, errors: messages.map((message) => ({ code, message })) })

/** The rows that meet a filter, in the table's order. Fails with all that is wrong with it. */
export const filteredRows = (table: OpenedTable, filter: string): Effect.Effect<Uint32Array, CliFailure> =>
  Effect.gen(function* () {
    const conditions: ReadonlyArray<Condition> = yield* read("filter", filter, readFilter)
    const found = table.keep(`filter ${filter}`, KEPT, () => matchingRows(table, conditions))
    return "faults" in found ? yield* failed("filter", found.faults) : found.rows
  })

/** The rows that meet a filter, in an order; kept for the next window that is asked for. Fails with all that is wrong with either. */
export const selectedRows = (table: OpenedTable, filter: string, sort: string): Effect.Effect<Uint32Array, CliFailure> =>
  Effect.gen(function* () {
    const rows = yield* filteredRows(table, filter)
    const keys: ReadonlyArray<SortKey> = yield* read("sort", sort, readSort)
    const unknown = keys.filter(({ column }) => table.column(column) === undefined)
    if (unknown.length > 0)
      return yield* failed(
        "sort",
        unknown.map(({ column }) => `the order: ${unknownColumn(table, column)}`)
      )
    return keys.length === 0 ? rows : table.keep(`order ${filter}\n${sort}`, KEPT, () => sortedRows(table, rows, keys))
  })
