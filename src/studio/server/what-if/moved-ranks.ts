import type { StoredTable } from "../../../artifact/column.ts"
import { kendallTau, spearman } from "../../../econometrics/comparison/rank-correlation.ts"
import { cellOf } from "../../../engine/diff/match-rows.ts"
import type { MovedRanks } from "../../messages/what-if.ts"

/** Of so many entities is told that they moved. */
const TOLD = 12

/** The newest year that both tables have, with each entity's value of a column on either side. */
const pairs = (before: StoredTable, after: StoredTable, column: string) => {
  const read = (table: StoredTable) => {
    const [entity, year, value] = ["entity", "year", column].map((name) => table.columns.find((one) => one.name === name))
    const rows = new Map<string, number>()
    const years = new Set<number>()
    if (entity === undefined || year === undefined || value === undefined) return undefined
    for (let row = 0; row < table.rows; row++) {
      const [of, at, is] = [cellOf(entity, row), cellOf(year, row), cellOf(value, row)]
      if (typeof at === "number" && typeof is === "number") {
        years.add(at)
        rows.set(JSON.stringify([at, of]), is)
      }
    }
    return { rows, years }
  }
  const [was, is] = [read(before), read(after)]
  if (was === undefined || is === undefined) return undefined
  const year = Math.max(...[...was.years].filter((one) => is.years.has(one)))
  const found = [...was.rows].flatMap(([key, old]) => {
    const [at, entity] = JSON.parse(key) as [number, string]
    const now = is.rows.get(key)
    return at !== year || now === undefined ? [] : [{ entity: String(entity), old, now }]
  })
  return { year, found }
}

/** Ranks from the largest value down; equal values share the first of theirs, as in the pictures of ranks. */
const sharedRanks = (values: Float64Array): ReadonlyArray<number> => {
  const first = new Map<number, number>()
  for (const [i, value] of Float64Array.from(values).sort().reverse().entries()) if (!first.has(value)) first.set(value, i + 1)
  return Array.from(values, (value) => first.get(value)!)
}

/** How the ranks of entities by an index moved, in the newest year; undefined where a table does not have it by entity and year. */
export const movedRanks = (node: string, column: string, before: StoredTable, after: StoredTable): MovedRanks | undefined => {
  const compared = pairs(before, after, column)
  if (compared === undefined || compared.found.length < 3) return undefined
  const { found, year } = compared
  const [old, now] = [Float64Array.from(found, (one) => one.old), Float64Array.from(found, (one) => one.now)]
  const [was, is] = [sharedRanks(old), sharedRanks(now)]
  const movers = found
    .map(({ entity }, i) => ({ entity, before: was[i]!, after: is[i]! }))
    .filter((one) => one.before !== one.after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || a.after - b.after)
  return {
    node,
    column,
    year,
    entities: found.length,
    kendall: kendallTau(old, now) ?? null,
    spearman: spearman(old, now) ?? null,
    movers: movers.slice(0, TOLD)
  }
}
