import { braces, pValue, squareBrackets } from "../../src/render/numbers.ts"
import type { Cell, PublishedCell, Row } from "./draft.ts"
import { type FitRow, fitName, isCount } from "./fit-statistics.ts"
import type { ModelColumn } from "./model-column.ts"
import type { ModelTableParams } from "./model-table-params.ts"
import { count, type NumberStyle, styleOf, written } from "./number-style.ts"
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
  style: NumberStyle,
  numbers: PublishedNumbers
): ReadonlyArray<Row> => {
  const term = row.published ?? row.test
  const results = columns.map((column, i) =>
    holdsIn(row.columns, i)
      ? column.tests.find((result) => result.test === row.test && (row.variant === undefined || result.variant === row.variant))
      : undefined
  )
  const line = (label: string, kind: "statistic" | "p_value" | "critical", format: (text: string) => string, own: NumberStyle): Row => ({
    label,
    cells: columns.map((column, i) => {
      const printed = numbers(column.published, term, [kind])
      const result = results[i]
      if (result === undefined) return orPublished(printed)
      const text = kind === "p_value" ? pValue(result[kind], own.decimals) : written(result[kind], own)
      return { text: format(text), value: result[kind], published: printed }
    })
  })
  return [
    line(row.label, "statistic", (text) => text, styleOf(style, row)),
    ...(row.below === "p_value"
      ? [line("", "p_value", squareBrackets, { decimals: style.decimals })]
      : row.below === "critical"
        ? [line("", "critical", braces, { decimals: 2 })]
        : [])
  ]
}

/** A fit statistic; counts have no decimals. */
export const fitRow = (
  columns: ReadonlyArray<Pick<ModelColumn, "fit" | "published">>,
  { label, published, statistic, ...own }: FitRow,
  style: NumberStyle,
  numbers: PublishedNumbers
): Row => ({
  label: label ?? fitName(statistic),
  cells: columns.map((column) => {
    const term = published ?? statistic
    const printed = numbers(column.published, term, [term, "statistic"])
    const value = column.fit(statistic)
    if (Number.isNaN(value)) return orPublished(printed)
    const counted = isCount(statistic) && own.decimals === undefined && own.significant === undefined
    return { text: counted ? count(value, style) : written(value, styleOf(style, own)), value, published: printed }
  })
})
