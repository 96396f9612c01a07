import { type Find, shown, shownInterval } from "../find.ts"
import { difference, exactly, isEmpty, product, quotient, square } from "../interval.ts"
import { nameOf, type Paper } from "../paper.ts"
import { cellOf, quoted } from "../reference.ts"

/** So many standard deviations from the mean, a value of a panel of some hundreds is more likely a slip than a draw, and carries much of the variance. */
const FAR = 10

/**
 * A variable's printed mean, standard deviation, minimum and maximum, of n values: min <= mean <= max; none is further from the mean than sd (n - 1) / sqrt(n)
 * (Samuelson 1968); and sd^2 (n - 1) / n is at most (max - mean)(mean - min) (Bhatia and Davis 2000).
 */
const variable = (table: string, term: string, { cells }: Paper): ReadonlyArray<Find> => {
  // A table of several samples has several of each, and which belong together is not told.
  const find = (kind: string) => {
    const some = cells.filter((cell) => cell.table === table && cell.term === term && cell.kind === kind && cell.printed !== "")
    return some.length === 1 ? some[0] : undefined
  }
  const [mean, sd, min, max, n] = ["mean", "sd", "min", "max", "nobs"].map(find)
  if (!mean || !sd || !min || !max || !n || n.interval.low < 2) return []
  const count = n.interval.low
  const [above, below] = [difference(max.interval, mean.interval), difference(mean.interval, min.interval)]
  const farthest = product(sd.interval, exactly((count - 1) / Math.sqrt(count)))
  const variance = product(square(sd.interval), exactly((count - 1) / count))
  const room = product({ low: Math.max(0, above.low), high: Math.max(0, above.high) }, { low: Math.max(0, below.low), high: Math.max(0, below.high) })
  const faults = [
    ...(above.high < 0 || below.high < 0 ? [`mean ${mean.printed} is outside of [${min.printed}, ${max.printed}]`] : []),
    ...(above.low > farthest.high || below.low > farthest.high
      ? [
          `of ${n.printed} values none is further from the mean than sd (n-1)/sqrt(n), in ${shownInterval(farthest)}; ${max.printed} is ${shown(above.low)} above it, ${min.printed} ${shown(below.low)} below`
        ]
      : []),
    ...(above.high >= 0 && below.high >= 0 && variance.low > room.high
      ? [`sd² (n-1)/n, in ${shownInterval(variance)}, is more than (max - mean)(mean - min), in ${shownInterval(room)}`]
      : [])
  ]
  const where = [`${table} ${term}`]
  const far = [
    { extreme: max, side: "above", away: above },
    { extreme: min, side: "below", away: below }
  ].filter(({ away }) => away.low > FAR * sd.interval.high)
  if (faults.length === 0 && far.length > 0)
    return [
      {
        check: "summary statistics",
        verdict: "doubt",
        where,
        says: `${far.map(({ away, extreme, side }) => `the ${extreme.kind === "max" ? "maximum" : "minimum"} of ${term} is ${shown(away.low / sd.interval.high)} or more standard deviations ${side} its mean`).join(", and ")}: one value, or a slip of its unit, that regressions may rest on`,
        arithmetic: far.map(
          ({ away, extreme }) =>
            `|${extreme.printed} - ${mean.printed}| / ${sd.printed} is in ${shownInterval(quotient(away, sd.interval))}; this one value is at least ${shown((100 * away.low ** 2) / ((count - 1) * sd.interval.high ** 2))}% of the sum of squares about the mean, (${n.printed} - 1) x ${sd.printed}²`
        )
      }
    ]
  return faults.length === 0
    ? [
        {
          check: "summary statistics",
          verdict: "holds",
          where,
          says: `mean, sd, minimum and maximum of ${term} can be those of ${n.printed} values`,
          arithmetic: []
        }
      ]
    : [
        {
          check: "summary statistics",
          verdict: "contradiction",
          where,
          says: `no ${n.printed} values have this mean, sd, minimum and maximum of ${term}`,
          arithmetic: faults
        }
      ]
}

export const summaryCheck = (paper: Paper): ReadonlyArray<Find> => {
  const { cells, declared } = paper
  const variables = [...new Set(cells.filter(({ kind }) => kind === "mean").map(({ table, term }) => JSON.stringify([table, term])))]
  const minima = declared.minima.map(({ above, because, cell: reference, verdict }): Find => {
    const cell = cellOf(cells, reference)
    const possible = cell.interval.low > above
    const [mean, sd] = (["mean", "sd"] as const).map((kind) => cells.find((one) => one.table === cell.table && one.term === cell.term && one.kind === kind))
    const away = mean === undefined || sd === undefined || isEmpty(sd.interval) ? undefined : quotient(difference(mean.interval, cell.interval), sd.interval)
    return {
      check: "minima",
      verdict: possible ? "holds" : cell.interval.high <= above ? verdict : "doubt",
      where: [nameOf(cell)],
      says: possible
        ? `the minimum of ${cell.term} is above ${above}, as it has to be`
        : `the minimum of ${cell.term} is printed as ${cell.printed}: ${because}`,
      arithmetic: [
        `${quoted(cell)}, in ${shownInterval(cell.interval)}${away === undefined ? "" : `; ${shown(away.low)} to ${shown(away.high)} standard deviations below the mean of ${mean!.printed}`}`
      ]
    }
  })
  return [...variables.flatMap((key) => variable(...(JSON.parse(key) as [string, string]), paper)), ...minima]
}
