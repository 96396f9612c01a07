import { braces, decimals, pValue, squareBrackets } from "../../src/render/numbers.ts"
import type { ModelColumn } from "./model-column.ts"
import type { ModelTableParams } from "./model-table-params.ts"
import type { Cell, PublishedCell, Row } from "./printed-table.ts"
import type { PublishedNumbers } from "./published-numbers.ts"

const holdsIn = (columns: ReadonlyArray<number> | undefined, index: number): boolean => columns === undefined || columns.includes(index + 1)
const orPublished = (published: PublishedCell | undefined): Cell | undefined => published && { text: "", published }

/** "Yes" in the columns that it holds in. */
export const markRow = (
  columns: ReadonlyArray<ModelColumn>,
  { columns: marked, label, published }: ModelTableParams["marks"][number],
  numbers: PublishedNumbers
): Row => ({
  label,
  cells: columns.map((column, i) => {
    const printed = published === undefined ? undefined : numbers(column.published, published, ["flag"])
    return holdsIn(marked, i) ? { text: "Yes", published: printed } : orPublished(printed)
  })
})

/** A test's statistic, and on the line under it [p] or {critical value}. */
export const testRows = (
  columns: ReadonlyArray<ModelColumn>,
  row: ModelTableParams["tests"][number],
  places: number,
  numbers: PublishedNumbers
): ReadonlyArray<Row> => {
  const term = row.published ?? row.test
  const results = columns.map((column, i) =>
    holdsIn(row.columns, i)
      ? column.tests.find((result) => result.test === row.test && (row.variant === undefined || result.variant === row.variant))
      : undefined
  )
  const line = (label: string, kind: "statistic" | "p_value" | "critical", format: (text: string) => string, digits: number): Row => ({
    label,
    cells: columns.map((column, i) => {
      const printed = numbers(column.published, term, [kind])
      const result = results[i]
      const written = kind === "p_value" ? pValue : decimals
      return result === undefined ? orPublished(printed) : { text: format(written(result[kind], digits)), value: result[kind], published: printed }
    })
  })
  return [
    line(row.label, "statistic", (text) => text, row.decimals ?? places),
    ...(row.below === "p_value" ? [line("", "p_value", squareBrackets, places)] : row.below === "critical" ? [line("", "critical", braces, 2)] : [])
  ]
}

/** A fit statistic; counts have no decimals. */
export const fitRow = (
  columns: ReadonlyArray<ModelColumn>,
  { decimals: own, label, published, statistic }: ModelTableParams["fit"][number],
  places: number,
  numbers: PublishedNumbers
): Row => ({
  label,
  cells: columns.map((column) => {
    const term = published ?? statistic
    const printed = numbers(column.published, term, [term, "statistic"])
    const value = column.fit(statistic)
    return Number.isNaN(value) ? orPublished(printed) : { text: decimals(value, own ?? (statistic === "nobs" ? 0 : places)), value, published: printed }
  })
})
