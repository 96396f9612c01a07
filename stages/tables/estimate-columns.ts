import { parentheses, pValue, squareBrackets } from "../../src/render/numbers.ts"
import type { Cell, PublishedCell, Row } from "./draft.ts"
import type { ResolvedRow } from "./estimate-rows.ts"
import type { Bracket } from "./estimate-rows-params.ts"
import { type NumberStyle, styleOf, written } from "./number-style.ts"
import type { PublishedNumbers } from "./published-numbers.ts"
import { type Stars, starsNote, starsOf } from "./star-levels.ts"

/** An estimate as tables print it; NaN is missing. What the table does not show need not be there. */
export interface Estimate {
  readonly estimate: number
  readonly std_error?: number
  readonly statistic?: number
  readonly p_value?: number
  readonly conf_low?: number
  readonly conf_high?: number
  /** Degrees of freedom of its t. */
  readonly df?: number
}

/** A column of estimates: a model's equation, or one kind of effect. */
export interface EstimateColumn {
  readonly label: string
  readonly group?: string | undefined
  readonly estimates: ReadonlyMap<string, Estimate>
  /** The column of the published table that stands beside it. */
  readonly published: string
  /** The term that a row's term has in this column (`W*coagglo` in a column of spatial lags); the same without it. */
  readonly termOf?: (term: string) => string
}

export interface EstimateStyle extends NumberStyle {
  readonly brackets: Bracket | ReadonlyArray<Bracket>
  readonly bracketsLine: "below" | "beside"
  readonly stars: Stars
  readonly starsLine: "estimate" | "brackets"
}

/** What stands in brackets, as a list. */
export const bracketsOf = ({ brackets }: Pick<EstimateStyle, "brackets">): ReadonlyArray<Bracket> => (typeof brackets === "string" ? [brackets] : brackets)

// How the published tables name what is in brackets; an interval they print in columns of its own.
const bracketKinds: Record<Bracket, ReadonlyArray<string>> = { std_error: ["std_error"], statistic: ["statistic"], p_value: ["p_value"], interval: [] }

const bracketCell = (estimate: Estimate, bracket: Bracket, style: NumberStyle, scale: number): Cell => {
  if (bracket === "interval") {
    const ends = [estimate.conf_low ?? Number.NaN, estimate.conf_high ?? Number.NaN].map((end) => end * scale).sort((a, b) => a - b)
    return { text: ends.every(Number.isFinite) ? squareBrackets(ends.map((end) => written(end, style)).join(", ")) : "" }
  }
  const value = estimate[bracket] ?? Number.NaN
  if (bracket === "p_value") return { text: squareBrackets(pValue(value, style.decimals)), value }
  if (bracket === "std_error") return { text: parentheses(written(value * Math.abs(scale), style)), value: value * Math.abs(scale) }
  // The paper prints z and t with two decimals. A negative scale turns their sign with the estimate's.
  const signed = value * Math.sign(scale)
  return { text: parentheses(written(signed, { decimals: Math.min(style.decimals, 2) })), value: signed }
}

/** The lines of a term in a column: the estimate, and what stands in brackets with it. */
const cellsOf = (estimate: Estimate, row: Extract<ResolvedRow, { kind: "term" }>, style: EstimateStyle): ReadonlyArray<Cell> => {
  const numbers = styleOf(style, row)
  const scale = row.scale ?? 1
  const stars = starsOf(estimate.p_value ?? Number.NaN, style.stars)
  const brackets = bracketsOf(style).map((bracket) => bracketCell(estimate, bracket, numbers, scale))
  const after = style.starsLine === "brackets" && brackets.length > 0
  const starred = brackets.map((cell, i) => (after && i === 0 && cell.text !== "" ? { ...cell, text: cell.text + stars } : cell))
  const above: Cell = { text: written(estimate.estimate * scale, numbers) + (after ? "" : stars), value: estimate.estimate * scale }
  if (style.bracketsLine === "below") return [above, ...starred]
  return [{ ...above, text: [above, ...starred].flatMap(({ text }) => (text === "" ? [] : [text])).join(" ") }]
}

const orPublished = (published: PublishedCell | undefined): Cell | undefined => published && { text: "", published }

/** The lines of each row: estimates with stars, and what stands in brackets with them. A column that lacks the term is blank. */
export const estimateRows = (
  columns: ReadonlyArray<EstimateColumn>,
  rows: ReadonlyArray<ResolvedRow>,
  style: EstimateStyle,
  published: PublishedNumbers
): ReadonlyArray<Row> =>
  rows.flatMap((row): ReadonlyArray<Row> => {
    if (row.kind === "heading") return [{ label: row.label, cells: [] }]
    const termOf = ({ termOf: of }: EstimateColumn, term: string) => of?.(term) ?? term
    if (row.kind === "collapsed")
      return [
        { label: row.label, cells: columns.map((column) => ({ text: row.terms.some((term) => column.estimates.has(termOf(column, term))) ? "Yes" : "No" })) }
      ]
    const kinds = [["estimate"], ...(style.bracketsLine === "below" ? bracketsOf(style).map((bracket) => bracketKinds[bracket]) : [])]
    const cells = columns.map((column) => {
      const term = termOf(column, row.term)
      const found = column.estimates.get(term)
      const printed = kinds.map((of) => published(column.published, term, of))
      return found === undefined ? printed.map(orPublished) : cellsOf(found, row, style).map((cell, i) => ({ ...cell, published: printed[i] }))
    })
    return kinds.map((_, line) => ({ label: line === 0 ? row.label : "", cells: cells.map((own) => own[line]) }))
  })

/** All terms of the columns, in the order in which they first appear. */
export const termsOf = (columns: ReadonlyArray<EstimateColumn>): ReadonlyArray<string> => [
  ...new Set(columns.flatMap(({ estimates }) => [...estimates.keys()]))
]

/** The notes that say what the brackets hold and what the stars mean, and which rows are scaled. `level` is that of the intervals, "95%", where it is known. */
export const estimateNotes = (style: EstimateStyle, rows: ReadonlyArray<ResolvedRow>, level = ""): ReadonlyArray<string> => {
  const under = style.bracketsLine === "below" ? " under the estimates" : ""
  const held: Record<Bracket, string> = {
    std_error: "Standard errors in parentheses.",
    statistic: "Test statistics (estimate / standard error) in parentheses.",
    p_value: `p-values in square brackets${under}.`,
    interval: `${level === "" ? "Confidence" : `${level} confidence`} intervals in square brackets${under}.`
  }
  const first = [...bracketsOf(style).map((bracket) => held[bracket]), ...starsNote(style.stars)].join(" ")
  const scales = new Map<number, Array<string>>()
  for (const row of rows)
    if (row.kind === "term" && row.scale !== undefined && row.scale !== 1) scales.set(row.scale, [...(scales.get(row.scale) ?? []), row.label.trim()])
  return [...(first === "" ? [] : [first]), ...[...scales].map(([scale, labels]) => `Multiplied by ${scale}: ${labels.join(", ")}.`)]
}
