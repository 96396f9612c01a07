import { chanceOfAgreement, RARE, widthOf } from "../chance.ts"
import { type Find, shownInterval } from "../find.ts"
import { type Interval, intersection, isEmpty, quotient } from "../interval.ts"
import { type Column, cellIn, dependentOf, nobsOf, type Paper, termsOf } from "../paper.ts"

/** A ratio of two standard errors says something where rounding leaves it uncertain by less than this. */
const PRECISE = 0.1
/** Fewer ratios that agree may do so by chance. */
const FEWEST = 4

/** How much clustered or robust standard errors of two columns are out of proportion: the standard deviation of the logarithm of a ratio, about. */
const SPREAD = 0.15

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

/** The most precise ratio gives the proportion, which the others may agree with by chance, unless they are said to have to. */
const isProportional = ({ column, common, terms }: Ratios): boolean => {
  const [, ...others] = terms.map(({ ratio }) => widthOf(ratio)).sort((a, b) => a - b)
  return terms.length >= FEWEST && !isEmpty(common) && (column.model.variance === "iid" || chanceOfAgreement(others, SPREAD) <= RARE)
}

/** So many of the most precise ratios are quoted; the others are counted. */
const QUOTED = 4

const ratioLine = (reference: Column, { column, common, terms }: Ratios): string => {
  // Where they do not agree, those that are furthest apart are the ones to see.
  const width = ({ ratio }: (typeof terms)[number]): number => ratio.high / ratio.low
  const distance = ({ ratio }: (typeof terms)[number]): number => -Math.abs(Math.log((ratio.low * ratio.high) / (terms[0]!.ratio.low * terms[0]!.ratio.high)))
  const sorted = [...terms].sort((one, other) => (isEmpty(common) ? distance(one) - distance(other) : width(one) - width(other)))
  const some = sorted.slice(0, QUOTED).map(({ ratio, term, text }) => `${term} ${text} = ${shownInterval(ratio)}`)
  const rest = terms.length > QUOTED ? `, and ${terms.length - QUOTED} more` : ""
  return `${column.id} to ${reference.id}: ${some.join(", ")}${rest}; ${isEmpty(common) ? "no number is in all of them" : `all ${terms.length} hold ${shownInterval(common)}`}`
}

/** The largest set of columns whose standard errors are proportional to one of them, that one first. */
const pattern = (columns: ReadonlyArray<Column>): ReadonlyArray<Ratios> =>
  columns
    .map((reference) => columns.map((column) => ratiosTo(reference, column)).filter((ratios) => ratios.column === reference || isProportional(ratios)))
    .map((set, i) => [set.find(({ column }) => column === columns[i])!, ...set.filter(({ column }) => column !== columns[i])])
    .reduce((a, b) => (b.length > a.length ? b : a))

/** Columns with the same terms and number of observations, without those that print a regression again. */
const groupsOf = (columns: ReadonlyArray<Column>): ReadonlyArray<ReadonlyArray<Column>> => {
  const groups = new Map<string, Array<Column>>()
  for (const column of columns) {
    const n = nobsOf(column)
    const terms = termsOf(column)
    if (n === undefined || terms.length < FEWEST) continue
    const key = `${n.printed} ${terms.join(" ")}`
    const group = groups.get(key) ?? []
    const again = group.some(
      (one) => dependentOf(one) === dependentOf(column) && ratiosTo(one, column).terms.every(({ text }) => text.split("/")[0] === text.split("/")[1])
    )
    if (!again) group.push(column)
    groups.set(key, group)
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

const CHECK = "proportional standard errors"

/**
 * Standard errors across columns with the same terms and number of observations, and different variables explained. Under one error variance the standard error of
 * term k in column c is s_c v_k, with v_k the same for all columns: the columns are proportional. Clustered and robust ones weigh by each column's own residuals.
 */
export const proportionalCheck = ({ columns }: Paper): ReadonlyArray<Find> => {
  const patterns = groupsOf(columns).map((group) => {
    const [first, ...others] = pattern(group)
    const reference = first!.column
    const inside = [reference, ...others.map(({ column }) => column)]
    const outside = group
      .filter((column) => !inside.includes(column))
      .map((column) => ratiosTo(reference, column))
      .filter(({ common, terms }) => terms.length >= FEWEST && isEmpty(common))
    const claimed = [...new Set(inside.map(({ model }) => model.variance))].filter((one) => one === "clustered" || one === "robust")
    return { reference, others, inside, outside, claimed, ids: inside.map(({ id }) => id) }
  })
  const proportional = patterns.filter(({ others }) => others.length > 0)
  const doubted = proportional.filter(({ claimed }) => claimed.length > 0)
  const lines = (some: typeof patterns): ReadonlyArray<string> => some.flatMap(({ others, reference }) => others.map((ratios) => ratioLine(reference, ratios)))
  const finds: Array<Find> = []
  if (doubted.length > 0)
    finds.push({
      check: CHECK,
      verdict: "doubt",
      where: doubted.flatMap(({ ids }) => ids),
      says: `standard errors said to be ${[...new Set(doubted.flatMap(({ claimed }) => claimed))].join(" and ")} are proportional between regressions of different variables on the same regressors (${doubted.map(({ ids }) => ids.join(", ")).join("; ")}): so are conventional ones (iid errors), and those of clusters would be so by a rare chance`,
      arithmetic: lines(doubted)
    })
  for (const one of proportional.filter(({ claimed }) => claimed.length === 0))
    finds.push({
      check: CHECK,
      verdict: "holds",
      where: one.ids,
      says: `the standard errors of ${one.ids.length} columns with the same regressors are proportional, as those of one error variance are`,
      arithmetic: lines([one])
    })
  for (const { inside, outside, reference } of proportional) {
    const same = outside.filter(({ column }) => inside.some(({ table }) => table === column.table))
    if (same.length > 0)
      finds.push({
        check: CHECK,
        verdict: "doubt",
        where: same.map(({ column }) => column.id),
        says: `${same.map(({ column }) => column.id).join(", ")} ${same.length === 1 ? "has" : "have"} the rows and the observations of these columns, but not the proportions of their standard errors: other variables, or another variance, under the same headings`,
        arithmetic: same.map((ratios) => ratioLine(reference, ratios))
      })
  }
  for (const { outside, reference } of patterns) {
    const iid = outside.filter(({ column }) => column.model.variance === "iid" && reference.model.variance === "iid")
    if (iid.length > 0)
      finds.push({
        check: CHECK,
        verdict: "contradiction",
        where: [reference.id, ...iid.map(({ column }) => column.id)],
        says: "standard errors of one error variance (iid), with the same regressors and observations, have to be proportional; these are not",
        arithmetic: iid.map((ratios) => ratioLine(reference, ratios))
      })
  }
  return finds
}
