import { groupWeights, offsets } from "./effect-system.ts"
import { type Factor, intersection } from "./factor.ts"

/** The effects of many groups, found by iteration. */
export interface ConjugateEffects {
  /** A solution of (D'WQD) g = d, d being overwritten by it. */
  readonly solve: (d: Float64Array) => Float64Array
  /** Rank of the other factors' dummies beside the first's. */
  readonly rank: number
  /** False where `rank` is an upper bound. */
  readonly exactRank: boolean
}

/** Residual norm, against the right-hand side's, at which an iteration ends; the sweep that calls it is repeated, so that what is left then is rounding. */
const CONVERGED = 1e-12
const ITERATIONS = 5000

/** Iterations without progress after which the best so far is the answer: rounding has put into the right-hand side what no effects can give. */
const STALLED = 20

/** Number of separate parts that rows connect the groups of two factors into. */
const components = (a: Factor, b: Factor): number => {
  const parent = Int32Array.from({ length: a.levels + b.levels }, (_, i) => i)
  const root = (start: number): number => {
    let i = start
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]!]!
      i = parent[i]!
    }
    return i
  }
  let parts = parent.length
  for (let i = 0; i < a.codes.length; i++) {
    const [u, v] = [root(a.codes[i]!), root(a.levels + b.codes[i]!)]
    if (u === v) continue
    parent[u] = v
    parts--
  }
  return parts
}

/**
 * Conjugate gradients with the diagonal as preconditioner for the effects of all factors but the first, which means take off (as in Correia 2016, "A
 * feasible estimator for linear models with multi-way fixed effects"). The system is singular as a rule; starting at zero, its right-hand side lying in its
 * range, the iteration stays there. The rank of two factors is exact: their groups less the parts of their graph; each further factor is counted against
 * the first alone, which is an upper bound.
 */
export const conjugateEffects = (first: Factor, others: ReadonlyArray<Factor>, weights: Float64Array | undefined): ConjugateEffects => {
  const from = offsets(others)
  const size = others.reduce((sum, { levels }) => sum + levels, 0)
  const total = groupWeights(first, weights)
  const diagonal = new Float64Array(size)
  for (const [f, other] of others.entries()) {
    diagonal.set(groupWeights(other, weights), from[f]!)
    // Less what the means of the first factor take off: the squared share of each of its groups.
    const cells = intersection(first, other)
    const mass = groupWeights(cells, weights)
    const counted = new Uint8Array(cells.levels)
    for (let i = 0; i < cells.codes.length; i++) {
      const cell = cells.codes[i]!
      if (counted[cell] === 1) continue
      counted[cell] = 1
      const at = from[f]! + other.codes[i]!
      diagonal[at] = diagonal[at]! - mass[cell]! ** 2 / total[first.codes[i]!]!
    }
  }
  const inverse = diagonal.map((value) => (value > 1e-12 ? 1 / value : 0))
  const rows = first.codes.length
  const swept = new Float64Array(rows)
  const mean = new Float64Array(first.levels)
  const multiply = (g: Float64Array, into: Float64Array): void => {
    mean.fill(0)
    for (let i = 0; i < rows; i++) {
      let value = 0
      for (let f = 0; f < others.length; f++) value += g[from[f]! + others[f]!.codes[i]!]!
      swept[i] = value
      mean[first.codes[i]!] = mean[first.codes[i]!]! + value * (weights === undefined ? 1 : weights[i]!)
    }
    for (let c = 0; c < mean.length; c++) mean[c] = mean[c]! / total[c]!
    into.fill(0)
    for (let i = 0; i < rows; i++) {
      const value = (swept[i]! - mean[first.codes[i]!]!) * (weights === undefined ? 1 : weights[i]!)
      for (let f = 0; f < others.length; f++) {
        const at = from[f]! + others[f]!.codes[i]!
        into[at] = into[at]! + value
      }
    }
  }
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0
    for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
    return sum
  }
  const solve = (d: Float64Array): Float64Array => {
    const r = d.slice()
    const goal = CONVERGED * Math.sqrt(dot(r, r))
    d.fill(0)
    const z = r.map((value, i) => value * inverse[i]!)
    const p = z.slice()
    const ap = new Float64Array(size)
    let rz = dot(r, z)
    let best = d.slice()
    let least = Math.sqrt(dot(r, r))
    let since = 0
    for (let k = 0; k < ITERATIONS && least > goal && since < STALLED; k++) {
      multiply(p, ap)
      const curvature = dot(p, ap)
      if (!(curvature > 0)) break
      const step = rz / curvature
      for (let i = 0; i < size; i++) {
        d[i] = d[i]! + step * p[i]!
        r[i] = r[i]! - step * ap[i]!
        z[i] = r[i]! * inverse[i]!
      }
      const left = Math.sqrt(dot(r, r))
      since = left < least ? 0 : since + 1
      if (left < least) {
        least = left
        best = d.slice()
      }
      const next = dot(r, z)
      const along = next / rz
      rz = next
      for (let i = 0; i < size; i++) p[i] = z[i]! + along * p[i]!
    }
    d.set(best)
    return d
  }
  const rank = others.reduce((sum, other) => sum + other.levels - components(first, other), 0)
  return { solve, rank, exactRank: others.length === 1 }
}
