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
  /** The ends of its interval, at the level that its model was given. */
  readonly conf_low: number | null
  readonly conf_high: number | null
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
  /** As `movedBy` has it. */
  readonly moved: number | null
}

const has = (table: StoredTable, ...names: ReadonlyArray<string>): boolean => names.every((name) => table.columns.some((column) => column.name === name))

/** Whether a table has estimates, by broom's names. One that has each again under every convention for its standard error says nothing of them that their own table does not. */
export const hasEstimates = (table: StoredTable): boolean => has(table, "term", "estimate") && !has(table, "variance", "small_sample")

/** The estimate in a row of a table that has some. */
export const estimateAt = (table: StoredTable, row: number): Estimate => {
  const number = (name: string): number | null => {
    const column = table.columns.find((one) => one.name === name)
    const cell = column === undefined ? null : cellOf(column, row)
    return typeof cell === "number" ? cell : null
  }
  const p = number("p_value")
  return {
    estimate: number("estimate"),
    std_error: number("std_error"),
    p_value: p,
    conf_low: number("conf_low"),
    conf_high: number("conf_high"),
    stars: p === null ? 0 : starCount(p)
  }
}

/** By how many standard errors of before an estimate went up (or down: then it is negative); null where one of them, or that standard error, is missing, or it is 0. */
export const movedBy = (before: Pick<Estimate, "estimate" | "std_error"> | null, after: Pick<Estimate, "estimate"> | null): number | null => {
  if (before?.estimate == null || after?.estimate == null || before.std_error === null || !(before.std_error > 0)) return null
  const moved = (after.estimate - before.estimate) / before.std_error
  return Number.isFinite(moved) ? moved : null
}

/** What moved most comes first, up or down. */
export const byDistance = (a: Pick<EstimateChange, "moved">, b: Pick<EstimateChange, "moved">): number => distance(b) - distance(a)
const distance = ({ moved }: Pick<EstimateChange, "moved">): number => (moved === null ? -1 : Math.abs(moved))

const changeOf = (of: RowKey, before: Estimate, after: Estimate): EstimateChange => ({
  of,
  before,
  after,
  signFlipped: Math.sign(before.estimate ?? Number.NaN) * Math.sign(after.estimate ?? Number.NaN) < 0,
  starsGained: after.stars - before.stars,
  moved: movedBy(before, after)
})

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
  rank(a) - rank(b) || Math.abs(b.starsGained ?? 0) - Math.abs(a.starsGained ?? 0) || byDistance(a, b)

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
