import { didYouMean } from "../../../dag/near-matches.ts"
import type { Condition } from "../../messages/table-query/filter.ts"
import type { OpenedColumn, OpenedTable } from "./opened-table.ts"

type Test = (row: number) => boolean
/** Whether a row meets a condition, or why that cannot be asked. */
type Asked = { readonly test: Test } | { readonly fault: string }

const HOLDS = { number: "numbers", integer: "whole numbers", text: "texts", category: "categories", flag: "true or false" } as const

/** What is told of a column's name that the table does not have. */
export const unknownColumn = (table: OpenedTable, name: string): string => {
  const names = table.visible.map((column) => column.name)
  return `there is no column "${name}"; ${didYouMean(name, names) || `there are: ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`}`.trim()
}

const isNumeric = ({ kind }: OpenedColumn): boolean => kind === "number" || kind === "integer"

/** Those of the rows that pass. */
export const rowsWhere = (rows: Uint32Array, test: Test): Uint32Array => {
  const out = new Uint32Array(rows.length)
  let n = 0
  for (let i = 0; i < rows.length; i++) if (test(rows[i]!)) out[n++] = rows[i]!
  return out.slice(0, n)
}
export const allRows = (count: number): Uint32Array => {
  const out = new Uint32Array(count)
  for (let row = 0; row < count; row++) out[row] = row
  return out
}

/** A test of a text; of a category each level is tested once. */
const ofTexts = ({ cells }: OpenedColumn, test: (text: string) => boolean): Test => {
  if (cells.levels === undefined) return (row) => test(cells.text(row))
  const passes = cells.levels.map(test)
  return (row) => passes[cells.number(row)]!
}

const rangeOf = (column: OpenedColumn, { above, below, column: name, from, to }: Extract<Condition, { is: "range" }>): Asked => {
  if (!isNumeric(column))
    return { fault: `${name} holds ${HOLDS[column.kind]}, which are in no range of numbers: write ${name} one of …, or ${name} contains …` }
  const { number } = column.cells
  const low = from ?? Number.NEGATIVE_INFINITY
  const high = to ?? Number.POSITIVE_INFINITY
  const inside: Test = (row) => number(row) >= low && number(row) <= high
  if (above === true) return { test: (row) => inside(row) && number(row) !== low }
  return { test: below === true ? (row) => inside(row) && number(row) !== high : inside }
}

const oneOf = (column: OpenedColumn, values: ReadonlyArray<string>): Asked => {
  const { kind, name } = column
  if (kind === "text" || kind === "category") {
    const wanted = new Set(values)
    return { test: ofTexts(column, (text) => wanted.has(text)) }
  }
  const words: Readonly<Record<string, number>> = { true: 1, false: 0, yes: 1, no: 0 }
  const numbers = values.map((value) => (kind === "flag" ? (words[value.toLowerCase()] ?? Number(value)) : value.trim() === "" ? Number.NaN : Number(value)))
  const wrong = values.filter((value, i) => Number.isNaN(numbers[i]!) && value !== "NaN")
  if (wrong.length > 0) return { fault: `${name} holds ${HOLDS[kind]}, and "${wrong.join('", "')}" is none` }
  const wanted = new Set(numbers)
  return { test: (row) => wanted.has(column.cells.number(row)) }
}

const contains = (column: OpenedColumn, text: string): Asked => {
  const { kind, name } = column
  if (kind !== "text" && kind !== "category")
    return { fault: `${name} holds ${HOLDS[kind]}: what contains something is asked of texts; write ${name} in 10..20, or ${name} = …` }
  const wanted = text.toLowerCase()
  return { test: ofTexts(column, (own) => own.toLowerCase().includes(wanted)) }
}

const asked = (table: OpenedTable, condition: Condition): Asked => {
  const column = table.column(condition.column)
  if (column === undefined) return { fault: unknownColumn(table, condition.column) }
  const { present } = column.cells
  const opposite = "not" in condition && condition.not === true
  if (condition.is === "missing") return { test: opposite ? present : (row) => !present(row) }
  if (condition.is === "filled") {
    const filled = table.filled(condition.column) ?? (() => false)
    return { test: opposite ? (row) => !filled(row) : filled }
  }
  const found =
    condition.is === "range" ? rangeOf(column, condition) : condition.is === "contains" ? contains(column, condition.text) : oneOf(column, condition.values)
  if ("fault" in found) return found
  return { test: (row) => present(row) && found.test(row) !== opposite }
}

/** The rows that meet all conditions, in the table's order; or all that is wrong with the conditions. */
export const matchingRows = (
  table: OpenedTable,
  conditions: ReadonlyArray<Condition>
): { readonly rows: Uint32Array } | { readonly faults: ReadonlyArray<string> } => {
  const tests = conditions.map((condition) => asked(table, condition))
  const faults = tests.flatMap((one) => ("fault" in one ? [one.fault] : []))
  if (faults.length > 0) return { faults }
  let rows = allRows(table.rows)
  for (const one of tests) if ("test" in one) rows = rowsWhere(rows, one.test)
  return { rows }
}
