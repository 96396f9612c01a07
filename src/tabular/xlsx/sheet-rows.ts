import { cellName, columnLetters } from "../a1.ts"
import type { CellValue } from "../sheet.ts"
import { cellPlace, LAST_COLUMN, LAST_ROW, rowNumber } from "./cell-place.ts"
import { type CellContext, cellValue, type StoredCell } from "./cell-value.ts"
import { parseRange } from "./merged-ranges.ts"
import { isTrue, spreadsheetRoot } from "./ooxml-names.ts"
import type { Attributes, XmlReader } from "./read-xml.ts"
import { RichText } from "./shared-strings.ts"
import type { SheetFindings } from "./sheet-findings.ts"
import type { WorkbookPackage } from "./workbook-package.ts"

/** The cells of a row that hold something: their columns, ascending, and their values. */
export interface FilledCells {
  readonly row: number
  readonly columns: ReadonlyArray<number>
  readonly values: ReadonlyArray<CellValue>
}

/** A row from its first column to its last filled one. */
export const wholeRow = ({ columns, row, values }: FilledCells): { readonly row: number; readonly cells: Array<CellValue> } => {
  const cells = new Array<CellValue>(columns[columns.length - 1]! + 1).fill(null)
  for (let i = 0; i < columns.length; i++) cells[columns[i]!] = values[i]!
  return { row, cells }
}

const DATA = "sheetData"

/** Puts cells into rows as the elements of a sheet come: `sheetData > row > c > v, f, is`, `mergeCells > mergeCell`, `cols > col` (ECMA-376 part 1, 18.3.1). */
class RowReader implements XmlReader {
  /** Rows that are complete. */
  readonly rows: Array<FilledCells> = []
  readonly #file: WorkbookPackage
  readonly #context: CellContext
  readonly #findings: SheetFindings
  readonly #rich = new RichText()
  readonly #cell: StoredCell = { row: 0, column: 0, type: "n", style: undefined, formula: false, value: undefined, inline: undefined }
  #zone = ""
  #row = 0
  #column = -1
  #columns: Array<number> = []
  #values: Array<CellValue> = []
  #hidden = false
  #inRow = false
  #inCell = false
  #inside = ""
  #count = 0

  constructor(file: WorkbookPackage, context: CellContext, findings: SheetFindings) {
    this.#file = file
    this.#context = context
    this.#findings = findings
  }

