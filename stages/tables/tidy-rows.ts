import type { anyTable, Column, Fault, Tracked } from "@sediment/sediment"
import { nearMatches } from "@sediment/sediment"
import type { Condition, TidyTableParams } from "./tidy-table-params.ts"

/** A value of a tidy table; undefined where it is missing. */
export type Value = string | number | boolean | undefined

/** The columns that a table is made of, by name, and those that are not there or do not fit, told together. */
export interface TidyColumns {
  readonly value: (column: string, row: number) => Value
  readonly kind: (column: string) => Column["kind"]
  readonly unit: (column: string) => string
}

const valueAt = (column: Column, row: number): Value => {
  if (column.valid !== undefined && column.valid[row] === 0) return undefined
  const value = column.values[row] as string | number
  return column.kind === "flag" ? value === 1 : typeof value === "number" && Number.isNaN(value) ? undefined : value
}

interface Wanted {
  readonly name: string
  readonly place: string
  readonly numeric: boolean
}

/** Every column that the parameters name, with its place in them. */
const wantedColumns = ({ columns, groups, order, rowLabel, spread, where }: TidyTableParams): ReadonlyArray<Wanted> => [
  ...rowLabel.map((name, i) => ({ name, place: `rowLabel[${i}]`, numeric: false })),
  ...(groups === undefined ? [] : [{ name: groups, place: "groups", numeric: false }]),
  ...(spread === undefined ? [] : [{ name: spread, place: "spread", numeric: false }]),
  ...Object.entries(where).map(([name, condition]) => ({ name, place: `where.${name}`, numeric: typeof condition === "object" && !Array.isArray(condition) })),
  ...order.map(({ by }, i) => ({ name: by, place: `order[${i}].by`, numeric: false })),
  ...columns.flatMap(({ below, column, scale, stars }, i) => [
    { name: column, place: `columns[${i}].column`, numeric: scale !== undefined },
    ...(stars === undefined ? [] : [{ name: stars, place: `columns[${i}].stars`, numeric: true }]),
    ...below.flatMap(({ column: under }, j) => [under].flat().map((name) => ({ name, place: `columns[${i}].below[${j}].column`, numeric: true })))
  ])
]

/** Reads the columns that are named, and no other; a name that is not there, or is not a number where one is needed, is a fault with its place. */
export const readTidy = (
  table: Tracked<typeof anyTable>,
  params: TidyTableParams
): { readonly columns: TidyColumns; readonly faults: ReadonlyArray<Fault> } => {
  const found = new Map<string, Column>()
  const faults: Array<Fault> = []
  for (const { name, numeric, place } of wantedColumns(params)) {
    if (!found.has(name) && table.has(name)) found.set(name, table.column(name))
    const column = found.get(name)
    if (column === undefined) {
      const near = nearMatches(name, table.names)[0]
      const meant = near === undefined ? "" : `; did you mean "${near}"?`
      const message = `there is no column "${name}"; the columns are ${table.names.map((one) => `"${one}"`).join(", ")}${meant}`
      faults.push({ code: "no-such-column", message, where: { parameter: place, column: name } })
    } else if (numeric && column.kind !== "number" && column.kind !== "integer")
      faults.push({
        code: "not-a-number",
        message: `the column "${name}" holds ${column.kind === "flag" ? "yes or no" : "words"}, and ${place} needs numbers`,
        where: { parameter: place, column: name }
      })
  }
  const of = (name: string): Column => found.get(name)!
  return { columns: { value: (name, row) => valueAt(of(name), row), kind: (name) => of(name).kind, unit: (name) => of(name).unit }, faults }
}

const holds = (value: Value, condition: Condition): boolean => {
  if (typeof condition !== "object") return value === condition
  if ("length" in condition) return condition.some((one) => one === value)
  return typeof value === "number" && value >= (condition.from ?? Number.NEGATIVE_INFINITY) && value <= (condition.to ?? Number.POSITIVE_INFINITY)
}

/** The order of two values: numbers by size, words by their letters' codes, what is missing last. */
export const compareValues = (a: Value, b: Value): number => {
  if (a === b) return 0
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1
  return a < b ? -1 : 1
}

/** The rows that the conditions let through, in order; equal ones as they come. */
export const tidyRows = (columns: TidyColumns, rows: number, { order, where }: TidyTableParams): ReadonlyArray<number> =>
  Array.from({ length: rows }, (_, row) => row)
    .filter((row) => Object.entries(where).every(([name, condition]) => holds(columns.value(name, row), condition)))
    .sort((a, b) => {
      for (const { by, descending } of order) {
        const [x, y] = [columns.value(by, a), columns.value(by, b)]
        const compared = compareValues(x, y)
        // What is missing stays last either way.
        if (compared !== 0) return descending && x !== undefined && y !== undefined ? -compared : compared
      }
      return a - b
    })
