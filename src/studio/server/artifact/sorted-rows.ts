import { int32 } from "../../../artifact/read.ts"
import type { SortKey } from "../../messages/table-query/sort.ts"
import { rowsWhere } from "./matching-rows.ts"
import type { OpenedColumn, OpenedTable } from "./opened-table.ts"
import { radixSort } from "./radix-sort.ts"

const ONES = 0xffffffff

/** What stands at these places. */
const at = (rows: Uint32Array, places: Uint32Array): Uint32Array => {
  const out = new Uint32Array(places.length)
  for (let i = 0; i < out.length; i++) out[i] = rows[places[i]!]!
  return out
}

/** Rows by their numbers. Keys are the bits of a double, changed so that they count upwards as whole numbers: the sign bit of a positive one set, all bits of a negative one turned. NaN is last, either way. */
// Plain loops: a function called a million times by `from`, `map` or `filter` of a typed array costs ten times as much.
const numberOrder = (rows: Uint32Array, number: (row: number) => number, descending: boolean): Uint32Array => {
  const turn = descending ? ONES : 0
  const doubles = new Float64Array(rows.length)
  // -0 is 0.
  for (let i = 0; i < rows.length; i++) doubles[i] = number(rows[i]!) + 0
  const words = new Uint32Array(doubles.buffer)
  const [high, low] = [new Uint32Array(rows.length), new Uint32Array(rows.length)]
  for (let i = 0; i < rows.length; i++) {
    if (Number.isNaN(doubles[i]!)) {
      high[i] = low[i] = ONES
      continue
    }
    const [a, b] = [words[2 * i]!, words[2 * i + 1]!]
    const negative = b >>> 31 === 1
    high[i] = (negative ? ~b : b | 0x80000000) ^ turn
    low[i] = (negative ? ~a : a) ^ turn
  }
  return at(rows, radixSort(high, low))
}

const BYTES = 6
/** So few that are alike are put in order one by one. */
const FEW = 24

/** Rows by their texts' UTF-8: six bytes at a time, then those that are alike so far by the next six. */
const textOrder = (rows: Uint32Array, { values }: OpenedColumn, descending: boolean): Uint32Array => {
  const [offsetBytes, utf8] = [values[0]!, values[1]!]
  const offsets = int32(offsetBytes)
  /** 9 bits of a byte of a text, 0 where it has ended. */
  const byte = (row: number, depth: number): number => {
    const place = offsets[row]! + depth
    return place < offsets[row + 1]! ? utf8[place]! + 1 : 0
  }
  const three = (row: number, depth: number): number => (byte(row, depth) << 18) | (byte(row, depth + 1) << 9) | byte(row, depth + 2)
  const sorted = Uint32Array.from(rows)
  const sign = descending ? -1 : 1
  /** Of 27 bits. */
  const turn = descending ? 0x7ffffff : 0
  const compare = (a: number, b: number, depth: number): number =>
    sign * utf8.compare(utf8, Math.min(offsets[b]! + depth, offsets[b + 1]!), offsets[b + 1]!, Math.min(offsets[a]! + depth, offsets[a + 1]!), offsets[a + 1]!)
  const insert = (from: number, to: number, depth: number): void => {
    for (let i = from + 1; i < to; i++) {
      const own = sorted[i]!
      let j = i
      while (j > from && compare(sorted[j - 1]!, own, depth) > 0) {
        sorted[j] = sorted[j - 1]!
        j--
      }
      sorted[j] = own
    }
  }
  // The runs of rows that are alike in so many bytes.
  const runs: Array<readonly [from: number, to: number, depth: number]> = [[0, rows.length, 0]]
  for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
    const [from, to] = run
    let depth = run[2]
    if (to - from < FEW) {
      insert(from, to, depth)
      continue
    }
    // What all begin with decides nothing.
    for (let alike = true; alike; ) {
      const first = byte(sorted[from]!, depth)
      alike = first !== 0
      for (let i = from + 1; alike && i < to; i++) alike = byte(sorted[i]!, depth) === first
      if (alike) depth++
    }
    const own = sorted.slice(from, to)
    const [high, low] = [new Uint32Array(own.length), new Uint32Array(own.length)]
    for (let i = 0; i < own.length; i++) {
      high[i] = turn ^ three(own[i]!, depth)
      low[i] = turn ^ three(own[i]!, depth + 3)
    }
    const places = radixSort(high, low)
    sorted.set(at(own, places), from)
    for (let i = 0; i < places.length; ) {
      const [a, b] = [high[places[i]!]!, low[places[i]!]!]
      let end = i + 1
      while (end < places.length && high[places[end]!] === a && low[places[end]!] === b) end++
      // A text that has ended in the last byte is equal to all that are alike.
      if (end - i > 1 && ((b ^ turn) & 511) !== 0) runs.push([from + i, from + end, depth + BYTES])
      i = end
    }
  }
  return sorted
}

const byColumn = (rows: Uint32Array, column: OpenedColumn, descending: boolean): Uint32Array => {
  const { cells, kind, nulls } = column
  const there = nulls === 0 ? rows : rowsWhere(rows, cells.present)
  const sorted = kind === "text" ? textOrder(there, column, descending) : numberOrder(there, cells.number, descending)
  if (there.length === rows.length) return sorted
  const missing = rowsWhere(rows, (row) => !cells.present(row))
  const all = new Uint32Array(rows.length)
  all.set(sorted)
  all.set(missing, sorted.length)
  return all
}

/** Rows in an order: by the first key, those alike by the second, and so on, and those alike in all as they stand in the table. Missing cells are last, up or down. */
export const sortedRows = (table: OpenedTable, rows: Uint32Array, keys: ReadonlyArray<SortKey>): Uint32Array =>
  [...keys].reverse().reduce((sorted, { column, descending }) => byColumn(sorted, table.column(column)!, descending), rows)
