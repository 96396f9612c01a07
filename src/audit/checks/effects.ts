import type { Cell } from "../cells.ts"
import { type Find, shown, shownInterval } from "../find.ts"
import { difference, exactly, type Interval, intersection, isEmpty, magnitude, meet, quotient, sum } from "../interval.ts"
import { type Column, cellIn, nameOf, type Paper } from "../paper.ts"
import { cellOf, quoted } from "../reference.ts"

/** The standard error of an estimate: as printed, or the estimate over its printed statistic. */
const errorOf = (column: Column, estimate: Cell): Interval | undefined => {
  const error = cellIn(column, estimate.term, "std_error")
  const statistic = cellIn(column, estimate.term, "statistic")
  if (error !== undefined) return error.interval
  return statistic === undefined ? undefined : quotient(magnitude(estimate.interval), magnitude(statistic.interval))
}

/**
 * Effects of a spatial Durbin model whose weights have rows that sum to one: total = direct + indirect, and total = (beta + theta) / (1 - rho) (LeSage and Pace 2009,
 * ch. 2.7). The second holds for the effects at the estimates; commands that average over simulated parameters print numbers near them.
 */
export const effectsCheck = ({ cells, columns, declared }: Paper): ReadonlyArray<Find> =>
  declared.effects.flatMap((effects): ReadonlyArray<Find> => {
    const column = (id: string) => columns.find((one) => one.id === id)!
    const rho = cellOf(cells, effects.rho)
    const rows = column(effects.total).cells.flatMap((total) => {
      if (total.kind !== "estimate") return []
      const [direct, indirect, beta] = [effects.direct, effects.indirect, effects.main].map((id) => cellIn(column(id), total.term, "estimate"))
      const theta = cellIn(column(effects.lagged), `${effects.prefix}${total.term}`, "estimate")
      return direct && indirect && beta && theta ? [{ total, direct, indirect, beta, theta }] : []
    })
    const sums = rows.map((row) => ({ ...row, implied: sum(row.direct.interval, row.indirect.interval) }))
    const wrongSums = sums.filter(({ implied, total }) => !meet(implied, total.interval))
    const multiplier = difference(exactly(1), rho.interval)
    const identities = rows.map((row) => {
      const both = sum(row.beta.interval, row.theta.interval)
      // The rho that this row would need: 1 - (beta + theta) / total.
      const needs: Interval = difference(exactly(1), quotient(both, row.total.interval))
      return { ...row, implied: quotient(both, multiplier), needs }
    })
    const wrong = identities.filter(({ implied, total }) => !meet(implied, total.interval))
    const triangles = rows.flatMap(({ direct, indirect, total }) => {
      const [d, i, t] = [errorOf(column(effects.direct), direct), errorOf(column(effects.indirect), indirect), errorOf(column(effects.total), total)]
      if (d === undefined || i === undefined || t === undefined) return []
      const [most, least] = [sum(d, i), difference(i, d)]
      const room = { low: Math.max(0, magnitude(least).low), high: most.high }
      return [{ total, room, error: t, agrees: meet(room, t) }]
    })
    const wrongTriangles = triangles.filter(({ agrees }) => !agrees)
    const common = intersection(...identities.map(({ needs }) => needs))
    const errorText = (total: Cell): string => {
      const error = errorOf(column(effects.total), total)
      return error === undefined ? "" : `, standard error at most ${shown(error.high)}`
    }
    return [
      {
        check: "total effects",
        verdict: wrongSums.length === 0 ? "holds" : "contradiction",
        where: wrongSums.length === 0 ? [effects.total] : wrongSums.map(({ total }) => nameOf(total)),
        says:
          wrongSums.length === 0
            ? `the ${sums.length} total effects are the direct plus the indirect ones`
            : "total effects are not the direct plus the indirect ones",
        arithmetic: wrongSums.map(
          ({ direct, implied, indirect, total }) =>
            `${direct.term}: ${direct.printed} + ${indirect.printed} is in ${shownInterval(implied)}, printed ${total.printed}`
        )
      },
      ...(triangles.length === 0
        ? []
        : [
            {
              check: "total effects",
              verdict: wrongTriangles.length === 0 ? ("holds" as const) : ("contradiction" as const),
              where: wrongTriangles.length === 0 ? [effects.total] : wrongTriangles.map(({ total }) => nameOf(total)),
              says:
                wrongTriangles.length === 0
                  ? `the ${triangles.length} standard errors of total effects are between the difference and the sum of those of the direct and the indirect ones`
                  : "standard errors of total effects that no correlation of direct and indirect ones gives: they are outside of the difference and the sum of the two",
              arithmetic: wrongTriangles.map(({ error, room, total }) => `${total.term}: ${shownInterval(error)}, and possible is ${shownInterval(room)}`)
            }
          ]),
      {
        check: "(beta + theta)/(1 - rho)",
        verdict: wrong.length === 0 ? "holds" : "doubt",
        where: wrong.length === 0 ? [effects.total] : wrong.map(({ total }) => nameOf(total)),
        says:
          wrong.length === 0
            ? `the ${rows.length} total effects are (beta + theta)/(1 - rho)`
            : `${wrong.length} of ${rows.length} total effects are not (beta + theta)/(1 - rho)${isEmpty(common) ? ", and no one rho would make them so" : ""}: they are simulated, or come of another fit or of weights whose rows do not sum to one`,
        arithmetic: [
          `${quoted(rho)}, so 1 - rho is in ${shownInterval(multiplier)}`,
          ...wrong.map(
            ({ beta, implied, needs, theta, total }) =>
              `${total.term}: (${beta.printed} + ${theta.printed})/(1 - rho) is in ${shownInterval(implied)}, printed ${total.printed}${errorText(total)}; it would need a rho in ${shownInterval(needs)}`
          )
        ]
      }
    ]
  })
