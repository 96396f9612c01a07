import { type Find, shownInterval } from "../find.ts"
import { meet, product, quotient, square } from "../interval.ts"
import { type Column, cellIn, nameOf, type Paper } from "../paper.ts"
import { quoted } from "../reference.ts"

/** Statistics of the other sign than their estimates; a Wald chi2 has none, so that a column without a negative statistic is left alone. */
const signFinds = (column: Column): ReadonlyArray<Find> => {
  const rows = column.cells.flatMap((estimate) => {
    const statistic = estimate.kind === "estimate" && estimate.printed !== "" ? cellIn(column, estimate.term, "statistic") : undefined
    return statistic === undefined ? [] : [{ estimate, statistic }]
  })
  if (rows.every(({ statistic }) => statistic.interval.high >= 0)) return []
  const wrong = rows.filter(({ estimate, statistic }) => product(estimate.interval, statistic.interval).high < 0)
  return wrong.length === 0
    ? []
    : [
        {
          check: "t ratio",
          verdict: "contradiction",
          where: wrong.map(({ estimate }) => nameOf(estimate)),
          says: `statistics of column ${column.id} have the other sign than their estimates`,
          arithmetic: wrong.map(({ estimate, statistic }) => `${quoted(estimate)} (${statistic.printed})`)
        }
      ]
}

const columnFinds = (column: Column): ReadonlyArray<Find> => {
  const rows = column.cells.flatMap((estimate) => {
    if (estimate.kind !== "estimate" || estimate.printed === "") return []
    const [error, statistic] = [cellIn(column, estimate.term, "std_error"), cellIn(column, estimate.term, "statistic")]
    if (error === undefined || statistic === undefined || error.interval.high <= 0) return []
    const ratio = quotient(estimate.interval, { low: Math.max(0, error.interval.low), high: error.interval.high })
    // Some programs print the Wald chi2, which is the square.
    return [{ estimate, error, statistic, ratio, agrees: meet(ratio, statistic.interval) || meet(square(ratio), statistic.interval) }]
  })
  if (rows.length === 0) return []
  const wrong = rows.filter(({ agrees }) => !agrees)
  return wrong.length === 0
    ? [
        {
          check: "t ratio",
          verdict: "holds",
          where: [column.id],
          says: `the statistics of column ${column.id} (${rows.length}) are estimate over standard error`,
          arithmetic: []
        }
      ]
    : [
        {
          check: "t ratio",
          verdict: "contradiction",
          where: wrong.map(({ estimate }) => nameOf(estimate)),
          says: `statistics of column ${column.id} (${wrong.length} of ${rows.length}) are not estimate over standard error`,
          arithmetic: wrong.map(
            ({ error, estimate, ratio, statistic }) => `${quoted(estimate)} over ${error.printed} is in ${shownInterval(ratio)}, printed ${statistic.printed}`
          )
        }
      ]
}

/** Where estimate, standard error and statistic are all printed: the third is the first over the second, or its square. */
export const tRatiosCheck = ({ columns }: Paper): ReadonlyArray<Find> => columns.flatMap((column) => [...columnFinds(column), ...signFinds(column)])
