import { quantileSorted } from "../../stats/quantile.ts"
import { Fault } from "../fault.ts"
import { kendallTau, ranksOf, spearman } from "./rank-correlation.ts"

/** The ranks of one entity over all indices; 1 is the highest. */
export interface RankInterval {
  /** In the index that the others are held against. */
  readonly reference: number
  readonly mean: number
  readonly median: number
  readonly best: number
  readonly worst: number
  /** The interval that holds `level` of its ranks: at most (1 - level)/2 of them are beyond either end, and both ends are ranks that it has in some index. */
  readonly low: number
  readonly high: number
  /** Share of the indices that give it the reference's rank. */
  readonly unchanged: number
}

/** One index held against the reference. */
export interface RankAgreement {
  /** Undefined where an index does not vary. */
  readonly kendall: number | undefined
  readonly spearman: number | undefined
  /** (1/n) sum |rank - reference rank|, the average shift in rank (Saisana, Saltelli and Tarantola 2005, eq. 7). */
  readonly averageShift: number
  readonly largestShift: number
}

/** The average shift in rank between two rankings. */
export const averageRankShift = (a: Float64Array, b: Float64Array): number => a.reduce((sum, rank, i) => sum + Math.abs(rank - b[i]!), 0) / a.length

const intervalOf = (sorted: Float64Array, level: number): readonly [low: number, high: number] => {
  const beyond = Math.floor(((1 - level) / 2) * sorted.length + 1e-9)
  return [sorted[beyond]!, sorted[sorted.length - 1 - beyond]!]
}

/** Where an entity's ranks are, over any number of rankings. */
export const rankInterval = (ranks: Float64Array, reference: number, level = 0.9): RankInterval => {
  const sorted = ranks.slice().sort()
  const [low, high] = intervalOf(sorted, level)
  return {
    reference,
    mean: ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length,
    median: quantileSorted(sorted, 0.5, 7),
    best: sorted[0]!,
    worst: sorted[sorted.length - 1]!,
    low,
    high,
    unchanged: ranks.filter((rank) => rank === reference).length / ranks.length
  }
}

/**
 * How ranks of n entities hold over several indices, each a column of n scores, higher being better: the interval of each entity's ranks, and each index against the
 * one at position `reference`. A Fault `indices` where there is none, their lengths differ, or a score is no number.
 */
export const rankStability = (
  indices: ReadonlyArray<Float64Array>,
  { level = 0.9, reference = 0 }: { readonly level?: number; readonly reference?: number } = {}
): { readonly entities: ReadonlyArray<RankInterval>; readonly indices: ReadonlyArray<RankAgreement>; readonly ranks: ReadonlyArray<Float64Array> } => {
  const base = indices[reference]
  if (base === undefined) throw new Fault("indices", `there is no index ${reference} among ${indices.length}`)
  const wrong = indices.findIndex((scores) => scores.length !== base.length || !scores.every(Number.isFinite))
  if (wrong !== -1) throw new Fault("indices", `index ${wrong} has not one finite score for each of the ${base.length} entities`)
  const ranks = indices.map(ranksOf)
  const own = ranks[reference]!
  return {
    ranks,
    entities: Array.from(base, (_, i) =>
      rankInterval(
        Float64Array.from(ranks, (ranking) => ranking[i]!),
        own[i]!,
        level
      )
    ),
    indices: indices.map((scores, k) => ({
      kendall: kendallTau(base, scores),
      spearman: spearman(base, scores),
      averageShift: averageRankShift(ranks[k]!, own),
      largestShift: ranks[k]!.reduce((most, rank, i) => Math.max(most, Math.abs(rank - own[i]!)), 0)
    }))
  }
}
