import { chi2Upper, fUpper } from "../../stats/distributions.ts"
import { pOf } from "../degrees-of-freedom.ts"
import { type Find, shownInterval } from "../find.ts"
import { type Interval, magnitude, meet } from "../interval.ts"
import { columnId, nameOf, type Paper } from "../paper.ts"
import { cellOf, quoted } from "../reference.ts"

const DISTRIBUTION = /^(?:(normal)|(chi2|t)\((\d+)\)|(F)\((\d+), ?(\d+)\))$/

/** Upper tail (two-sided for t and normal) of the distribution that `chi2(1)`, `F(1, 30)`, `t(30)` or `normal` names; nothing where it is none of these. */
export const distributionNamed = (name: string): ((x: number) => number) | undefined => {
  const match = DISTRIBUTION.exec(name.trim())
  if (match === null) return undefined
  const [, normal, one, df, , df1, df2] = match
  const all = [df, df1, df2].filter((part) => part !== undefined).map(Number)
  if (all.some((part) => part < 1)) return undefined
  if (normal !== undefined) return (x) => pOf(Math.abs(x), Number.POSITIVE_INFINITY)
  if (one === "chi2") return (x) => (x <= 0 ? 1 : chi2Upper(x, Number(df)))
  if (one === "t") return (x) => pOf(Math.abs(x), Number(df))
  return (x) => (x <= 0 ? 1 : fUpper(x, Number(df1), Number(df2)))
}

/** What p may have been under the stars that are printed: between the level of these and that of one more. */
const starRange = (stars: number, levels: ReadonlyArray<number>): Interval => ({
  low: stars >= levels.length ? 0 : levels[stars]!,
  high: stars === 0 ? 1 : levels[stars - 1]!
})

/** Test statistics against the p or the stars printed with them. */
export const testsCheck = ({ cells, declared }: Paper): ReadonlyArray<Find> =>
  declared.tests.flatMap(({ against, cell: reference, of }): ReadonlyArray<Find> => {
    const statistic = cellOf(cells, reference)
    const p = cells.find((one) => one.kind === "p_value" && one.printed !== "" && columnId(one) === columnId(statistic) && one.term === statistic.term)
    const printed = p?.interval ?? starRange(statistic.stars, declared.levels)
    const implied = against.map((name) => {
      const tail = distributionNamed(name)!
      const size = name.startsWith("chi2") || name.startsWith("F") ? statistic.interval : magnitude(statistic.interval)
      // A hair for the distribution function's own error.
      const interval = { low: tail(size.high) * (1 - 1e-9), high: tail(size.low) * (1 + 1e-9) }
      return { name, interval, agrees: meet(interval, printed) }
    })
    const fits = implied.filter(({ agrees }) => agrees)
    const what =
      p === undefined ? `its ${statistic.stars} stars, p in ${shownInterval(printed)}` : `the printed p of ${p.printed}, in ${shownInterval(printed)}`
    return [
      {
        check: "p-value",
        verdict: fits.length > 0 ? "holds" : "contradiction",
        where: [nameOf(statistic)],
        says:
          fits.length > 0
            ? `${nameOf(statistic)} has the p that ${fits[0]!.name} gives`
            : `${quoted(statistic)} has ${p === undefined ? "stars" : `a p of ${p.printed}`} that it does not give: by ${implied[0]!.name} p is in ${shownInterval(implied[0]!.interval)}`,
        arithmetic: [
          `${quoted(statistic)}, in ${shownInterval(statistic.interval)}; ${what}`,
          implied.map(({ interval, name }) => `${name} gives p in ${shownInterval(interval)}`).join("; "),
          ...(of === undefined ? [] : [of])
        ]
      }
    ]
  })
