import { choleskySolve } from "../../linalg/cholesky.ts"
import { Fault } from "../fault.ts"
import type { Factor } from "../sample/factor.ts"
import { conjugateEffects } from "./conjugate-effects.ts"
import { type EffectSystem, effectSystem, groupWeights, offsets } from "./effect-system.ts"
import { deviations, groupMeans } from "./group-means.ts"

/** The projection off the dummies of any number of factors, weighted where there are weights. */
export interface Absorption {
  readonly factors: ReadonlyArray<Factor>
  /** x less its (weighted) projection on all effects, in a new array; without factors, a copy. */
  readonly residualize: (x: Float64Array) => Float64Array
  /** Number of parameters absorbed: the rank of all dummies together. */
  readonly rank: number
  /** False where `rank` is an upper bound: three or more factors with too many groups to find it exactly. */
  readonly exactRank: boolean
  /** Each row's leverage from the effects alone, w d_i'(D'WD)^- d_i. A Fault where there are too many effects to find it. */
  readonly leverage: () => Float64Array
}

/** With more groups beside the largest factor than this, their effects are found by iteration instead of one factorisation. */
const DIRECT = 1000

/** Sums over the rows of each group that are left by rounding, against the norm of what is swept. */
const CLEAN = 1e-14
const SWEEPS = 4

/** Every combination of the two factors' groups has exactly one row. */
const isCrossed = (a: Factor, b: Factor): boolean => {
  const rows = a.codes.length
  if (rows !== a.levels * b.levels) return false
  const seen = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) {
    const cell = a.codes[i]! * b.levels + b.codes[i]!
    if (seen[cell] === 1) return false
    seen[cell] = 1
  }
  return true
}

const none: Absorption = { factors: [], residualize: (x) => x.slice(), rank: 0, exactRank: true, leverage: () => new Float64Array(0) }

/**
 * Absorbs the effects of factors.
 *
 * One factor: deviations from its groups' means. Two that cross once and without weights (a balanced panel): x_it - x_i. - x_.t + x_.. in closed form.
 * Otherwise the largest factor is swept out by means, and the effects of the others solve D'WQD g = D'WQx by one Cholesky factorisation (Wansbeek and
 * Kapteyn 1989 for two factors), or with more than 1,000 groups by conjugate gradients. The sweep is repeated until what is left sums to rounding error in
 * every group.
 */
export const absorb = (factors: ReadonlyArray<Factor>, weights?: Float64Array): Absorption => {
  if (factors.length === 0) return none
  const first = factors.reduce((most, factor) => (factor.levels > most.levels ? factor : most))
  const others = factors.filter((factor) => factor !== first)
  const total = groupWeights(first, weights)
  const takeOffFirst = groupMeans(first, weights)
  const rows = first.codes.length
  const weightOf = (i: number): number => (weights === undefined ? 1 : weights[i]!)
  if (others.length === 0)
    return {
      factors,
      residualize: (x) => deviations(x, takeOffFirst),
      rank: first.levels,
      exactRank: true,
      leverage: () => Float64Array.from(first.codes, (g, i) => weightOf(i) / total[g]!)
    }
  const second = others[0]!
  if (others.length === 1 && weights === undefined && isCrossed(first, second)) {
    const takeOffSecond = groupMeans(second, undefined)
    const share = 1 / first.levels + 1 / second.levels - 1 / rows
    return {
      factors,
      residualize: (x) =>
        deviations(x, (left) => {
          takeOffFirst(left)
          takeOffSecond(left)
        }),
      rank: first.levels + second.levels - 1,
      exactRank: true,
      leverage: () => new Float64Array(rows).fill(share)
    }
  }
  const size = others.reduce((sum, { levels }) => sum + levels, 0)
  const system = size <= DIRECT ? effectSystem(first, others, weights) : undefined
  const iterative = system === undefined ? conjugateEffects(first, others, weights) : undefined
  const solve = (system ?? iterative!).solve
  return {
    factors,
    residualize: (x) => sweep(x, takeOffFirst, others, weights, solve),
    rank: first.levels + (system === undefined ? iterative!.rank : system.kept.length),
    exactRank: system !== undefined || iterative!.exactRank,
    leverage: () => {
      if (system === undefined)
        throw new Fault(
          "too-many-effects",
          `leverages need the effects of ${others.map(({ levels, name }) => `${levels} ${name}`).join(" and ")} beside those of ${first.name} one by one, and more than ${DIRECT} are too many: take HC1 or clustered standard errors`
        )
      return leverages(system, first, others, total, weights)
    }
  }
}

