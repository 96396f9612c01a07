import { cellName, columnLetters } from "../a1.ts"
import type { CellValue } from "../sheet.ts"
import type { CellFormats } from "./cell-formats.ts"
import { unescaped } from "./ooxml-names.ts"
import { serialDate } from "./serial-date.ts"
import type { CellProblem, SheetFindings } from "./sheet-findings.ts"
import { shorten } from "./shorten.ts"

/** A cell as the file has it. */
export interface StoredCell {
  row: number
  column: number
  /** Its attributes `t` and `s`. */
  type: string
  style: string | undefined
  formula: boolean
  /** The text of `<v>` and of `<is>`; undefined where it has none. */
  value: string | undefined
  inline: string | undefined
}

/** What the cells of a workbook share. */
export interface CellContext {
  readonly strings: ReadonlyArray<string>
  readonly formats: CellFormats
  readonly from1904: boolean
}

const number = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/
/** What is left out where a format shows the year alone, which then is what is meant. */
const firstOrLastDay = /-(?:01-01|12-31)$/
const dateTime = /^(\d{4}-\d\d-\d\d)T00:00(?::00(?:\.0+)?)?Z?$/

const numberValue = (cell: StoredCell, value: number, { formats, from1904 }: CellContext, findings: SheetFindings): CellValue => {
  const format = formats(cell.style)
  const { kind } = format
  if (kind === "plain") return value
  if (kind === "date" || kind === "year" || kind === "time") {
    const date = serialDate(value, from1904, kind === "time")
    if (date === undefined) findings.otherwise("undated", cell.column, cell.row, value, format)
    return (kind === "year" ? date?.replace(firstOrLastDay, "") : date) ?? value
  }
  findings.otherwise(kind, cell.column, cell.row, value, format)
  return value
}

/**
 * What a cell holds (ECMA-376 part 1, 18.3.1.4, 18.18.11): a number as it is stored, a number that is formatted as a date as ISO text, an error as its text,
 * a formula its stored result, an empty text nothing. What is wrong goes to the findings, and the cell holds nothing.
 */
export const cellValue = (cell: StoredCell, context: CellContext, findings: SheetFindings): CellValue => {
  const { formula, inline, type, value } = cell
  const wrong = (code: CellProblem): null => {
    const found = value === undefined || value === "" ? {} : { value: shorten(value, 40) }
    findings.problem(code, cellName(cell.column, cell.row), { row: cell.row, column: columnLetters(cell.column), ...found })
    return null
  }
  if (formula) {
    findings.formulas++
    // A formula may well result in an empty text, but then says that it is a text.
    if (value === undefined ? inline === undefined : value === "" && type !== "str") return wrong("no-stored-result")
  }
  if (inline !== undefined && (type === "inlineStr" || value === undefined)) return inline === "" ? null : inline
  if (value === undefined || value === "") return null
  switch (type) {
    case "n": {
      if (number.test(value)) {
        const parsed = Number(value)
        if (Number.isFinite(parsed)) return numberValue(cell, parsed, context, findings)
      }
      return value.trim() === "" ? null : wrong("not-a-number")
    }
    case "s": {
      const text = /^\s*\d{1,10}\s*$/.test(value) ? context.strings[Number(value)] : undefined
      return text === undefined ? wrong("unknown-text") : text === "" ? null : text
    }
    case "str":
    case "inlineStr":
    case "e":
      return unescaped(value)
    case "b": {
      const truth = value.trim()
      return truth === "1" || truth === "true" ? true : truth === "0" || truth === "false" ? false : wrong("not-a-truth")
    }
    case "d":
      return value.trim().replace(dateTime, "$1")
    default:
      return wrong("unknown-cell-type")
  }
}
