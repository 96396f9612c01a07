/** Finds the table in a sheet: its headers, its data, the titles above and the notes below. */

import { spreadRow } from "../../stages/ingest/heads.ts"
import { noEntityKind } from "../../stages/ingest/no-entities.ts"
import { columnLetters } from "../tabular/a1.ts"
import { labelled } from "../tabular/named-sheet.ts"
import type { CellValue, Sheet, SheetRow } from "../tabular/sheet.ts"
import { type CellKind, isYear as isYearCell, kindOf as kindOfCell, noteUnit, textOf } from "./cell-kind.ts"
import { type NameForm, nameForm } from "./name-form.ts"
import { hasYear as hasYearIn, yearWithin } from "./year-form.ts"

/** How many rows are looked at. */
const most = 5000
/** How many columns, and cells. */
const widest = 2000
const mostCells = 100_000
/** How many different texts. */
const mostTexts = 5000
/** A number that is no code. */
const isQuantity = /^[+-]?[\d,]*\.\d*[1-9]|^[+-]?\d{7,}|^[+-]|^\d+,/

export interface FoundTable {
  readonly rows: ReadonlyArray<SheetRow>
  readonly width: number
  /** Rows above the headers that hold a text. */
  readonly titles: ReadonlyArray<SheetRow>
  readonly headers: ReadonlyArray<number>
  /** Rows below the headers that hold anything, and those of them that hold values. */
  readonly body: ReadonlyArray<SheetRow>
  readonly data: ReadonlyArray<SheetRow>
  /** The first row of values, of a heading, or of an entity. */
  readonly first: number
  /** Rows that say what the rows below are of. */
  readonly headings: ReadonlyArray<SheetRow>
  /** Rows among and below the data that hold a text and no number, and are no headings. */
  readonly notes: ReadonlyArray<SheetRow>
  readonly names: NameForm
  /** The column that names entities; undefined where a header row does, or headings, or nothing. */
  readonly entityColumn: number | undefined
  readonly entityRow: number | undefined
  /** The header row with years above its columns. */
  readonly yearRow: number | undefined
  readonly yearColumn: number | undefined
  /** The column with headings among the rows that say which entity the rows below are of, or which year. */
  readonly entityHeading: number | undefined
  readonly yearHeading: number | undefined
  /** The same of variables: the entities come again below each. */
  readonly variableHeading: number | undefined
  /** Columns that hold values. */
  readonly values: ReadonlyArray<number>
  /** Further columns of text among the data. */
  readonly labels: ReadonlyArray<number>
  /** The texts of each header row over the columns, the merged ones spread. */
  readonly spread: ReadonlyMap<number, ReadonlyArray<string>>
  /** Each column's header texts. */
  readonly heads: ReadonlyArray<ReadonlyArray<string>>
}

const count = <T>(all: ReadonlyArray<T>, is: (one: T) => boolean): number => all.reduce((sum, one) => sum + (is(one) ? 1 : 0), 0)
const best = (scores: ReadonlyArray<number>, least: number): number | undefined => {
  const top = Math.max(0, ...scores)
  return top >= least ? scores.indexOf(top) : undefined
}
const filledOf = ({ cells }: SheetRow): number => count(cells, (cell) => textOf(cell) !== "")
/** Looks at each value once: a table is gone through many times. */
const remembered = <A>(look: (cell: CellValue | undefined) => A): ((cell: CellValue | undefined) => A) => {
  const known = new Map<CellValue | undefined, A>()
  return (cell) => {
    let found = known.get(cell)
    if (found === undefined) known.set(cell, (found = look(cell)))
    return found
  }
}

/** The columns of a header text each once, of those rows that `of` takes. */
export const headsIn = (spread: FoundTable["spread"], width: number, of: (row: number) => boolean): ReadonlyArray<ReadonlyArray<string>> =>
  Array.from({ length: width }, (_, column) => [...new Set([...spread].flatMap(([row, texts]) => (of(row) && texts[column] !== "" ? [texts[column]!] : [])))])

