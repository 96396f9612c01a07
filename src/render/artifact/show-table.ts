import type { StoredColumn, StoredTable } from "../../artifact/column.ts"
import { cut, plain, wrap } from "../monospace.ts"
import { alike, significant } from "../numbers.ts"
import { numbersIn, present, visibleColumns } from "../stored.ts"
import { type GridColumn, gridLines } from "../table/grid.ts"
import type { TextOptions } from "../table/printed-text.ts"
import { terminalStyle } from "../terminal-style.ts"
import { type ColumnSummary, summarise } from "./summary-statistics.ts"

interface ShowOptions extends TextOptions {
  /** How many rows of data are shown. */
  readonly head: number
}

const levelsShown = 8
const missingSign = "·"

const headCells = (column: StoredColumn, rows: number): ReadonlyArray<string> => {
  if (column.kind === "number" || column.kind === "integer") {
    const texts = alike(numbersIn(column).slice(0, rows))
    return texts.map((text, row) => (present(column, row) ? text : missingSign))
  }
  return Array.from({ length: rows }, (_, row) =>
    !present(column, row) ? missingSign : column.kind === "flag" ? (column.values[row] === 1 ? "true" : "false") : plain(String(column.values[row]))
  )
}

const left = (header: string, cells: ReadonlyArray<string>, least?: number): GridColumn => ({
  header,
  cells,
  align: "left",
  ...(least === undefined ? {} : { least })
})
const right = (header: string, cells: ReadonlyArray<string>): GridColumn => ({ header, cells, align: "right" })

const schemaGrid = (summaries: ReadonlyArray<ColumnSummary>): ReadonlyArray<GridColumn> => {
  const count = (n: number) => (n === 0 ? missingSign : String(n))
  const columns = [
    left(
      "column",
      summaries.map(({ column }) => plain(column.name)),
      12
    ),
    left(
      "type",
      summaries.map(({ column }) => column.kind)
    ),
    left(
      "unit",
      summaries.map(({ column }) => plain(column.unit)),
      6
    ),
    right(
      "missing",
      summaries.map(({ missing }) => count(missing))
    ),
    right(
      "filled",
      summaries.map(({ filled }) => count(filled))
    ),
    left(
      "description",
      summaries.map(({ column }) => plain(column.description)),
      40
    )
  ]
  return columns.filter(({ cells, header }) => header === "column" || header === "type" || cells.some((cell) => cell !== "" && cell !== missingSign))
}

const numberGrid = (summaries: ReadonlyArray<ColumnSummary>): ReadonlyArray<GridColumn> => {
  const shown = summaries.flatMap(({ column, numbers }) => (numbers === undefined ? [] : [{ name: plain(column.name), numbers }]))
  if (shown.length === 0) return []
  const statistics = ["mean", "sd", "min", "median", "max"] as const
  return [
    left(
      "",
      shown.map(({ name }) => name),
      12
    ),
    ...statistics.map((statistic) =>
      right(
        statistic,
        shown.map(({ numbers }) => significant(numbers[statistic], 5))
      )
    )
  ]
}

const levelLines = (summaries: ReadonlyArray<ColumnSummary>, width: number): ReadonlyArray<string> =>
  summaries.flatMap(({ column, levels }) => {
    if (levels === undefined || levels.length === 0) return []
    // Where all are equally frequent, their number is told once; levels that identify their rows are below, in the first rows.
    const each = new Set(levels.map(([, count]) => count)).size === 1 ? levels[0]![1] : undefined
    const told = levels
      .slice(0, levelsShown)
      .map(([level, count]) => `${level === "" ? '""' : cut(plain(level), 60)}${each === undefined ? ` (${count})` : ""}`)
    const more = levels.length > levelsShown ? ", …" : ""
    const often = each === undefined || levels.length === 1 ? "" : each === 1 ? ", each once" : `, ${each} rows each`
    const list = each === 1 && levels.length > 1 ? "" : `: ${told.join(", ")}${more}`
    return wrap(`${plain(column.name)}: ${levels.length === 1 ? "1 level" : `${levels.length} levels`}${often}${list}`, width, 2)
  })

/** Any artifact for a terminal: its row count and notes, its columns with units and descriptions, missing and filled cells, summary statistics, and the first rows. A missing cell is a middle dot. */
export const showTable = (table: StoredTable, options: ShowOptions): string => {
  const style = terminalStyle(options.colour)
  const summaries = summarise(table)
  const columns = visibleColumns(table)
  const rows = Math.min(options.head, table.rows)
  const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`
  const lines: Array<string> = [`${plural(table.rows, "row")}, ${plural(columns.length, "column")}`]
  for (const note of table.notes) lines.push(...wrap(`Data: ${note}`, options.width))
  const section = (title: string, content: ReadonlyArray<string>) => {
    if (content.length > 0) lines.push("", ...(title === "" ? [] : [style.bold(title)]), ...content)
  }
  section("", gridLines(schemaGrid(summaries), options.width, 1, style.bold))
  // One row is its own summary.
  if (table.rows > 1) {
    const numbers = numberGrid(summaries)
    if (numbers.length > 0) section("", gridLines(numbers, options.width, 1, style.bold))
    section("", levelLines(summaries, options.width))
  }
  if (rows > 0) {
    const firstValue = columns.findIndex(({ kind, name }) => !((kind === "category" && name === "entity") || name === "year"))
    const keys = Math.max(1, firstValue)
    const grid = columns.map((column): GridColumn => {
      const numeric = column.kind === "number" || column.kind === "integer"
      return { header: plain(column.name), cells: headCells(column, rows), align: numeric ? "right" : "left", ...(numeric ? {} : { least: 24 }) }
    })
    section(rows < table.rows ? `first ${plural(rows, "row")}` : "", gridLines(grid, options.width, keys, style.bold))
  }
  return `${lines.join("\n")}\n`
}
