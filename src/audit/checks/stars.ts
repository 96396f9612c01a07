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

const line = ({ bracket, cell, df, size }: Judged): string =>
  `${quoted(cell)} (${bracket.printed}): |t| in ${shownInterval(size)}, ${starText(cell.stars)} needs ${dfText(df)}; p under the normal distribution in ${shownInterval({ low: pOf(size.high, Number.POSITIVE_INFINITY), high: pOf(size.low, Number.POSITIVE_INFINITY) })}`

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
        says: `the stars of column ${column.id} agree under no number of degrees of freedom`,
        arithmetic: [
          ...possible.filter((one) => one === atLeast || one === atMost || one.df.low > atMost.df.high || one.df.high < atLeast.df.low).map(line),
          `one column has one distribution: ${dfText({ low: df.low, high: Number.POSITIVE_INFINITY })} and ${dfText({ low: 0, high: df.high })} exclude each other`,
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

/** Columns of a table whose stars are not those of t(G - 1). */
const clusterFinds = (columns: ReadonlyArray<JudgedColumn>): ReadonlyArray<Find> => {
  const against = columns.flatMap((judged) => {
    const clustered = clusteredDf(judged.column)
    const broken = clustered === undefined ? [] : judged.ratios.filter(({ df }) => !isEmpty(df) && !holds(df, clustered))
    return broken.length === 0 || isEmpty(judged.df) ? [] : [{ ...judged, broken, clustered: clustered! }]
  })
  if (against.length === 0) return []
  const table = against[0]!.column.table
  return [
    {
      check: "t(G-1)",
      verdict: "doubt",
      where: against.map(({ column }) => column.id),
      says: `stars of ${against.length} of ${columns.length} columns of Table ${table} are not those of t with the number of clusters less one; they are by more degrees of freedom than clusters give`,
      arithmetic: against.flatMap(({ broken, column, clustered, df }) => [
        `${column.id}: t(${clustered}) for ${clustered + 1} clusters, but its stars need ${dfText(df)}`,
        ...broken.map(line)
      ])
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
      says: `columns of Table ${few.column.table} have stars by different distributions, under one note`,
      arithmetic: [few, ...many].map(({ column, df, ratios }) => {
        const [atLeast, atMost] = extremes(ratios.filter((one) => !isEmpty(one.df)))
        const deciding = column === few.column ? atMost : atLeast
        return `${column.id} needs ${dfText(df)}: ${line(deciding)}`
      })
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
    ...tables.flatMap((table) => {
      const own = judged.filter(({ column }) => column.table === table)
      return [...clusterFinds(own), ...tableFinds(own)]
    })
  ]
}