/** Finds the table, or undefined where there is none. `isKnown`: whether a text is the name of an entity of the dictionary; `elsewhere`: the sheet as a whole is of one. */
export const findTable = (sheet: Sheet, isKnown: (text: string) => boolean, elsewhere = false): FoundTable | undefined => {
  const kindOf = remembered<CellKind>(kindOfCell)
  const isYear = remembered(isYearCell)
  const hasYear = remembered(hasYearIn)
  const isNumber = (cell: CellValue | undefined): boolean => kindOf(cell) === "number"
  const isValue = (cell: CellValue | undefined): boolean => kindOf(cell) === "number" || kindOf(cell) === "missing"
  const names = nameForm(sheet.rows, isKnown)
  const known = new Map<string, boolean>()
  const isEntity = (text: string): boolean => {
    let is = known.get(text)
    // Values are no names; and names stand among the first texts of a table, if anywhere.
    if (is === undefined) known.set(text, (is = text.length <= 100 && !isQuantity.test(text) && known.size < mostTexts && isKnown(names.nameIn(text))))
    return is
  }
  /** Names that stand behind their numbers are what names entities. */
  const named = (column: number, cell: CellValue): CellValue => {
    const label = labelled(sheet, column, cell)
    return typeof label === "string" && isEntity(label) ? label : cell
  }
  const rows: Array<SheetRow> = []
  let seen = 0
  for (const { cells, row } of sheet.rows) {
    if (rows.length === most || (seen > mostCells && rows.length >= 40)) break
    seen += Math.min(cells.length, widest)
    if (cells.some((cell) => textOf(cell) !== "")) rows.push({ row, cells: cells.slice(0, widest).map((cell, column) => named(column, cell)) })
  }
  const width = rows.reduce((wide, { cells }) => Math.max(wide, cells.length), 0)
  if (rows.length < 2 || width < 2) return undefined
  const columns = Array.from({ length: width }, (_, column) => column)
  const entitiesIn = columns.map((column) => count(rows, ({ cells }) => isEntity(textOf(cells[column]))))
  const across = rows.map(({ cells }) => count(cells, (cell) => isEntity(textOf(cell))))
  const entityRowAt = best(across, 3)
  const byColumn = best(entitiesIn, elsewhere ? 2 : 1)
  const crossed =
    entityRowAt !== undefined &&
    (byColumn === undefined || across[entityRowAt]! > 1.5 * entitiesIn[byColumn]! || (across[entityRowAt]! >= 3 && entitiesIn[byColumn]! <= 1))
  const entityRow = crossed ? rows[entityRowAt]!.row : undefined
  // Entities in rows without any value, and other rows that have values in the same column's place of a key, are headings.
  const headingColumn = crossed ? undefined : byColumn
  const headingRows = headingColumn === undefined ? [] : rows.filter(({ cells }) => isEntity(textOf(cells[headingColumn])))
  const entityHeading =
    headingColumn !== undefined &&
    headingRows.length >= 2 &&
    headingRows.every((row) => filledOf(row) === 1) &&
    rows.some(({ cells }) => count(cells, isNumber) >= 1)
      ? headingColumn
      : undefined
  // Without a dictionary's names the first column of texts is the likeliest to name entities.
  const guessed = columns.find((column) => count(rows, ({ cells }) => kindOf(cells[column]) === "text") >= rows.length / 3)
  const entityColumn = crossed || entityHeading !== undefined ? undefined : (byColumn ?? (elsewhere ? undefined : guessed))

  const isOfEntity = ({ cells }: SheetRow): boolean => entityColumn !== undefined && isEntity(textOf(cells[entityColumn]))
  const isDataRow = (one: SheetRow, { cells, row } = one): boolean => {
    if (row === entityRow) return false
    if (isOfEntity(one)) return true
    const numbers = cells.filter(isValue)
    return (
      numbers.length > 0 && numbers.some((cell) => !isYear(cell)) && (entityColumn === undefined || numbers.length >= 2 || textOf(cells[entityColumn]) !== "")
    )
  }
  const yearsIn = (is: (cell: CellValue) => boolean) => (row: SheetRow) => {
    const n = count(row.cells, is)
    const others = filledOf(row) - 1
    return ((n >= 2 && n >= 0.5 * others) || (n === 1 && others === 1)) && row.row !== entityRow && !isDataRow(row)
  }
  const plainAt = rows.findIndex(yearsIn(isYear))
  const yearRowAt = plainAt === -1 ? rows.findIndex((row) => filledOf(row) >= 3 && yearsIn((cell) => yearWithin(cell) !== undefined)(row)) : plainAt
  const yearRow = yearRowAt === -1 ? undefined : rows[yearRowAt]!.row
  const firstAt = rows.findIndex(
    (one, i) =>
      i > yearRowAt &&
      (entityRow === undefined || one.row > entityRow) &&
      isDataRow(one) &&
      (isOfEntity(one) || one.cells.slice(entityColumn === undefined ? 0 : Math.min(entityColumn + 1, width - 1)).some(isNumber))
  )
  if (firstAt <= 0) return undefined
  const isKeyRow = ({ row }: SheetRow): boolean => row === yearRow || row === entityRow
  const isUnitNote = (row: SheetRow): boolean => filledOf(row) <= 2 && row.cells.some((cell) => noteUnit(textOf(cell)) !== undefined)
  const isHeader = (row: SheetRow): boolean => isKeyRow(row) || (filledOf(row) >= 2 && !isUnitNote(row))
  // Headings, and a row that holds a unit only, may stand between the headers and the first row of values.
  let bodyAt = firstAt
  while (bodyAt > 1 && firstAt - bodyAt < 3 && !isHeader(rows[bodyAt - 1]!) && rows.slice(0, bodyAt - 1).some(isHeader)) bodyAt--
  let from = bodyAt
  while (from > 0 && bodyAt - from < 5 && isHeader(rows[from - 1]!)) from--
  if (from === bodyAt) from = bodyAt - 1
  const headers = rows.slice(from, bodyAt).map(({ row }) => row)
  const body = rows.slice(bodyAt)
  const data = body.filter(({ cells }) => cells.some((cell, column) => column !== entityColumn && column !== entityHeading && isValue(cell)))
  const top = new Map(rows.slice(from, bodyAt).map(({ cells, row }) => [row, cells]))
  const spread = new Map(headers.map((row, i) => [row, spreadRow(top, row, headers.slice(i + 1), sheet.merged, width)] as const))
  const heads = headsIn(spread, width, () => true)
  const alone = body.filter((row) => !data.includes(row) && filledOf(row) === 1)
  const headingsIn = columns.map((column) => count(alone, ({ cells }) => hasYear(cells[column]) && textOf(cells[column]).length <= 12))
  const yearHeading = yearRow === undefined ? best(headingsIn, 2) : undefined
  const ofEntities = data.filter(({ cells }) => entityColumn !== undefined && isEntity(textOf(cells[entityColumn])))
  const repeated = entityColumn !== undefined && ofEntities.length >= 2 * new Set(ofEntities.map(({ cells }) => textOf(cells[entityColumn]))).size
  const isVariableHeading = (row: SheetRow): boolean => {
    const text = entityColumn === undefined ? "" : textOf(row.cells[entityColumn])
    const next = body[body.indexOf(row) + 1]
    return alone.includes(row) && text !== "" && !isEntity(text) && noEntityKind(text) === undefined && next !== undefined && data.includes(next)
  }
  const variableHeading = repeated && yearRow !== undefined && body.filter(isVariableHeading).length >= 2 ? entityColumn : undefined
  const yearly = columns.map((column) => (column === entityColumn ? 0 : count(data, ({ cells }) => hasYear(cells[column]))))
  const distinct = (column: number): number => new Set(data.map(({ cells }) => textOf(cells[column]))).size
  const yearColumn =
    yearRow !== undefined || yearHeading !== undefined
      ? undefined
      : best(
          yearly.map((n, column) =>
            n >= 0.9 * data.length && (entityRow !== undefined || distinct(column) <= 200) ? n + (/年|year/iu.test(heads[column]!.join(" ")) ? 0.5 : 0) : 0
          ),
          1
        )
  const stub = new Set([entityColumn, yearColumn])
  const filled = (column: number, kinds: ReadonlyArray<string>) => count(data, ({ cells }) => kinds.includes(kindOf(cells[column])))
  const values = columns.filter(
    (column) => !stub.has(column) && filled(column, ["number"]) > 0 && filled(column, ["number", "missing", "empty"]) >= 0.5 * data.length
  )
  // A label may stand in the first of its rows only, before the values; names of entities and groups of them are none.
  const labels = columns.filter((column) => {
    if (stub.has(column) || values.includes(column) || filled(column, ["number"]) > 0) return false
    const texts = data.map(({ cells }) => textOf(cells[column])).filter((text) => text !== "")
    if (texts.length === 0 || texts.every((text) => isEntity(text) || noEntityKind(names.nameIn(text)) !== undefined)) return false
    return texts.length >= 0.5 * data.length || column < (values[0] ?? 0)
  })
  const isHeading = (row: SheetRow, { cells } = row): boolean =>
    (variableHeading !== undefined && isVariableHeading(row)) ||
    (yearHeading !== undefined && hasYear(cells[yearHeading])) ||
    (entityHeading !== undefined && isEntity(textOf(cells[entityHeading])))
  return {
    rows,
    width,
    titles: rows.slice(0, from),
    headers,
    body,
    data,
    // An entity of which nothing is known has a row without values, which is no note.
    first: body.find((row) => data.includes(row) || isHeading(row) || isOfEntity(row))?.row ?? body[0]!.row,
    headings: body.filter((row) => isHeading(row)),
    notes: body.filter((row) => !data.includes(row) && !isHeading(row) && (entityColumn === undefined || !isEntity(textOf(row.cells[entityColumn])))),
    names,
    entityColumn,
    entityRow,
    yearRow,
    yearColumn,
    entityHeading,
    yearHeading,
    variableHeading,
    values,
    labels,
    spread,
    heads
  }
}

/** Longer texts name no column in a description. */
export const longest = 200

/** A column as a description names it: by its header where that is its own, or else by its letter. */
export const placeOfColumn = ({ heads }: FoundTable, column: number): string | { readonly column: string } => {
  const own = heads[column]!.at(-1)
  return own !== undefined && own.length <= longest && heads.filter((parts) => parts.includes(own)).length === 1 ? own : { column: columnLetters(column) }
}
