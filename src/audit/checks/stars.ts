import { pOf, starsInterval } from "../degrees-of-freedom.ts"
import type { Find } from "../find.ts"
import { shown, shownInterval } from "../find.ts"
import { holds, type Interval, intersection, isEmpty } from "../interval.ts"
import { type Column, nameOf, type Paper, type Ratio } from "../paper.ts"
import { ratiosOf } from "../ratios.ts"
import { quoted } from "../reference.ts"

interface Judged extends Ratio {
  readonly df: Interval
}
interface JudgedColumn {
  readonly column: Column
  readonly ratios: ReadonlyArray<Judged>
  readonly df: Interval
}

const starText = (stars: number): string => (stars === 0 ? "no star" : "*".repeat(stars))
const dfText = ({ high, low }: Interval): string =>
  low <= 0
    ? high === Number.POSITIVE_INFINITY
      ? "any df"
      : `df at most ${shown(high)}`
    : high === Number.POSITIVE_INFINITY
      ? `df at least ${shown(low)}`
      : `df in ${shownInterval({ low, high })}`

const pText = (size: Interval, df: number): string =>
  `p in ${shownInterval({ low: pOf(size.high, df), high: pOf(size.low, df) })} by ${df === Number.POSITIVE_INFINITY ? "the normal distribution" : `t(${df})`}`

/** A row, the degrees of freedom that its stars need, and its p under the normal distribution and under `t(df)`. */
const line = ({ bracket, cell, df, size }: Judged, clustered?: number): string =>
  `${quoted(cell)} (${bracket.printed}): |t| in ${shownInterval(size)}, ${starText(cell.stars)} needs ${dfText(df)}; ${pText(size, Number.POSITIVE_INFINITY)}${
    clustered === undefined ? "" : `, ${pText(size, clustered)}`
  }`

/** Stars of a bootstrap may come of its replicates, and need not go with the ratio. */
const ifByRatio = ({ model }: Column): "contradiction" | "doubt" => (model.variance === "bootstrap" ? "doubt" : "contradiction")

/** Ratios whose own stars no distribution gives: a find each. */
const impossible = (column: JudgedColumn): ReadonlyArray<Find> =>
  column.ratios
    .filter(({ df }) => isEmpty(df))
    .map(({ bracket, cell, size }) => ({
      check: "stars",
      verdict: ifByRatio(column.column),
      where: [nameOf(cell)],
      says: `${nameOf(cell)} has ${starText(cell.stars)}, which its ratio gives at no number of degrees of freedom`,
      arithmetic: [
        `${quoted(cell)} (${bracket.printed}): |t| in ${shownInterval(size)}`,
        `p is smallest under the normal distribution: at least ${shown(pOf(size.high, Number.POSITIVE_INFINITY))}`
      ]
    }))

/** Stars that less than this share of what rounding allows would give are at its edge. */
const EDGE = 0.05

/** Stars that even the normal distribution, which asks for least, gives at the very edge of the rounding only. */
const edges = ({ ratios }: JudgedColumn, levels: ReadonlyArray<number>): ReadonlyArray<Find> =>
  ratios.flatMap(({ bracket, cell, df, size }): ReadonlyArray<Find> => {
    if (cell.stars === 0 || isEmpty(df) || size.high === Number.POSITIVE_INFINITY) return []
    const level = levels[cell.stars - 1]!
    const inner = size.high - EDGE * (size.high - size.low)
    if (pOf(inner, Number.POSITIVE_INFINITY) <= level) return []
    return [
      {
        check: "stars",
        verdict: "doubt",
        where: [nameOf(cell)],
        says: `${quoted(cell)} has its ${starText(cell.stars)} at the edge of the rounding only`,
        arithmetic: [
          `(${bracket.printed}): |t| in ${shownInterval(size)}; ${shown((1 - EDGE) * 100)}% of it give a p above ${level} by the normal distribution, and more by any t: at ${shown(inner)} p is still ${shown(pOf(inner, Number.POSITIVE_INFINITY))}`
        ]
      }
    ]
  })

/** The two ratios of a column that are furthest apart in what they need. */
const extremes = (ratios: ReadonlyArray<Judged>): readonly [Judged, Judged] => [
  ratios.reduce((a, b) => (b.df.low > a.df.low ? b : a)),
  ratios.reduce((a, b) => (b.df.high < a.df.high ? b : a))
]

/** t(G - 1), where a column's standard errors are said to be clustered: Stata's and R's commands differ in whether they use it. */
const clusteredDf = ({ model: { clusters, variance } }: Column): number | undefined =>
  clusters !== undefined && (variance === undefined || variance === "clustered") ? clusters - 1 : undefined

/** Which stars the distributions that a paper may have used would not give. */
const othersUnder = ({ column, ratios }: JudgedColumn): ReadonlyArray<string> => {
  const clustered = clusteredDf(column)
  const named = [
    ["the normal distribution", Number.POSITIVE_INFINITY] as const,
    ...(clustered === undefined ? [] : [[`t(${clustered}), of ${clustered + 1} clusters,`, clustered] as const])
  ]
  return named.map(([name, df]) => {
    const other = ratios.filter((one) => !holds(one.df, df)).map(({ cell }) => cell.term)
    return `${name} gives other stars to ${other.length === 0 ? "none" : other.join(", ")}`
  })
}

