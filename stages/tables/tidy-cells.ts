import { braces, parentheses, pValue, squareBrackets } from "../../src/render/numbers.ts"
import type { Cell } from "./draft.ts"
import { type Labels, labelOf } from "./labels.ts"
import { count, type NumberStyle, styleOf, written } from "./number-style.ts"
import { starsNote, starsOf } from "./star-levels.ts"
import type { TidyColumns, Value } from "./tidy-rows.ts"
import type { Bracketed, ShownColumn, TidyTableParams } from "./tidy-table-params.ts"

/** What is printed of a value that is not a measured number: a label, a heading. */
export const named = (value: Value, labels: Labels): string =>
  value === undefined ? "" : typeof value === "boolean" ? (value ? "Yes" : "No") : labelOf(labels, String(value))

const around = { parentheses, square: squareBrackets, braces, none: (text: string) => text }

// They do not change with the unit of the estimate.
const unscaled: ReadonlySet<string> = new Set(["p_value", "statistic", "df", "z", "t"])

/** One value as text, with the number behind it. */
const numberCell = (columns: TidyColumns, name: string, row: number, style: NumberStyle, scale: number, labels: Labels): Cell => {
  const value = columns.value(name, row)
  if (typeof value !== "number") return { text: named(value, labels) }
  if (name === "p_value") return { text: pValue(value, style.decimals), value }
  const scaled = unscaled.has(name) ? value : value * scale
  if (columns.kind(name) === "integer" && scale === 1) return { text: columns.unit(name) === "year" ? String(value) : count(value, style), value }
  return { text: written(scaled, style), value: scaled }
}

const bracketCell = (columns: TidyColumns, { brackets, column, ...own }: Bracketed, row: number, style: NumberStyle, scale: number, labels: Labels): Cell => {
  const cells = [column].flat().map((name) => numberCell(columns, name, row, styleOf(style, own), scale, labels))
  const [first] = cells
  const text = cells.some((cell) => cell.text === "") ? "" : around[brackets](cells.map((cell) => cell.text).join(", "))
  return cells.length === 1 ? { ...first, text } : { text }
}

/** The lines of a column in a row: its value with stars, then what is below. */
export const tidyCells = (columns: TidyColumns, shown: ShownColumn, row: number, params: TidyTableParams): ReadonlyArray<Cell> => {
  const style = styleOf(params, shown)
  const scale = shown.scale ?? 1
  const above = numberCell(columns, shown.column, row, style, scale, params.labels)
  const p = shown.stars === undefined ? undefined : columns.value(shown.stars, row)
  return [
    { ...above, text: above.text + (typeof p === "number" && above.text !== "" ? starsOf(p, params.stars) : "") },
    ...shown.below.map((under) => bracketCell(columns, under, row, style, scale, params.labels))
  ]
}

const NAMES: Readonly<Record<string, string>> = {
  std_error: "Standard errors",
  p_value: "p-values",
  statistic: "Test statistics",
  conf_low: "lower limits",
  conf_high: "upper limits"
}
const nameOf = (name: string, labels: Labels): string => (Object.hasOwn(labels, name) ? labelOf(labels, name) : (NAMES[name] ?? name))
const held = { parentheses: "in parentheses", square: "in square brackets", braces: "in braces", none: "under it" }

/** What is below and what the stars mean, and what is scaled. */
export const tidyNotes = ({ columns, labels, stars }: TidyTableParams): ReadonlyArray<string> => {
  const below = columns.flatMap((shown) =>
    shown.below.map(({ brackets, column }) => {
      const interval = [column].flat().join() === "conf_low,conf_high"
      return `${
        interval
          ? "Confidence intervals"
          : [column]
              .flat()
              .map((name) => nameOf(name, labels))
              .join(" and ")
      } ${held[brackets]}.`
    })
  )
  const starred = columns.some((shown) => shown.stars !== undefined) ? starsNote(stars) : []
  const scaled = columns.flatMap(({ column, label, scale = 1 }) => (scale === 1 ? [] : [`Multiplied by ${scale}: ${label ?? labelOf(labels, column)}.`]))
  const first = [...new Set(below), ...starred].join(" ")
  return [...(first === "" ? [] : [first]), ...scaled]
}
