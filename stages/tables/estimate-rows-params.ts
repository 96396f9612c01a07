import { Effect, Schema } from "effect"
import { rowNumbers } from "./number-style.ts"
import { starsParam } from "./star-levels.ts"
import { TermPattern } from "./term-pattern.ts"

/** What can stand in brackets with an estimate. */
const Bracket = Schema.Literals(["std_error", "statistic", "p_value", "interval"])
export type Bracket = typeof Bracket.Type

const distinct = Schema.makeFilter((names: ReadonlyArray<string>) =>
  names.flatMap((name, i) => (names.indexOf(name) < i ? [{ path: [i], issue: `"${name}" is named twice` }] : []))
)

/** How estimates and what goes with them are set; `usual` stands in brackets by default. */
export const estimateParams = (usual: Bracket) => ({
  ...starsParam,
  /** What stands in brackets: one, several (each on its line), or none. */
  brackets: Schema.Union([Bracket, Schema.Array(Bracket).check(distinct)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed(usual))),
  /** Under the estimate, or after it on its line. */
  bracketsLine: Schema.Literals(["below", "beside"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("below" as const))),
  /** Whether stars follow the estimate, or what stands first in brackets. */
  starsLine: Schema.Literals(["estimate", "brackets"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("estimate" as const)))
})

/** What a row can be; exactly one of `term`, `collapse` and (in a table's own rows) `heading`. */
const simple = {
  /** A term, or all that match a pattern and have no row of their own. */
  term: Schema.optionalKey(TermPattern),
  /** Several terms as one row that says which columns have any of them. */
  collapse: Schema.optionalKey(Schema.NonEmptyArray(TermPattern)),
  /** Without it, that of `labels`. Of a pattern: what its match becomes, `$1` being its first group. */
  label: Schema.optionalKey(Schema.String),
  ...rowNumbers,
  /** What a term's estimate is multiplied by, with its standard error and interval: told in a note. */
  scale: Schema.optionalKey(
    Schema.Finite.check(Schema.makeFilter((scale) => (scale === 0 ? "0 leaves no estimate: give what it is multiplied by, as in 100" : undefined)))
  )
}
const ofTerms = ["decimals", "significant", "scale"] as const

/** What is wrong with a row that is one of `kinds`. Keys of several kinds are one struct, so that a fault in a row is told once. */
const rowIssues =
  (kinds: ReadonlyArray<"term" | "collapse" | "heading">) =>
  (row: Readonly<Record<string, unknown>>): ReadonlyArray<{ readonly path: ReadonlyArray<string>; readonly issue: string }> => {
    const found = kinds.filter((kind) => row[kind] !== undefined)
    const said = found.length === 0 ? "none" : found.join(" and ")
    const [kind] = found
    if (kind === undefined || found.length > 1) return [{ path: [], issue: `a row has one of ${kinds.join(", ")}; this one has ${said}` }]
    const beside = kind === "term" ? [] : ofTerms.filter((key) => row[key] !== undefined)
    return [
      ...beside.map((key) => ({ path: [key], issue: `${key} is for rows with a term: this one has ${kind}` })),
      ...(kind === "collapse" && row["label"] === undefined ? [{ path: ["label"], issue: "a row for several terms needs a label" }] : []),
      ...(kind === "heading" && row["rows"] === undefined ? [{ path: ["rows"], issue: "a heading needs the rows that stand under it" }] : []),
      ...(kind !== "heading" && row["rows"] !== undefined ? [{ path: ["rows"], issue: `rows stand under a heading: this row has ${kind}` }] : [])
    ]
  }

const SimpleRow = Schema.Struct(simple).check(Schema.makeFilter(rowIssues(["term", "collapse"])))
export type SimpleRow = typeof SimpleRow.Type
const EstimateRow = Schema.Struct({
  ...simple,
  /** A heading, and the rows that are set under it. */
  heading: Schema.optionalKey(Schema.NonEmptyString),
  rows: Schema.optionalKey(Schema.Array(SimpleRow).check(Schema.isMinLength(1)))
}).check(Schema.makeFilter(rowIssues(["term", "collapse", "heading"])))
export type EstimateRow = typeof EstimateRow.Type

export const rowsParams = {
  /** Terms in the order of print, with headings over groups of them; all terms, as they come, without it. */
  rows: Schema.optionalKey(Schema.Array(EstimateRow).check(Schema.isMinLength(1))),
  /** Terms that the table leaves out. */
  omit: Schema.Array(TermPattern).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}
