import type { ColumnSummary } from "../../messages/artifact.ts"
import { summariseNumbers } from "./number-summary.ts"
import type { OpenedColumn, OpenedTable } from "./opened-table.ts"

/** Values that are told one by one. */
const TOP = 12
/** Summaries of a table that are kept. */
const KEPT = 600
/** Of a text that is told as a value. */
const LONGEST = 200

type Counted = readonly [value: string, count: number]

const counted = (rows: Uint32Array, { cells, kind }: OpenedColumn): ReadonlyArray<Counted> => {
  if (kind === "text") {
    const counts = new Map<string, number>()
    for (let i = 0; i < rows.length; i++) {
      if (!cells.present(rows[i]!)) continue
      const text = cells.text(rows[i]!)
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    return [...counts]
  }
  const levels = cells.levels ?? ["false", "true"]
  const counts = new Float64Array(levels.length)
  for (let i = 0; i < rows.length; i++) if (cells.present(rows[i]!)) counts[cells.number(rows[i]!)]!++
  return levels.flatMap((level, i) => (counts[i] === 0 ? [] : [[level, counts[i]!] as const]))
}

/** The most frequent, in order; those that are alike in that as they were met. A million others are looked at once, and not sorted. */
const mostFrequent = (all: ReadonlyArray<Counted>): ReadonlyArray<Counted> => {
  const top: Array<Counted> = []
  for (const one of all) {
    if (top.length === TOP && one[1] <= top[TOP - 1]![1]) continue
    let at = top.length
    while (at > 0 && top[at - 1]![1] < one[1]) at--
    top.splice(at, 0, one)
    if (top.length > TOP) top.pop()
  }
  return top
}

const valuesOf = (rows: Uint32Array, column: OpenedColumn) => {
  const all = counted(rows, column)
  const most = mostFrequent(all)
  const sum = (some: ReadonlyArray<Counted>) => some.reduce((n, [, count]) => n + count, 0)
  return {
    distinct: all.length,
    top: most.map(([value, count]) => ({ value: value.slice(0, LONGEST), cut: value.length > LONGEST, count })),
    others: sum(all) - sum(most)
  }
}

const numbersOf = (rows: Uint32Array, { cells, kind }: OpenedColumn) => {
  const values = new Float64Array(rows.length)
  let [finite, notFinite] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    if (!cells.present(rows[i]!)) continue
    const x = cells.number(rows[i]!)
    if (Number.isFinite(x)) values[finite++] = x
    else notFinite++
  }
  const numbers = summariseNumbers(values.subarray(0, finite), kind === "integer")
  return { notFinite, ...(numbers === undefined ? {} : { numbers }) }
}

/** What a column comes to in some rows, of which `filter` tells. */
export const columnSummary = (table: OpenedTable, column: OpenedColumn, rows: Uint32Array, filter: string): ColumnSummary =>
  table.keep(`summary ${column.name}\n${filter}`, KEPT, () => {
    const filled = table.filled(column.name)
    let [missing, marked] = [0, 0]
    for (let i = 0; i < rows.length; i++) {
      if (!column.cells.present(rows[i]!)) missing++
      if (filled?.(rows[i]!) === true) marked++
    }
    const numeric = column.kind === "number" || column.kind === "integer"
    return {
      column: column.name,
      rows: rows.length,
      missing,
      filled: marked,
      ...(numeric ? numbersOf(rows, column) : { notFinite: 0, values: valuesOf(rows, column) })
    }
  })
