import { interval, parentheses, pValue, squareBrackets, stars as starsOf, decimals as withDecimals } from "../../src/render/numbers.ts"
import type { Cell, Row } from "./printed-table.ts"
import type { PublishedNumbers } from "./published-numbers.ts"
import type { Brackets } from "./table-params.ts"

/** An estimate as tables print it; NaN is missing. What the table does not show need not be there. */
export interface Estimate {
  readonly estimate: number
  readonly std_error?: number
  readonly statistic?: number
  readonly p_value?: number
  readonly conf_low?: number
  readonly conf_high?: number
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

export interface EstimateStyle {
  readonly brackets: Brackets
  readonly decimals: number
  readonly stars: boolean
}

// How the published tables name what is in brackets; an interval they print in columns of its own.
const bracketKinds: Record<Brackets, ReadonlyArray<string>> = { std_error: ["std_error"], statistic: ["statistic"], p_value: ["p_value"], interval: [] }

const bracketText = (estimate: Estimate, { brackets, decimals }: EstimateStyle): Cell => {
  if (brackets === "interval") return { text: interval(estimate.conf_low ?? Number.NaN, estimate.conf_high ?? Number.NaN, decimals) }
  const value = estimate[brackets] ?? Number.NaN
  if (brackets === "p_value") return { text: squareBrackets(pValue(value, decimals)), value }
  // The paper prints z and t with two decimals.
  return { text: parentheses(withDecimals(value, brackets === "statistic" ? Math.min(decimals, 2) : decimals)), value }
}

/** The two lines of each term: estimates with stars, and what stands in brackets under them. A column that lacks the term is blank. */
export const estimateRows = (
  columns: ReadonlyArray<EstimateColumn>,
  rows: ReadonlyArray<{ readonly term: string; readonly label?: string }>,
  style: EstimateStyle,
  published: PublishedNumbers
): ReadonlyArray<Row> =>
  rows.flatMap(({ label, term }) => {
    const cells = columns.map((column) => {
      const name = column.termOf?.(term) ?? term
      const found = column.estimates.get(name)
      const printed = published(column.published, name, ["estimate"])
      const printedBelow = published(column.published, name, bracketKinds[style.brackets])
      if (found === undefined) return [printed && { text: "", published: printed }, printedBelow && { text: "", published: printedBelow }] as const
      const starred = style.stars ? starsOf(found.p_value ?? Number.NaN) : ""
      const above: Cell = { text: withDecimals(found.estimate, style.decimals) + starred, value: found.estimate, published: printed }
      return [above, { ...bracketText(found, style), published: printedBelow }] as const
    })
    return [
      { label: label ?? term, cells: cells.map(([above]) => above) },
      { label: "", cells: cells.map(([, below]) => below) }
    ]
  })

/** All terms of the columns, in the order in which they first appear. */
export const termsOf = (columns: ReadonlyArray<EstimateColumn>): ReadonlyArray<{ readonly term: string }> =>
  [...new Set(columns.flatMap(({ estimates }) => [...estimates.keys()]))].map((term) => ({ term }))

/** The note that says what the brackets hold and what the stars mean. */
export const bracketsNote = ({ brackets, stars }: EstimateStyle): string => {
  const held = {
    std_error: "Standard errors in parentheses.",
    statistic: "Test statistics (estimate / standard error) in parentheses.",
    p_value: "p-values in square brackets under the estimates.",
    interval: "Confidence intervals in square brackets under the estimates."
  }[brackets]
  return stars ? `${held} *, ** and ***: significant at the 10%, 5% and 1% level.` : held
}