/** x less the effects of all factors, swept until clean. */
const sweep = (
  x: Float64Array,
  takeOffFirst: (x: Float64Array) => void,
  others: ReadonlyArray<Factor>,
  weights: Float64Array | undefined,
  solve: (d: Float64Array) => Float64Array
): Float64Array => {
  const left = x.slice()
  const from = offsets(others)
  const size = others.reduce((sum, { levels }) => sum + levels, 0)
  const groups = others.map((factor) => groupWeights(factor, weights))
  const d = new Float64Array(size)
  takeOffFirst(left)
  for (let round = 0; round < SWEEPS; round++) {
    d.fill(0)
    let square = 0
    for (let f = 0; f < others.length; f++) {
      const { codes } = others[f]!
      const at = from[f]!
      if (weights === undefined) for (let i = 0; i < left.length; i++) d[at + codes[i]!] = d[at + codes[i]!]! + left[i]!
      else for (let i = 0; i < left.length; i++) d[at + codes[i]!] = d[at + codes[i]!]! + weights[i]! * left[i]!
    }
    if (round > 0) {
      if (weights === undefined) for (let i = 0; i < left.length; i++) square += left[i]! * left[i]!
      else for (let i = 0; i < left.length; i++) square += weights[i]! * left[i]! * left[i]!
      const norm = Math.sqrt(square)
      if (groups.every((mass, f) => mass.every((w, c) => Math.abs(d[from[f]! + c]!) <= CLEAN * Math.sqrt(w) * norm))) return left
    }
    const effects = solve(d)
    for (let f = 0; f < others.length; f++) {
      const { codes } = others[f]!
      const at = from[f]!
      for (let i = 0; i < left.length; i++) left[i] = left[i]! - effects[at + codes[i]!]!
    }
    takeOffFirst(left)
  }
  return left
}

/** w_i (1/W_g + u_i'(D'WQD)^-1 u_i), u_i being row i of QD. */
const leverages = (
  { factor, kept, size }: EffectSystem,
  first: Factor,
  others: ReadonlyArray<Factor>,
  total: Float64Array,
  weights: Float64Array | undefined
): Float64Array => {
  const from = offsets(others)
  const k = kept.length
  const at = new Int32Array(size).fill(-1)
  for (const [j, group] of kept.entries()) at[group] = j
  const identity = new Float64Array(k * k)
  for (let j = 0; j < k; j++) identity[j * k + j] = 1
  const inverse = choleskySolve(factor, k, identity, k)
  /** Which kept groups row i is in. */
  const groupsOf = (i: number): Array<number> => others.map(({ codes }, f) => at[from[f]! + codes[i]!]!).filter((j) => j >= 0)
  const w = (i: number): number => (weights === undefined ? 1 : weights[i]!)
  const members = Array.from({ length: first.levels }, () => [] as Array<number>)
  for (let i = 0; i < first.codes.length; i++) members[first.codes[i]!]!.push(i)
  const result = new Float64Array(first.codes.length)
  for (const [g, rows] of members.entries()) {
    const mean = new Float64Array(k)
    for (const i of rows) for (const j of groupsOf(i)) mean[j] = mean[j]! + w(i) / total[g]!
    const solved = new Float64Array(k)
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) solved[a] = solved[a]! + inverse[a * k + b]! * mean[b]!
    let whole = 0
    for (let a = 0; a < k; a++) whole += mean[a]! * solved[a]!
    for (const i of rows) {
      const own = groupsOf(i)
      let quadratic = whole
      for (const a of own) {
        quadratic -= 2 * solved[a]!
        for (const b of own) quadratic += inverse[a * k + b]!
      }
      result[i] = w(i) * (1 / total[g]! + quadratic)
    }
  }
  return result
}
