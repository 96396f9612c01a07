import type { EstimateRow, SimpleRow } from "./estimate-rows-params.ts"
import { type Labels, labelOf } from "./labels.ts"
import { expressionOf, matches } from "./term-pattern.ts"

/** A line of a table of estimates with all that it needs: a term's, one that says which columns have any of some terms, or a heading. */
export type ResolvedRow = { readonly label: string } & (
  | { readonly kind: "term"; readonly term: string; readonly decimals?: number; readonly significant?: number; readonly scale?: number }
  | { readonly kind: "collapsed"; readonly terms: ReadonlyArray<string> }
  | { readonly kind: "heading" }
)

/** A row or a term that no column has anything for, by its place in the parameters. */
interface Unmatched {
  readonly place: string
  readonly term: string
}

/**
 * The rows of a table for the terms that its columns have: patterns become a row a term (those that another row names are that row's), labels come from the
 * row or the dictionary, rows of a group are indented under its heading. Without `rows`, all terms that are not left out.
 */
export const resolveRows = (
  asked: ReadonlyArray<EstimateRow> | undefined,
  { labels, omit, terms: all }: { readonly labels: Labels; readonly omit: ReadonlyArray<string>; readonly terms: ReadonlyArray<string> }
): { readonly rows: ReadonlyArray<ResolvedRow>; readonly unmatched: ReadonlyArray<Unmatched> } => {
  const terms = all.filter((term) => !omit.some((pattern) => matches(pattern, term)))
  const simple = (asked ?? []).flatMap((row): ReadonlyArray<SimpleRow> => row.rows ?? [row])
  const collapsed = (term: string) => simple.some((row) => row.collapse?.some((pattern) => matches(pattern, term)))
  const taken = new Set(simple.flatMap((row) => (row.term !== undefined && expressionOf(row.term) === undefined ? [row.term] : [])))
  const unmatched: Array<Unmatched> = omit.flatMap((term, i) => (all.some((name) => matches(term, name)) ? [] : [{ place: `omit[${i}]`, term }]))
  const one = (row: SimpleRow, place: string, indent: string): ReadonlyArray<ResolvedRow> => {
    const { collapse, label, term = "", ...numbers } = row
    if (collapse !== undefined) {
      collapse.forEach((term, i) => {
        if (!all.some((name) => matches(term, name))) unmatched.push({ place: `${place}.collapse[${i}]`, term })
      })
      return [{ kind: "collapsed", label: indent + (label ?? ""), terms: all.filter((name) => collapse.some((pattern) => matches(pattern, name))) }]
    }
    const expression = expressionOf(term)
    if (expression === undefined) {
      if (!all.includes(term)) unmatched.push({ place, term })
      return [{ kind: "term", ...numbers, term, label: indent + (label ?? labelOf(labels, term)) }]
    }
    const found = terms.filter((name) => expression.test(name) && !taken.has(name) && !collapsed(name))
    for (const name of found) taken.add(name)
    if (!all.some((name) => expression.test(name))) unmatched.push({ place, term })
    return found.map((name) => ({
      kind: "term",
      ...numbers,
      term: name,
      label: indent + (label === undefined ? labelOf(labels, name) : name.replace(expression, label))
    }))
  }
  const rows =
    asked === undefined
      ? terms.map((term): ResolvedRow => ({ kind: "term", term, label: labelOf(labels, term) }))
      : asked.flatMap((row, i): ReadonlyArray<ResolvedRow> => {
          if (row.heading === undefined) return one(row, `rows[${i}]`, "")
          const under = (row.rows ?? []).flatMap((inner, j) => one(inner, `rows[${i}].rows[${j}]`, "  "))
          return under.length === 0 ? [] : [{ kind: "heading", label: row.heading }, ...under]
        })
  return { rows, unmatched }
}
