import type { StoredTable } from "../../artifact/column.ts"
import { isIntercept } from "../../artifact/estimates.ts"
import { starCount } from "../../artifact/significance.ts"
import type { RowKey } from "./compare-tables.ts"
import { aboutRow, cellOf, type MatchedRows } from "./match-rows.ts"

/** One estimate, under the names of its table's columns; null is missing. */
export interface Estimate {
  readonly estimate: number | null
  readonly std_error: number | null
  readonly p_value: number | null
  /** None to three, at 10, 5 and 1 percent. */
  readonly stars: number
}
export interface EstimateChange {
  /** What it is an estimate of: term, equation, effect. */
  readonly of: RowKey
  /** Null where there was none. */
  readonly before: Estimate | null
  readonly after: Estimate | null
  readonly signFlipped: boolean
  /** Negative where stars were lost; null where there is an estimate on one side only. */
  readonly starsGained: number | null
  /** By how many standard errors of before (of after, if the smaller) the estimate moved; null where there is no telling. */
  readonly moved: number | null
}

const has = (table: StoredTable, ...names: ReadonlyArray<string>): boolean => names.every((name) => table.columns.some((column) => column.name === name))

/** Whether a table has estimates, by broom's names. One that has each again under every convention for its standard error says nothing of them that their own table does not. */
export const hasEstimates = (table: StoredTable): boolean => has(table, "term", "estimate") && !has(table, "variance", "small_sample")

const estimateAt = (table: StoredTable, row: number): Estimate => {
  const number = (name: string): number | null => {
    const column = table.columns.find((one) => one.name === name)
    const cell = column === undefined ? null : cellOf(column, row)
    return typeof cell === "number" ? cell : null
  }
  const p = number("p_value")
  return { estimate: number("estimate"), std_error: number("std_error"), p_value: p, stars: p === null ? 0 : starCount(p) }
}

const changeOf = (of: RowKey, before: Estimate, after: Estimate): EstimateChange => {
  const [b, a] = [before.estimate ?? Number.NaN, after.estimate ?? Number.NaN]
  const errors = [before.std_error, after.std_error].filter((error) => error !== null && error > 0) as ReadonlyArray<number>
  const moved = Math.abs(a - b) / Math.min(...errors)
  return {
    of,
    before,
    after,
    signFlipped: Math.sign(b) * Math.sign(a) < 0,
    starsGained: after.stars - before.stars,
    moved: errors.length > 0 && Number.isFinite(moved) ? moved : null
  }
}

const differ = (before: Estimate, after: Estimate): boolean =>
  before.estimate !== after.estimate || before.std_error !== after.std_error || before.p_value !== after.p_value

/** A sign that flipped where it is significant on either side, stars gained or lost, any other sign that flipped, estimates that came or went, the rest; then intercepts. */
const rank = ({ after, before, of, signFlipped, starsGained }: EstimateChange): number => {
  if (isIntercept(String(of["term"]))) return 5
  if (before === null || after === null) return 3
  if (signFlipped && before.stars + after.stars > 0) return 0
  if (starsGained !== 0) return 1
  return signFlipped ? 2 : 4
}

/** What to tell first comes first; of a rank, what moved by the most standard errors. */
export const byImportance = (a: EstimateChange, b: EstimateChange): number =>
  rank(a) - rank(b) || Math.abs(b.starsGained ?? 0) - Math.abs(a.starsGained ?? 0) || (b.moved ?? -1) - (a.moved ?? -1)

/** The estimates in which two tables differ. Each is known by its term, whatever else tells rows apart. */
export const compareEstimates = (before: StoredTable, after: StoredTable, { added, key, pairs, removed }: MatchedRows): ReadonlyArray<EstimateChange> => {
  const names = key.includes("term") ? key : [...key, "term"]
  return [
    ...pairs.flatMap(([from, to]) => {
      const [was, is] = [estimateAt(before, from), estimateAt(after, to)]
      return differ(was, is) ? [changeOf(aboutRow(after, names, to), was, is)] : []
    }),
    ...added.map((row) => ({
      of: aboutRow(after, names, row),
      before: null,
      after: estimateAt(after, row),
      signFlipped: false,
      starsGained: null,
      moved: null
    })),
    ...removed.map((row) => ({
      of: aboutRow(before, names, row),
      before: estimateAt(before, row),
      after: null,
      signFlipped: false,
      starsGained: null,
      moved: null
    }))
  ].sort(byImportance)
}
