import type { StoredColumn, StoredTable } from "../../artifact/column.ts"
import { withoutControlCharacters } from "../control-characters.ts"
import { filledMask, present, visibleColumns } from "../stored.ts"
import { cellValue } from "./cell-value.ts"
import { zipPieces } from "./zip-pieces.ts"

/** What Excel allows: rows, columns, characters of a cell. */
const ROWS = 1_048_576
const COLUMNS = 16_384
const CHARACTERS = 32_767
/** The largest number of a cell; a larger one is written as text. */
const LARGEST = 9.99999999999999e307
/** Rows of a piece. */
const PIECE = 1024

const escaped = (text: string): string =>
  withoutControlCharacters(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")

/** The letters of a column, counted from 0: A, B, …, AA. */
const letters = (column: number): string => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

type Cell = string | number | boolean | null
const BOLD = 1

const cell = (value: Cell, place: string, style = 0): string => {
  const styled = style === 0 ? "" : ` s="${style}"`
  if (value === null || value === "") return ""
  if (typeof value === "number" && Math.abs(value) <= LARGEST) return `<c r="${place}"${styled}><v>${value}</v></c>`
  if (typeof value === "boolean") return `<c r="${place}"${styled} t="b"><v>${value ? 1 : 0}</v></c>`
  return `<c r="${place}"${styled} t="inlineStr"><is><t xml:space="preserve">${escaped(String(value).slice(0, CHARACTERS))}</t></is></c>`
}
const line = (values: ReadonlyArray<Cell>, row: number, columns: ReadonlyArray<string>, style = 0): string =>
  `<row r="${row}">${values.map((value, c) => cell(value, `${columns[c]}${row}`, style)).join("")}</row>`

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

/** A sheet with a header that stays in sight. */
function* sheet(header: ReadonlyArray<string>, widths: ReadonlyArray<number>, rows: Iterable<ReadonlyArray<Cell>>): Generator<string> {
  const columns = header.map((_, c) => letters(c))
  const cols = widths.map((width, c) => `<col min="${c + 1}" max="${c + 1}" width="${width}" customWidth="1"/>`).join("")
  const view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  yield `${XML}<worksheet xmlns="${MAIN}">${view}${cols === "" ? "" : `<cols>${cols}</cols>`}<sheetData>${line(header, 1, columns, BOLD)}`
  let row = 2
  let piece = ""
  for (const values of rows) {
    piece += line(values, row, columns)
    if (row++ % PIECE === 0) {
      yield piece
      piece = ""
    }
  }
  yield `${piece}</sheetData></worksheet>`
}

function* dataRows({ columns, rows }: StoredTable): Generator<ReadonlyArray<Cell>> {
  for (let row = 0; row < rows; row++) yield columns.map((column) => cellValue(column, row))
}

function* columnRows(table: StoredTable): Generator<ReadonlyArray<Cell>> {
  for (const column of visibleColumns(table)) {
    let missing = 0
    for (let row = 0; row < table.rows; row++) if (!present(column, row)) missing++
    const filled = filledMask(table, column.name)?.reduce((sum, one) => sum + one, 0) ?? 0
    yield [column.name, column.kind, column.unit, column.description, missing, filled]
  }
  if (table.notes.length > 0) yield []
  for (const note of table.notes) yield ["note", null, null, note]
}

const widthOf = ({ kind, name, values }: StoredColumn): number => {
  const first = kind === "text" || kind === "category" ? (values as ReadonlyArray<string>).slice(0, 100) : []
  return Math.min(
    40,
    Math.max(kind === "number" ? 12 : 9, name.length + 2, ...first.map((text) => [...text].reduce((sum, letter) => sum + (letter >= "\u1100" ? 2 : 1), 1)))
  )
}

const parts: ReadonlyArray<readonly [path: string, xml: string]> = [
  [
    "[Content_Types].xml",
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${[1, 2].map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join("")}<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`
  ],
  ["_rels/.rels", `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
  [
    "xl/workbook.xml",
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="data" sheetId="1" r:id="rId1"/><sheet name="columns" sheetId="2" r:id="rId2"/></sheets></workbook>`
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="${RELATIONS}">${[1, 2].map((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join("")}<Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`
  ],
  [
    "xl/styles.xml",
    `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  ]
]

/** Why a table does not fit into a workbook; undefined where it does. */
export const whyNoWorkbook = ({ columns, rows }: StoredTable): string | undefined => {
  if (rows >= ROWS) return `a sheet of Excel has ${ROWS} rows, and the table has ${rows} and a header; write it as .csv, .parquet or .dta`
  return columns.length > COLUMNS ? `a sheet of Excel has ${COLUMNS} columns, and the table has ${columns.length}; write it as .csv or .parquet` : undefined
}

/** Columns with texts that are longer than a cell of Excel holds, which are cut, and how many. */
export const cutTexts = ({ columns }: StoredTable): ReadonlyArray<{ readonly column: string; readonly cells: number }> =>
  columns.flatMap(({ kind, name, values }) => {
    if (kind !== "text" && kind !== "category") return []
    const cells = (values as ReadonlyArray<string>).reduce((sum, text) => sum + (text.length > CHARACTERS ? 1 : 0), 0)
    return cells === 0 ? [] : [{ column: name, cells }]
  })

/**
 * A table as a workbook, piece by piece: the sheet `data` with names in row 1 and typed cells below, missing ones empty; the sheet `columns` with types, units,
 * descriptions, counts of missing and of filled cells, and the table's notes. The same table makes the same file. A text of more than 32,767 characters is cut, as Excel cuts it.
 */
export const workbookPieces = (table: StoredTable): Promise<Iterable<Uint8Array>> => {
  const sheets: ReadonlyArray<readonly [path: string, pieces: () => Iterable<string>]> = [
    [
      "xl/worksheets/sheet1.xml",
      () =>
        sheet(
          table.columns.map(({ name }) => name),
          table.columns.map(widthOf),
          dataRows(table)
        )
    ],
    ["xl/worksheets/sheet2.xml", () => sheet(["column", "type", "unit", "description", "missing", "filled"], [24, 10, 16, 60, 9, 9], columnRows(table))]
  ]
  return zipPieces([...parts.map(([path, xml]) => [path, () => [XML + xml]] as const), ...sheets])
}
