/** Whether the rows of a result have one order: what stands on a snapshot's key, or on the columns of ORDER BY. */
import type { Fault } from "../dag/stage.ts"
import type { Cell, QuerySource, ResultColumn } from "./database.ts"
import { queryFault } from "./query-faults.ts"
import type { QueryOrder } from "./query-text.ts"

export interface RowOrder {
  readonly see: (rows: ReadonlyArray<ReadonlyArray<Cell>>) => void
  /** Rows of one key, of which there may be only one. */
  readonly faults: () => ReadonlyArray<Fault>
  readonly warnings: () => ReadonlyArray<Fault>
}

/** Where the columns stand that rows are ordered by; undefined where one is not in the result. */
const positionsOf = (names: ReadonlyArray<string>, columns: ReadonlyArray<ResultColumn>): ReadonlyArray<number> | undefined => {
  const found = names.map((name) => {
    if (/^\d+$/.test(name)) return Number(name) - 1
    const exact = columns.findIndex((column) => column.name === name)
    return exact === -1 ? columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()) : exact
  })
  return found.every((at) => at >= 0 && at < columns.length) ? found : undefined
}

export const rowOrder = (query: QuerySource, key: ReadonlyArray<string>, order: QueryOrder | undefined, columns: ReadonlyArray<ResultColumn>): RowOrder => {
  const by = key.length > 0 ? key : order?.columns
  const positions = by && positionsOf(by, columns)
  const examples: Array<string> = []
  let ties = 0
  let before: ReadonlyArray<Cell> | undefined
  return {
    see: (rows) => {
      if (positions === undefined) return
      for (const row of rows) {
        const same = before !== undefined && positions.every((at) => before![at] === row[at])
        // Rows that are the same throughout may stand in any order.
        if (same && (key.length > 0 || row.some((cell, i) => cell !== before![i]))) {
          ties++
          if (examples.length < 3) examples.push(`(${positions.map((at) => String(row[at] ?? "nothing")).join(", ")})`)
        }
        before = row
      }
    },
    faults: () =>
      key.length === 0 || ties === 0
        ? []
        : [
            queryFault(
              query,
              "key-not-unique",
              `--key ${key.join(",")} is to tell rows apart, and ${ties === 1 ? "1 row has" : `${ties} rows have`} the key of another: ${examples.join(", ")}; take a further column into the key, or correct the query`
            )
          ],
    warnings: () => {
      if (key.length > 0) return []
      if (positions === undefined)
        return [
          queryFault(
            query,
            "order-unchecked",
            "whether ORDER BY tells all rows apart could not be seen, since it is not by columns of the result: rows that it leaves equal may change places; --key COLUMN,… is checked"
          )
        ]
      return ties === 0
        ? []
        : [
            queryFault(
              query,
              "order-left-open",
              `ORDER BY leaves ${ties === 1 ? "1 row" : `${ties} rows`} with the place of another, such as ${examples.join(", ")}: the next snapshot of the same data may have them otherwise; add a column that tells them apart, or say --key`
            )
          ]
    }
  }
}
