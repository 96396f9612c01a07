import type { Cell } from "../cells.ts"
import { type Find, shown, shownInterval } from "../find.ts"
import { holds, meet, quotient } from "../interval.ts"
import { type Column, cellIn, nameOf, nobsOf, type Paper } from "../paper.ts"
import { quoted } from "../reference.ts"

/** Brackets that are said to hold standard errors, and hold negative numbers. */
const negative = (columns: ReadonlyArray<Column>): ReadonlyArray<Find> => {
  const table = columns[0]!.table
  const below = columns.flatMap((column) =>
    column.cells.filter(
      ({ kind, printed, term }) =>
        printed !== "" &&
        (kind === "std_error" || (kind === "statistic" && column.model.brackets === "std_error")) &&
        cellIn(column, term, "estimate") !== undefined
    )
  )
  if (below.length === 0) return []
  const wrong = below.filter(({ interval }) => interval.high < 0)
  if (wrong.length === 0)
    return [
      {
        check: "brackets",
        verdict: "holds",
        where: [`Table ${table}`],
        says: `no standard error of Table ${table} is negative (${below.length})`,
        arithmetic: []
      }
    ]
  const matching = wrong.filter(
    (cell) =>
      (columns.flatMap(({ cells }) => cells).find((one) => one.kind === "estimate" && one.term === cell.term && one.column === cell.column)?.interval.low ??
        0) < 0
  )
  return [
    {
      check: "brackets",
      verdict: "contradiction",
      where: [`Table ${table}`],
      says: `Table ${table} says that its brackets hold standard errors, and ${wrong.length} of ${below.length} are negative`,
      arithmetic: [
        ...wrong.slice(0, 4).map((cell) => `${nameOf(cell)}: (${cell.printed})`),
        `${matching.length} of these ${wrong.length} stand below a negative estimate, as t or z statistics do`
      ]
    }
  ]
}

/** Standard errors printed as zero: smaller than the decimals show, so that the ratio has no upper bound. */
const zeros = (columns: ReadonlyArray<Column>): ReadonlyArray<Find> => {
  const zero = columns.flatMap(({ cells }) => cells.filter(({ kind, printed }) => kind === "std_error" && printed !== "" && Number(printed) === 0))
  return zero.length === 0
    ? []
    : [
        {
          check: "brackets",
          verdict: "doubt",
          where: zero.map(nameOf),
          says: `${zero.length} ${zero.length === 1 ? "standard error" : "standard errors"} of Table ${columns[0]!.table} ${zero.length === 1 ? "is" : "are"} printed as ${zero[0]!.printed}: of their ratios only a lower bound is known; the variable needs another unit, or the table more decimals`,
          arithmetic: zero.map((error) => {
            const estimate = columns
              .flatMap(({ cells }) => cells)
              .find((one) => one.kind === "estimate" && one.term === error.term && one.column === error.column)
            return `${estimate === undefined ? nameOf(error) : quoted(estimate)} (${error.printed})`
          })
        }
      ]
}

/** z of sigma2: with iid normal errors the variance of its estimate is 2 sigma^4 / n, so that z is sqrt(n / 2). */
const sigma2 = (column: Column): ReadonlyArray<Find> => {
  const estimate = cellIn(column, "sigma2", "estimate")
  const n = nobsOf(column)
  const statistic = cellIn(column, "sigma2", "statistic")
  const error = cellIn(column, "sigma2", "std_error")
  if (estimate === undefined || n === undefined || (statistic === undefined && error === undefined)) return []
  const z = statistic?.interval ?? quotient(estimate.interval, error!.interval)
  const root = Math.sqrt(n.interval.low / 2)
  const { entities, variance, years } = column.model
  const corrected = entities !== undefined && years !== undefined && years > 1 ? Math.sqrt((entities * (years - 1)) / 2) : undefined
  const arithmetic = [
    `${quoted(estimate)}, z in ${shownInterval(z)}; sqrt(${n.printed}/2) = ${shown(root)}${corrected === undefined ? "" : `; with one year less for the effects of entities, sqrt(${entities! * (years! - 1)}/2) = ${shown(corrected)}`}`
  ]
  if (!holds(z, root))
    return [
      { check: "sigma2", verdict: "holds", where: [nameOf(estimate)], says: `z of sigma2 in ${column.id} is not that of uncorrected iid errors`, arithmetic }
    ]
  const claimed = variance === "clustered" || variance === "robust"
  return [
    {
      check: "sigma2",
      verdict: claimed ? "doubt" : "holds",
      where: [nameOf(estimate)],
      says: claimed
        ? `z of sigma2 is sqrt(n/2): the variance is that of iid normal errors, uncorrected for effects, and not ${variance} as is said`
        : "z of sigma2 is sqrt(n/2), as the likelihood with iid normal errors gives it",
      arithmetic
    }
  ]
}

/** An interval that does not hold its estimate. Its limits stand in the estimate's column, or in columns of their own if the table has one interval a row. */
const confidence = (column: Column, all: ReadonlyArray<Cell>): ReadonlyArray<Find> =>
  column.cells.flatMap((cell): ReadonlyArray<Find> => {
    if (cell.kind !== "estimate" || cell.printed === "") return []
    const find = (kind: "conf_low" | "conf_high") => {
      const limits = all.filter((one) => one.table === cell.table && one.term === cell.term && one.kind === kind && one.printed !== "")
      return limits.find((one) => one.column === cell.column) ?? (limits.length === 1 ? limits[0] : undefined)
    }
    const [low, high] = [find("conf_low"), find("conf_high")]
    if (low === undefined || high === undefined) return []
    const inside = meet(cell.interval, { low: low.interval.low, high: high.interval.high })
    return [
      {
        check: "confidence interval",
        verdict: inside ? "holds" : "contradiction",
        where: [nameOf(cell)],
        says: inside ? `the interval of ${nameOf(cell)} holds its estimate` : `the interval of ${nameOf(cell)} does not hold its estimate`,
        arithmetic: [`${cell.printed} and [${low.printed}, ${high.printed}]`]
      }
    ]
  })

export const bracketsCheck = ({ cells, columns }: Paper): ReadonlyArray<Find> => {
  const tables = [...new Set(columns.map(({ table }) => table))]
  return [
    ...tables.flatMap((table) => negative(columns.filter((column) => column.table === table))),
    ...tables.flatMap((table) => zeros(columns.filter((column) => column.table === table))),
    ...columns.flatMap(sigma2),
    ...columns.flatMap((column) => confidence(column, cells))
  ]
}
