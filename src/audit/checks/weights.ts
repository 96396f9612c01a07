import type { Cell } from "../cells.ts"
import { type Find, shown, shownInterval } from "../find.ts"
import { exactly, holds, type Interval, meet, quotient, sum } from "../interval.ts"
import { nameOf, type Paper } from "../paper.ts"

const total = (cells: ReadonlyArray<Cell>): Interval => cells.reduce((all, { interval }) => sum(all, interval), exactly(0))

const sumFind = (cells: ReadonlyArray<Cell>, what: string): Find => {
  const interval = total(cells)
  const one = holds(interval, 1)
  return {
    check: "weights",
    verdict: one ? "holds" : "contradiction",
    where: [what],
    says: `the ${cells.length} ${what} ${one ? "may sum to one" : "do not sum to one, however they were rounded"}`,
    arithmetic: [`${cells.map(({ printed }) => printed).join(" + ")} is in ${shownInterval(interval)}`]
  }
}

/**
 * A weight within its group is its overall weight over the sum of the group's, where both come of the same formula (an entropy weight is the indicator's own utility
 * over a sum). w / (w + rest) is written 1 / (1 + rest / w), so that each printed number stands in it once and the interval is as narrow as it can be.
 */
const withinGroup = (group: string, members: ReadonlyArray<readonly [Cell, Cell]>): Find => {
  const rows = members.map(([overall, within]) => {
    const rest = total(members.filter(([other]) => other !== overall).map(([other]) => other))
    const implied = quotient(exactly(1), sum(exactly(1), quotient(rest, overall.interval)))
    return { overall, within, implied, agree: meet(implied, within.interval) }
  })
  const wrong = rows.filter(({ agree }) => !agree)
  return {
    check: "weights",
    verdict: wrong.length === 0 ? "holds" : "contradiction",
    where: wrong.length === 0 ? [group] : wrong.map(({ within }) => nameOf(within)),
    says:
      wrong.length === 0
        ? `the weights within ${group} are the overall ones divided by their sum`
        : `${wrong.length} of ${rows.length} weights within ${group} are not the overall ones divided by their sum: they do not come of one formula and one data set`,
    arithmetic: wrong.map(
      ({ implied, overall, within }) =>
        `${within.term}: ${overall.printed} of ${members.map(([one]) => one.printed).join(" + ")} (${shown(members.reduce((all, [one]) => all + Number(one.printed), 0))}) is in ${shownInterval(implied)}, printed ${within.printed}`
    )
  }
}

/** Weights of an index (kinds `weight`, `individual_weight`, `dimension`): sums, and those within groups against the overall ones. */
export const weightsCheck = ({ cells }: Paper): ReadonlyArray<Find> =>
  [...new Set(cells.filter(({ kind }) => kind === "weight" || kind === "individual_weight").map(({ table }) => table))].flatMap((table) => {
    const own = cells.filter((cell) => cell.table === table && (cell.printed !== "" || cell.kind === "dimension"))
    const overall = own.filter(({ kind }) => kind === "weight")
    const within = own.filter(({ kind }) => kind === "individual_weight")
    const groupOf = new Map(own.filter(({ kind }) => kind === "dimension").map(({ term, text }) => [term, text]))
    const groups = [...new Set(within.map(({ term }) => groupOf.get(term) ?? ""))]
    return [
      ...(overall.length === 0 ? [] : [sumFind(overall, `overall weights of Table ${table}`)]),
      ...groups.flatMap((group) => {
        const members = within.filter(({ term }) => (groupOf.get(term) ?? "") === group)
        const pairs = members.flatMap((one) => {
          const all = overall.find(({ term }) => term === one.term)
          return all === undefined ? [] : [[all, one] as const]
        })
        return [
          sumFind(members, `weights within ${group === "" ? `Table ${table}` : group}`),
          ...(pairs.length === members.length && pairs.length > 1 ? [withinGroup(group, pairs)] : [])
        ]
      })
    ]
  })
