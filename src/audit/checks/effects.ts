import { type Find, shown, shownInterval } from "../find.ts"
import { difference, exactly, type Interval, intersection, isEmpty, magnitude, meet, quotient, sum } from "../interval.ts"
import { cellIn, nameOf, type Paper } from "../paper.ts"
import { cellOf, quoted } from "../reference.ts"

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
    const common = intersection(...identities.map(({ needs }) => needs))
    const errorOf = (term: string, total: Interval): string => {
      const z = cellIn(column(effects.total), term, "statistic")
      const error = cellIn(column(effects.total), term, "std_error")
      const value = error?.interval.high ?? (z === undefined ? undefined : magnitude(total).high / magnitude(z.interval).low)
      return value === undefined ? "" : `, standard error at most ${shown(value)}`
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
              `${total.term}: (${beta.printed} + ${theta.printed})/(1 - rho) is in ${shownInterval(implied)}, printed ${total.printed}${errorOf(total.term, total.interval)}; it would need a rho in ${shownInterval(needs)}`
          )
        ]
      }
    ]
  })
