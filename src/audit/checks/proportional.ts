import { type Find, shown, shownInterval } from "../find.ts"
import { type Interval, intersection, isEmpty, quotient } from "../interval.ts"
import { type Column, cellIn, nobsOf, type Paper, termsOf } from "../paper.ts"

/** A ratio of two standard errors says something where rounding leaves it uncertain by less than this. */
const PRECISE = 0.1
/** Fewer ratios that agree may do so by chance. */
const FEWEST = 4

interface Ratios {
  readonly column: Column
  readonly terms: ReadonlyArray<{ readonly term: string; readonly ratio: Interval; readonly text: string }>
  readonly common: Interval
}

const ratiosTo = (reference: Column, column: Column): Ratios => {
  const terms = termsOf(reference).flatMap((term) => {
    const [above, below] = [cellIn(column, term, "std_error"), cellIn(reference, term, "std_error")]
    if (above === undefined || below === undefined || below.interval.low <= 0 || above.interval.low <= 0) return []
    const ratio = quotient(above.interval, below.interval)
    return ratio.high / ratio.low - 1 < PRECISE ? [{ term, ratio, text: `${above.printed}/${below.printed}` }] : []
  })
  return { column, terms, common: terms.length === 0 ? { low: 1, high: 0 } : intersection(...terms.map(({ ratio }) => ratio)) }
}

const isProportional = ({ common, terms }: Ratios): boolean => terms.length >= FEWEST && !isEmpty(common)

const dependentOf = ({ heading, model }: Column): string => model.dependent ?? heading

const ratioLine = (reference: Column, { column, common, terms }: Ratios): string =>
  `${column.id} to ${reference.id}: ${terms.map(({ ratio, term, text }) => `${term} ${text} = ${shownInterval(ratio)}`).join(", ")}; ${
    isEmpty(common) ? "no number is in all of them" : `all hold ${shownInterval(common)}`
  }`

/** The largest set of columns whose standard errors are proportional to one of them, that one first. */
const pattern = (columns: ReadonlyArray<Column>): ReadonlyArray<Ratios> =>
  columns
    .map((reference) => columns.map((column) => ratiosTo(reference, column)).filter((ratios) => ratios.column === reference || isProportional(ratios)))
    .map((set, i) => [set.find(({ column }) => column === columns[i])!, ...set.filter(({ column }) => column !== columns[i])])
    .reduce((a, b) => (b.length > a.length ? b : a))

/**
 * Standard errors across columns with the same terms and number of observations, and different variables explained. Under one error variance the standard error of
 * term k in column c is s_c v_k, with v_k the same for all columns: the columns are proportional. Clustered and robust ones weigh by each column's own residuals.
 */
export const proportionalCheck = ({ columns }: Paper): ReadonlyArray<Find> => {
  const groups = new Map<string, Array<Column>>()
  for (const column of columns) {
    const n = nobsOf(column)
    const terms = termsOf(column)
    if (n === undefined || terms.length < FEWEST) continue
    const key = `${n.printed} ${terms.join(" ")}`
    const group = groups.get(key) ?? []
    // The same regression printed twice is one.
    if (
      !group.some(
        (one) => dependentOf(one) === dependentOf(column) && ratiosTo(one, column).terms.every(({ text }) => text.split("/")[0] === text.split("/")[1])
      )
    )
      group.push(column)
    groups.set(key, group)
  }
  return [...groups.values()].flatMap((group): ReadonlyArray<Find> => {
    if (group.length < 2) return []
    const [reference, ...others] = pattern(group)
    const where = [reference!, ...others].map(({ column }) => column.id)
    const outside = group
      .filter((column) => !where.includes(column.id))
      .map((column) => ratiosTo(reference!.column, column))
      .filter(({ terms }) => terms.length >= FEWEST)
    const finds: Array<Find> = []
    const claimed = [...new Set([reference!, ...others].map(({ column }) => column.model.variance))].filter((one) => one === "clustered" || one === "robust")
    if (others.length > 0)
      finds.push({
        check: "proportional standard errors",
        verdict: claimed.length > 0 ? "doubt" : "holds",
        where,
        says:
          claimed.length > 0
            ? `standard errors said to be ${claimed.join(" and ")} are proportional across ${where.length} columns that explain different variables: so are those of one error variance (iid)`
            : `the standard errors of ${where.length} columns with the same regressors are proportional, as those of one error variance are`,
        arithmetic: others.map((ratios) => ratioLine(reference!.column, ratios))
      })
    const same = outside.filter(({ column }) => [reference!, ...others].some((one) => one.column.table === column.table))
    if (others.length > 0 && same.length > 0)
      finds.push({
        check: "proportional standard errors",
        verdict: "doubt",
        where: same.map(({ column }) => column.id),
        says: `${same.map(({ column }) => column.id).join(", ")} ${same.length === 1 ? "has" : "have"} the rows and the observations of these columns, but not the proportions of their standard errors: other variables, or another variance, under the same headings`,
        arithmetic: same.map((ratios) => ratioLine(reference!.column, ratios))
      })
    const iid = outside.filter(({ column }) => column.model.variance === "iid" && reference!.column.model.variance === "iid")
    if (iid.length > 0)
      finds.push({
        check: "proportional standard errors",
        verdict: "contradiction",
        where: [reference!.column.id, ...iid.map(({ column }) => column.id)],
        says: "standard errors of one error variance (iid), with the same regressors and observations, have to be proportional; these are not",
        arithmetic: iid.map((ratios) => {
          const sorted = [...ratios.terms].sort((a, b) => a.ratio.low - b.ratio.low)
          return `${ratioLine(reference!.column, ratios)}: from ${shown(sorted[0]!.ratio.high)} (${sorted[0]!.term}) to ${shown(sorted.at(-1)!.ratio.low)} (${sorted.at(-1)!.term})`
        })
      })
    return finds
  })
}
