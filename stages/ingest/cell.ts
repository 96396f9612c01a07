import type { Fault } from "@sediment/sediment"
import type { TableRecord, TableRecords } from "./records.ts"
import type { SourceVariable } from "./source-params.ts"

const missing: ReadonlySet<string> = new Set(["", "NA", "NaN", ".", "-", "…"])
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const infinity = /^[+-]?inf(inity)?$/i

/** A fault of one cell: where it is, what it holds, what it should hold, and what to do. */
export const cellFault = (code: string, file: TableRecords, row: number, column: string, value: string, expected: string, remedy: string): Fault => ({
  code,
  message: `${file.path}, row ${row}, column "${column}": found "${value}", expected ${expected}; ${remedy}`,
  where: { file: file.path, row, column, value, expected }
})

const remedyFor = (text: string): string => {
  if (/^[+-]?\d{1,3}([,\s]\d{3})+(\.\d+)?$/.test(text)) return "take out the thousands separators"
  if (/^[+-]?\d+,\d+$/.test(text)) return "write the decimals after a point, not a comma"
  if (text.endsWith("%")) return 'take out the "%" and give it as the unit'
  return "correct it, or leave the cell empty if the value is missing"
}

const inRange = (value: number, { max, min }: SourceVariable): boolean => (min === undefined || value >= min) && (max === undefined || value <= max)
const rangeOf = ({ max, min }: SourceVariable): string =>
  min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `between ${min} and ${max}`

/** The number in a cell; NaN where it is missing (empty, NA, NaN, `.`, `-`, `…`) or wrong, which is told in `faults`. */
export const readNumber = (
  file: TableRecords,
  { cells, row }: TableRecord,
  index: number,
  column: string,
  variable: SourceVariable,
  faults: Array<Fault>
): number => {
  const text = cells[index]!
  if (missing.has(text)) return Number.NaN
  const value = Number(text)
  if (infinity.test(text) || (decimal.test(text) && !Number.isFinite(value)))
    faults.push(cellFault("infinite", file, row, column, text, "a finite number", "correct it, or leave the cell empty if the value is missing"))
  else if (!decimal.test(text)) faults.push(cellFault("not-a-number", file, row, column, text, "a number", remedyFor(text)))
  else if (!inRange(value, variable))
    faults.push(cellFault("out-of-range", file, row, column, text, `a number ${rangeOf(variable)}`, "correct it, or the range that the variable declares"))
  else return value
  return Number.NaN
}
