/** Finds the table in a sheet: its headers, its data, the titles above and the notes below. */

import { spreadRow } from "../../stages/ingest/heads.ts"
import { columnLetters } from "../tabular/a1.ts"
import { labelled } from "../tabular/named-sheet.ts"
import type { CellValue, Sheet, SheetRow } from "../tabular/sheet.ts"
import { isYear, kindOf, textOf } from "./cell-kind.ts"

/** How many rows are looked at. */
const most = 5000

export interface FoundTable {
  readonly rows: ReadonlyArray<SheetRow>
  readonly width: number
  /** Rows above the headers that hold a text. */
  readonly titles: ReadonlyArray<SheetRow>
  readonly headers: ReadonlyArray<number>
  readonly data: ReadonlyArray<SheetRow>
  /** Rows among and below the data that hold a text and no number. */
  readonly notes: ReadonlyArray<SheetRow>
  /** The column that names entities; undefined where a header row does, or nothing. */
  readonly entityColumn: number | undefined
  readonly entityRow: number | undefined
  /** The header row with years above its columns. */
  readonly yearRow: number | undefined
  readonly yearColumn: number | undefined
  /** Columns that hold values. */
  readonly values: ReadonlyArray<number>
  /** Further columns of text among the data. */
  readonly labels: ReadonlyArray<number>
  /** Each column's header texts, the merged ones spread. */
  readonly heads: ReadonlyArray<ReadonlyArray<string>>
}

const count = <T>(all: ReadonlyArray<T>, is: (one: T) => boolean): number => all.reduce((sum, one) => sum + (is(one) ? 1 : 0), 0)
const best = (scores: ReadonlyArray<number>, least: number): number | undefined => {
  const top = Math.max(0, ...scores)
  return top >= least ? scores.indexOf(top) : undefined
}

const isData = (cells: ReadonlyArray<CellValue>, from: number): boolean => cells.slice(from).some((cell) => kindOf(cell) === "number")

/** Finds the table, or undefined where there is none. `isEntity`: whether a text is the name of an entity of the dictionary. */
export const findTable = (sheet: Sheet, isEntity: (text: string) => boolean): FoundTable | undefined => {
  const rows: Array<SheetRow> = []
  /** Names that stand behind their numbers are what names entities. */
  const named = (column: number, cell: CellValue): CellValue => {
    const label = labelled(sheet, column, cell)
    return typeof label === "string" && isEntity(label) ? label : cell
  }
  for (const row of sheet.rows) {
    if (rows.length === most) break
    if (row.cells.some((cell) => textOf(cell) !== "")) rows.push({ row: row.row, cells: row.cells.map((cell, column) => named(column, cell)) })
  }
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  if (rows.length < 2 || width < 2) return undefined
  const columns = Array.from({ length: width }, (_, column) => column)
  const entitiesIn = columns.map((column) => count(rows, ({ cells }) => isEntity(textOf(cells[column]))))
  const across = rows.map(({ cells }) => count(cells, (cell) => isEntity(textOf(cell))))
  const entityRowAt = best(across, 3)
  const byColumn = best(entitiesIn, 1)
  const crossed =
    entityRowAt !== undefined &&
    (byColumn === undefined || across[entityRowAt]! > 1.5 * entitiesIn[byColumn]! || (across[entityRowAt]! >= 3 && entitiesIn[byColumn]! <= 1))
  const entityRow = crossed ? rows[entityRowAt]!.row : undefined
  // Without a dictionary's names the first column of texts is the likeliest to name entities.
  const texts = columns.map((column) => count(rows, ({ cells }) => kindOf(cells[column]) === "text"))
  const guessed = texts.findIndex((n) => n >= rows.length / 3)
  const entityColumn = crossed ? undefined : (byColumn ?? (guessed === -1 ? undefined : guessed))

  const years = rows.map(({ cells }) => count(cells, isYear))
  const yearRowAt = years.findIndex((n, i) => n >= 2 && n >= 0.5 * (rows[i]!.cells.filter((cell) => textOf(cell) !== "").length - 1) && !isDataRow(rows[i]!))
  function isDataRow({ cells, row }: SheetRow): boolean {
    if (row === entityRow) return false
    if (entityColumn !== undefined && isEntity(textOf(cells[entityColumn]))) return true
    const numbers = cells.filter((cell) => kindOf(cell) === "number" || kindOf(cell) === "missing")
    return (
      numbers.length > 0 && numbers.some((cell) => !isYear(cell)) && (entityColumn === undefined || numbers.length >= 2 || textOf(cells[entityColumn]) !== "")
    )
  }
  const yearRow = yearRowAt === -1 ? undefined : rows[yearRowAt]!.row
  const firstAt = rows.findIndex(
    (one, i) =>
      i > yearRowAt &&
      (entityRow === undefined || one.row > entityRow) &&
      isDataRow(one) &&
      isData(one.cells, entityColumn === undefined ? 0 : Math.min(entityColumn + 1, width - 1))
  )
  if (firstAt <= 0) return undefined
  const isHeader = ({ cells, row }: SheetRow): boolean => row === yearRow || row === entityRow || count(cells, (cell) => textOf(cell) !== "") >= 2
  let from = firstAt
  while (from > 0 && firstAt - from < 5 && isHeader(rows[from - 1]!)) from--
  if (from === firstAt) from = firstAt - 1
  const headers = rows.slice(from, firstAt).map(({ row }) => row)
  const body = rows.slice(firstAt)
  const data = body.filter(({ cells }) => cells.some((cell, column) => column !== entityColumn && ["number", "missing"].includes(kindOf(cell))))
  const top = new Map(rows.slice(from, firstAt).map(({ cells, row }) => [row, cells]))
  const spread = headers.map((row, i) => spreadRow(top, row, headers.slice(i + 1), sheet.merged, width))
  const heads = columns.map((column) => [...new Set(spread.map((texts) => texts[column]!).filter((text) => text !== ""))])
  const yearly = columns.map((column) => (column === entityColumn ? 0 : count(data, ({ cells }) => isYear(cells[column]))))
  const yearColumn =
    yearRow !== undefined
      ? undefined
      : best(
          yearly.map((n, column) =>
            n >= 0.9 * data.length && (entityRow !== undefined || new Set(data.map(({ cells }) => textOf(cells[column]))).size <= 200)
              ? n + (/年|year/iu.test(heads[column]!.join(" ")) ? 0.5 : 0)
              : 0
          ),
          1
        )
  const stub = new Set([entityColumn, yearColumn])
  const filled = (column: number, kinds: ReadonlyArray<string>) => count(data, ({ cells }) => kinds.includes(kindOf(cells[column])))
  const values = columns.filter(
    (column) => !stub.has(column) && filled(column, ["number"]) > 0 && filled(column, ["number", "missing", "empty"]) >= 0.5 * data.length
  )
  const labels = columns.filter((column) => !stub.has(column) && !values.includes(column) && filled(column, ["text"]) >= 0.5 * data.length)
  return {
    rows,
    width,
    titles: rows.slice(0, from),
    headers,
    data,
    notes: body.filter((row) => !data.includes(row)),
    entityColumn,
    entityRow,
    yearRow,
    yearColumn,
    values,
    labels,
    heads
  }
}

/** A column as a description names it: by its header where that is its own, or else by its letter. */
export const placeOfColumn = ({ heads }: FoundTable, column: number): string | { readonly column: string } => {
  const own = heads[column]!.at(-1)
  return own !== undefined && heads.filter((parts) => parts.includes(own)).length === 1 ? own : { column: columnLetters(column) }
}
