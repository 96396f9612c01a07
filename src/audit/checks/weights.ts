import type { Cell } from "../cells.ts"
import { type Find, shownInterval } from "../find.ts"
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
const withinGroup = (group: string, members: ReadonlyArray<readonly [Cell, Cell]>) =>
  members.map(([overall, within]) => {
    const rest = total(members.filter(([other]) => other !== overall).map(([other]) => other))
    const implied = quotient(exactly(1), sum(exactly(1), quotient(rest, overall.interval)))
    return {
      within,
      agree: meet(implied, within.interval),
      line: `${group}, ${within.term}: ${overall.printed} of ${members.map(([one]) => one.printed).join(" + ")} is in ${shownInterval(implied)}, printed ${within.printed}`
    }
  })

const withinGroups = (table: string, groups: ReadonlyArray<readonly [string, ReadonlyArray<readonly [Cell, Cell]>]>): ReadonlyArray<Find> => {
  if (groups.length === 0) return []
  const rows = groups.flatMap(([group, members]) => withinGroup(group, members))
  const wrong = rows.filter(({ agree }) => !agree)
  return [
    {
      check: "weights",
      verdict: wrong.length === 0 ? "holds" : "contradiction",
      where: wrong.length === 0 ? [`Table ${table}`] : wrong.map(({ within }) => nameOf(within)),
      says:
        wrong.length === 0
          ? `the ${rows.length} weights within the groups of Table ${table} are the overall ones divided by their group's sum`
          : `${wrong.length} of ${rows.length} weights within the groups of Table ${table} are not the overall ones divided by their group's sum: the two columns do not come of one formula and one data set`,
      arithmetic: wrong.map(({ line }) => line)
    }
  ]
}

/** Weights of an index (kinds `weight`, `individual_weight`, `dimension`): sums, and those within groups against the overall ones. */
export const weightsCheck = ({ cells }: Paper): ReadonlyArray<Find> =>
  [...new Set(cells.filter(({ kind }) => kind === "weight" || kind === "individual_weight").map(({ table }) => table))].flatMap((table) => {
    const own = cells.filter((cell) => cell.table === table && (cell.printed !== "" || cell.kind === "dimension"))
    const overall = own.filter(({ kind }) => kind === "weight")
    const within = own.filter(({ kind }) => kind === "individual_weight")
    const groupOf = new Map(own.filter(({ kind }) => kind === "dimension").map(({ term, text }) => [term, text]))
    const groups = [...new Set(within.map(({ term }) => groupOf.get(term) ?? ""))].map((name) => {
      const members = within.filter(({ term }) => (groupOf.get(term) ?? "") === name)
      const pairs = members.flatMap((one) => {
        const all = overall.find(({ term }) => term === one.term)
        return all === undefined ? [] : [[all, one] as const]
      })
      return { name: name === "" ? `Table ${table}` : name, members, pairs }
    })
    return [
      ...(overall.length === 0 ? [] : [sumFind(overall, `overall weights of Table ${table}`)]),
      ...groups.map(({ members, name }) => sumFind(members, `weights within ${name}`)),
      ...withinGroups(
        table,
        groups.filter(({ members, pairs }) => pairs.length === members.length && pairs.length > 1).map(({ name, pairs }) => [name, pairs] as const)
      )
    ]
  })