const columnFinds = (judged: JudgedColumn): ReadonlyArray<Find> => {
  const { column, df } = judged
  const possible = judged.ratios.filter((one) => !isEmpty(one.df))
  if (possible.length === 0) return []
  const where = [column.id]
  if (isEmpty(df)) {
    const [atLeast, atMost] = extremes(possible)
    return [
      {
        check: "degrees of freedom",
        verdict: ifByRatio(column),
        where,
        says: `the stars of column ${column.id} are of no one distribution: ${quoted(atLeast.cell)} needs ${dfText({ low: df.low, high: Number.POSITIVE_INFINITY })}, and ${quoted(atMost.cell)} without ${atMost.cell.stars === 0 ? "a star" : "more"} ${dfText({ low: 0, high: df.high })}`,
        arithmetic: [
          ...possible
            .filter((one) => one === atLeast || one === atMost || one.df.low > atMost.df.high || one.df.high < atLeast.df.low)
            .map((one) => line(one, clusteredDf(column))),
          ...othersUnder(judged)
        ]
      }
    ]
  }
  return [
    {
      check: "stars",
      verdict: "holds",
      where,
      says: `all ${possible.length} ratios of column ${column.id} have their stars under ${dfText(df)}${namedFitting(judged)}`,
      arithmetic: []
    }
  ]
}

/** Which of the distributions that a paper may have used give all stars of a column. */
const namedFitting = ({ column, df }: JudgedColumn): string => {
  const clustered = clusteredDf(column)
  const fitting = [
    ...(df.high === Number.POSITIVE_INFINITY ? ["the normal distribution"] : []),
    ...(clustered !== undefined && holds(df, clustered) ? [`t(${clustered}) of ${clustered + 1} clusters`] : [])
  ]
  return fitting.length === 0 ? "" : `: ${fitting.join(", ")}`
}

/** The row of a column that is furthest from having its stars under so many degrees of freedom. */
const furthest = (ratios: ReadonlyArray<Judged>, df: number): Judged => {
  const distance = (one: Judged): number => Math.max(one.df.low / df, df / one.df.high)
  return ratios.reduce((a, b) => (distance(b) > distance(a) ? b : a))
}

/** Columns with clustered standard errors whose stars are not those of t(G - 1). */
const clusterFinds = (columns: ReadonlyArray<JudgedColumn>): ReadonlyArray<Find> => {
  const clustered = columns.flatMap((judged) => {
    const df = clusteredDf(judged.column)
    return df === undefined || isEmpty(judged.df) ? [] : [{ judged, clustered: df }]
  })
  const against = clustered.filter(({ clustered: df, judged }) => !holds(judged.df, df))
  if (against.length === 0) return []
  return [
    {
      check: "t(G-1)",
      verdict: "doubt",
      where: against.map(({ judged }) => judged.column.id),
      says: `the stars of ${against.length} of ${clustered.length} columns are not those of t with the number of clusters less one, which is what fits clustered standard errors: they are by ${against.every(({ clustered: df, judged }) => judged.df.low > df) ? "more degrees of freedom, such as the normal distribution" : "others"}`,
      arithmetic: against.map(({ clustered: df, judged }) => `${df + 1} clusters: ${line(furthest(judged.ratios, df), df)}`)
    }
  ]
}

/** Columns of one table whose intervals of degrees of freedom have nothing in common. */
const tableFinds = (columns: ReadonlyArray<JudgedColumn>): ReadonlyArray<Find> => {
  const whole = columns.filter(({ df }) => !isEmpty(df))
  if (whole.length < 2 || !isEmpty(intersection(...whole.map(({ df }) => df)))) return []
  const few = whole.reduce((a, b) => (b.df.high < a.df.high ? b : a))
  const many = whole.filter(({ df }) => df.low > few.df.high)
  return [
    {
      check: "degrees of freedom",
      verdict: "doubt",
      where: [few.column.id, ...many.map(({ column }) => column.id)],
      says: `columns of Table ${few.column.table} have stars by different distributions, under one note: ${few.column.id} needs ${dfText(few.df)}${namedFitting(few)}; ${many.map(({ column }) => column.id).join(", ")} ${many.length === 1 ? "needs" : "need"} more`,
      arithmetic: [
        ...few.ratios.filter((one) => !isEmpty(one.df) && !holds(one.df, Number.POSITIVE_INFINITY)).map((one) => line(one, clusteredDf(few.column))),
        ...othersUnder(few).map((text) => `${few.column.id}: ${text}`),
        ...many.map(({ column, ratios }) => line(extremes(ratios.filter((one) => !isEmpty(one.df)))[0], clusteredDf(column)))
      ]
    }
  ]
}

/** Stars against ratios: each alone, all of a column under one number of degrees of freedom, and the columns of a table. */
export const starsCheck = ({ columns, declared }: Paper): ReadonlyArray<Find> => {
  const judged = columns.flatMap((column): ReadonlyArray<JudgedColumn> => {
    const ratios = ratiosOf(column).map((ratio) => ({ ...ratio, df: starsInterval(ratio.size, ratio.cell.stars, declared.levels) }))
    // A column without any star may be one that the paper puts no stars on.
    if (ratios.length === 0 || ratios.every(({ cell }) => cell.stars === 0)) return []
    const possible = ratios.filter(({ df }) => !isEmpty(df))
    return [{ column, ratios, df: intersection({ low: 0, high: Number.POSITIVE_INFINITY }, ...possible.map(({ df }) => df)) }]
  })
  const tables = [...new Set(judged.map(({ column }) => column.table))]
  return [
    ...judged.flatMap(impossible),
    ...judged.flatMap(columnFinds),
    ...tables.flatMap((table) => tableFinds(judged.filter(({ column }) => column.table === table))),
    ...clusterFinds(judged),
    ...judged.flatMap((column) => edges(column, declared.levels))
  ]
}
