/** Reads a cell: the number that it holds, corrected where that is declared, in the variable's unit and within its range. */
import type { CellValue } from "../../src/tabular/sheet.ts"
import { holds } from "./corrections.ts"
import type { Field } from "./fields.ts"
import { cellText } from "./heads.ts"
import { readNumberText, scaled } from "./number-text.ts"
import type { Reading } from "./reading.ts"
import { columnInWords, faultAt, originOf, type SheetOf, sheetInWords } from "./sheet-place.ts"

export interface ReadCell {
  /** NaN where it is missing, or wrong, which is told. */
  readonly value: number
  /** Where it was read, and what was done to it. */
  readonly source: string | undefined
  readonly corrected: boolean
}
const nothing: ReadCell = { value: Number.NaN, source: undefined, corrected: false }

/** What is known of a cell before it is read. `key` is undefined where the row's name or year is wrong: then only what is wrong with the cell itself is told. */
export interface CellAt {
  readonly of: SheetOf
  readonly field: Field
  readonly row: number
  readonly variable: string
  readonly unit: string | undefined
  readonly key: { readonly entity: number; readonly year: number } | undefined
}

export const readCell = (cell: CellValue, { field, key, of, row, unit, variable }: CellAt, reading: Reading): ReadCell => {
  const { description, faults } = reading
  const place = { row, column: field.column, head: field.head }
  const text = cellText(cell)
  const read = readNumberText(cell, description, description.variables[variable]!.unit !== "")
  const correction = key === undefined ? undefined : reading.corrections.of(key.entity, key.year, variable)
  if (correction !== undefined && !holds(cell, read.kind === "number" ? read.digits : undefined, correction.found)) {
    const expected = correction.found === null ? "nothing" : `"${correction.found}"`
    const remedy = "the file is another than was corrected: look at the cell, and take the correction out or renew it"
    faults.push(faultAt(of, "outdated-correction", place, text, `${expected}, which its correction replaces`, remedy))
    return nothing
  }
  let source = originOf(of, field.column, row)
  if (correction !== undefined) {
    source += `; corrected, found ${text === "" ? "nothing" : `"${text}"`}: ${correction.reason}`
    if (correction.value === null) return { value: Number.NaN, source, corrected: true }
  } else if (read.kind === "missing") return { ...nothing, source: `${source}: ${text === "" ? "empty" : `"${text}"`}` }
  else if (read.kind === "infinite") {
    faults.push(faultAt(of, "infinite", place, text, "a finite number", "correct it, or leave the cell empty if the value is missing"))
    return nothing
  } else if (read.kind === "wrong") {
    faults.push(faultAt(of, "not-a-number", place, text, "a number", read.remedy))
    return nothing
  }
  if (key === undefined) return nothing
  const { max, min, unit: own } = description.variables[variable]!
  const { factor, from } = reading.units.of(
    variable,
    unit,
    key.year,
    `${sheetInWords(of)}, ${columnInWords(of, field.column, field.head)}`,
    read.kind === "number" ? read.unit : undefined
  )
  const value = scaled(correction === undefined && read.kind === "number" ? read.digits : String(correction?.value), factor)
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
    const range = min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `between ${min} and ${max}`
    const found = from === undefined ? text : `${text} ${from}, which is ${value}${own === "" ? "" : ` ${own}`}`
    faults.push(faultAt(of, "out-of-range", place, found, `a number ${range}`, "correct it, or the range that the variable declares"))
    return nothing
  }
  if (from !== undefined) source += `: ${text} ${from}`
  return { value, source, corrected: correction !== undefined }
}