  open(name: string, attributes: Attributes, depth: number): void {
    if (depth > 4) {
      if (this.#inside === "is") this.#rich.open(name, depth - 4)
    } else if (depth === 4) {
      if (this.#inCell) this.#openInCell(name)
    } else if (depth === 3) {
      if (this.#inRow && name === "c") this.#openCell(attributes)
    } else if (depth === 2) {
      if (this.#zone === DATA && name === "row") this.#openRow(attributes)
      else if (this.#zone === "mergeCells" && name === "mergeCell") this.#merge(attributes["ref"] ?? "")
      else if (this.#zone === "cols" && name === "col") this.#describeColumns(attributes)
    } else if (depth === 1) this.#zone = name
  }

  close(_name: string, depth: number): void {
    if (depth > 4) {
      if (this.#inside === "is") this.#rich.close(depth - 4)
    } else if (depth === 4) {
      if (this.#inside === "is") this.#cell.inline = this.#rich.text
      this.#inside = ""
    } else if (depth === 3) {
      if (this.#inCell) this.#closeCell()
      this.#inCell = false
    } else if (depth === 2) {
      if (this.#inRow) this.#closeRow()
      this.#inRow = false
    }
  }

  text(text: string): void {
    if (this.#inside === "v") this.#cell.value = (this.#cell.value ?? "") + text
    else if (this.#inside === "is") this.#rich.add(text)
  }

  #openRow({ hidden, r }: Attributes): void {
    const row = r === undefined ? this.#row + 1 : rowNumber(r)
    if (row === undefined || row > LAST_ROW) {
      this.#findings.problem("bad-reference", `row ${r ?? this.#row + 1}`, {})
      return
    }
    if (row <= this.#row) {
      this.#findings.problem(row === this.#row ? "duplicate-cell" : "out-of-order", `row ${row}`, { row })
      return
    }
    this.#row = row
    this.#column = -1
    this.#columns = []
    this.#values = []
    this.#hidden = isTrue(hidden)
    this.#inRow = true
  }

  #closeRow(): void {
    const last = this.#columns[this.#columns.length - 1]
    if (last === undefined) return
    const { cells: limit } = this.#file.limits
    this.#count += last + 1
    if (this.#count > limit)
      this.#file.refuse(
        "too-large",
        `a sheet has more cells than the limit \`cells\` of ${limit}, the empty ones to the left of filled ones included; take out what stands far to the right`
      )
    if (this.#hidden && this.#findings.hiddenRows++ === 0) this.#findings.firstHiddenRow = this.#row
    this.rows.push({ row: this.#row, columns: this.#columns, values: this.#values })
  }

  #openCell({ r, s, t }: Attributes): void {
    const place = r === undefined ? { row: this.#row, column: this.#column + 1 } : cellPlace(r)
    if (place === undefined || place.column > LAST_COLUMN) {
      this.#findings.problem("bad-reference", r ?? `cell ${this.#column + 2} of row ${this.#row}`, { row: this.#row })
      return
    }
    const { column, row } = place
    if (row !== this.#row) {
      this.#findings.problem("wrong-row", cellName(column, row), { row: this.#row })
      return
    }
    if (column <= this.#column) {
      this.#findings.problem(column === this.#column ? "duplicate-cell" : "out-of-order", cellName(column, row), { row, column: columnLetters(column) })
      return
    }
    this.#column = column
    const cell = this.#cell
    cell.row = row
    cell.column = column
    cell.type = t ?? "n"
    cell.style = s
    cell.formula = false
    cell.value = undefined
    cell.inline = undefined
    this.#inCell = true
  }

  #openInCell(name: string): void {
    this.#inside = name
    if (name === "v") this.#cell.value = ""
    else if (name === "f") this.#cell.formula = true
    else if (name === "is") this.#rich.begin()
  }

  #closeCell(): void {
    const value = cellValue(this.#cell, this.#context, this.#findings)
    if (value === null) return
    this.#columns.push(this.#cell.column)
    this.#values.push(value)
  }

  #merge(text: string): void {
    const { mergedRanges: limit } = this.#file.limits
    const range = parseRange(text)
    if (range === undefined) this.#findings.problem("bad-merged-range", text, {})
    else if (range.top !== range.bottom || range.left !== range.right) this.#findings.merged.push(range)
    if (this.#findings.merged.length > limit)
      this.#file.refuse("too-large", `a sheet has more merged ranges than the limit \`mergedRanges\` of ${limit}; unmerge its cells`)
  }

  #describeColumns({ hidden, max, min }: Attributes): void {
    const [first, last] = [Number(min), Number(max)]
    if (!isTrue(hidden) || !(first >= 1) || !(last <= LAST_COLUMN + 1) || this.#findings.hiddenColumns.length > LAST_COLUMN) return
    const letters = (column: number) => columnLetters(Math.floor(column) - 1)
    this.#findings.hiddenColumns.push(first >= last ? letters(first) : `${letters(first)} to ${letters(last)}`)
  }
}

/** The rows of a sheet's part, made as its bytes are inflated and read. What is wrong with single cells goes to the findings; throws UnreadableFile for the rest. */
export function* sheetRows(file: WorkbookPackage, part: string, context: CellContext, findings: SheetFindings): Generator<FilledCells> {
  const reader = new RowReader(file, context, findings)
  const { rows } = reader
  for (const _ of file.read(part, spreadsheetRoot("worksheet"), {
    open: (name, attributes, depth) => reader.open(name, attributes, depth),
    close: (name, depth) => reader.close(name, depth),
    text: (text) => reader.text(text)
  })) {
    yield* rows
    rows.length = 0
  }
  yield* rows
}
