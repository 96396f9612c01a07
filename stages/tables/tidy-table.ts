import { anyTable, type Fault, Stage, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import { PrintedTable } from "../table-types.ts"
import type { Cell, Row } from "./draft.ts"
import { labelOf } from "./labels.ts"
import { printedTable } from "./printed-table.ts"
import { named, tidyCells, tidyNotes } from "./tidy-cells.ts"
import { compareValues, readTidy, type TidyColumns, tidyRows, type Value } from "./tidy-rows.ts"
import { TidyTableParams } from "./tidy-table-params.ts"

/** The rows of the artifact that one row of the table shows: one, or one for each value of the key that is spread. */
interface Line {
  readonly label: string
  readonly group: string
  readonly rowOf: Map<Value, number>
}

/** Rows by label and group; two rows of an artifact in one place of the table are a fault that names them. */
const linesOf = (columns: TidyColumns, rows: ReadonlyArray<number>, { groups, labels, rowLabel, spread }: TidyTableParams) => {
  const lines = new Map<string, Line>()
  const faults: Array<Fault> = []
  for (const row of rows) {
    const values = rowLabel.map((name) => columns.value(name, row))
    const heading = groups === undefined ? undefined : columns.value(groups, row)
    const key = spread === undefined ? undefined : columns.value(spread, row)
    // Without a key to spread every row is its own.
    const place = JSON.stringify(spread === undefined ? row : [heading ?? null, ...values.map((value) => value ?? null)])
    const line = lines.get(place) ?? {
      label: values
        .map((value) => named(value, labels))
        .filter((text) => text !== "")
        .join(", "),
      group: groups === undefined ? "" : named(heading, labels),
      rowOf: new Map()
    }
    const other = line.rowOf.get(key)
    if (other !== undefined)
      faults.push({
        code: "two-rows-in-one-place",
        message: `rows ${other + 1} and ${row + 1} have the same ${[...(groups === undefined ? [] : [groups]), ...rowLabel].join(", ")} ("${line.label}") and the same ${spread} (${String(key)}); tell them apart by rowLabel or groups, or filter by where`,
        where: { row: row + 1, column: spread!, parameter: "spread" }
      })
    line.rowOf.set(key, row)
    lines.set(place, line)
  }
  return { lines: [...lines.values()], faults }
}

/**
 * Rows of any artifact as a table: chosen columns, with stars by a column of p values and what stands in brackets under them, rows labelled, filtered,
 * ordered and set under headings; the values of a key (years) as columns where it is spread.
 */
export const tidyTable = Stage.make("tidy-table", {
  inputs: { table: anyTable },
  params: TidyTableParams,
  output: PrintedTable,
  run: ({ table }, params) =>
    Effect.gen(function* () {
      const { columns, faults } = readTidy(table, params)
      yield* failTogether(faults)
      const rows = tidyRows(columns, table.rows, params)
      if (rows.length === 0) {
        const message = `no row of ${table.rows} is left to print; look at "where": ${JSON.stringify(params.where)}`
        return yield* StageFailure.of("nothing-to-print", message, { parameter: "where" })
      }
      const { faults: clashes, lines } = linesOf(columns, rows, params)
      yield* failTogether(clashes)
      const { labels, spread } = params
      const keys: ReadonlyArray<Value> = spread === undefined ? [undefined] : [...new Set(rows.map((row) => columns.value(spread, row)))].sort(compareValues)
      const shown = keys.flatMap((key) => params.columns.map((column) => ({ key, column })))
      const wide = spread !== undefined
      const alone = params.columns.length === 1
      const height = 1 + Math.max(...params.columns.map(({ below }) => below.length))
      const printed = (line: Line, indent: string): ReadonlyArray<Row> => {
        const cells = shown.map(({ column, key }): ReadonlyArray<Cell> => {
          const row = line.rowOf.get(key)
          return row === undefined ? [] : tidyCells(columns, column, row, params)
        })
        return Array.from({ length: height }, (_, k) => ({ label: k === 0 ? indent + line.label : "", cells: cells.map((own) => own[k]) }))
      }
      const headings = [...new Set(lines.map(({ group }) => group))]
      const body =
        params.groups === undefined
          ? lines.flatMap((line) => printed(line, ""))
          : headings.flatMap(
              (heading, i): ReadonlyArray<Row> => [
                { label: heading, ruled: i > 0, cells: [] },
                ...lines.filter(({ group }) => group === heading).flatMap((line) => printed(line, "  "))
              ]
            )
      const headOf = ({ column, key }: (typeof shown)[number]) => {
        const unit = params.units ? columns.unit(column.column) : ""
        const label = `${column.label ?? labelOf(labels, column.column)}${unit === "" ? "" : ` (${unit})`}`
        if (!wide) return { label, group: column.group }
        return alone
          ? { label: named(key, labels), group: column.label === undefined && unit === "" ? column.group : label }
          : { label, group: named(key, labels) }
      }
      return printedTable({ title: params.title, columns: shown.map(headOf), rows: body, notes: [...tidyNotes(params), ...params.notes] }, params)
    })
})
