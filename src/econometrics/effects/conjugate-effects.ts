import { type Factor, intersection } from "../sample/factor.ts"
import { groupWeights, offsets, rowsByGroup } from "./effect-system.ts"

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

/** Which groups of the others each group of the first factor meets, with how much weight, and its own weight. */
const cellsByGroup = (first: Factor, others: ReadonlyArray<Factor>, weights: Float64Array | undefined) => {
  const from = offsets(others)
  const { order, starts: rowStarts } = rowsByGroup(first)
  const most = first.codes.length * others.length
  const [group, mass] = [new Int32Array(most), new Float64Array(most)]
  const [starts, total] = [new Int32Array(first.levels + 1), groupWeights(first, weights)]
  const met = new Int32Array(others.reduce((sum, { levels }) => sum + levels, 0)).fill(-1)
  let cells = 0
  for (let g = 0; g < first.levels; g++) {
    starts[g] = cells
    for (let r = rowStarts[g]!; r < rowStarts[g + 1]!; r++) {
      const row = order[r]!
      for (let f = 0; f < others.length; f++) {
        const at = from[f]! + others[f]!.codes[row]!
        if (met[at]! < starts[g]!) {
          met[at] = cells
          group[cells++] = at
        }
        mass[met[at]!] = mass[met[at]!]! + (weights === undefined ? 1 : weights[row]!)
      }
    }
  }
  starts[first.levels] = cells
  return { group, mass, starts, total }
}

/** The weight that rows give to each pair of groups of two factors that has any. */
const crossCells = (a: Factor, fromA: number, b: Factor, fromB: number, weights: Float64Array | undefined) => {
  const both = intersection(a, b)
  const [row, column] = [new Int32Array(both.levels), new Int32Array(both.levels)]
  for (let i = 0; i < both.codes.length; i++) {
    row[both.codes[i]!] = fromA + a.codes[i]!
    column[both.codes[i]!] = fromB + b.codes[i]!
  }
  return { row, column, mass: groupWeights(both, weights) }
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
  const own = new Float64Array(size)
  for (const [f, other] of others.entries()) own.set(groupWeights(other, weights), from[f]!)
  const { group, mass, starts, total } = cellsByGroup(first, others, weights)
  const pairs = others.flatMap((a, f) => others.slice(0, f).map((b, h) => crossCells(a, from[f]!, b, from[h]!, weights)))
  const diagonal = own.slice()
  for (let g = 0; g < total.length; g++)
    for (let c = starts[g]!; c < starts[g + 1]!; c++) diagonal[group[c]!] = diagonal[group[c]!]! - (mass[c]! * mass[c]!) / total[g]!
  const inverse = diagonal.map((value, i) => (value > 1e-12 * own[i]! ? 1 / value : 0))
  /** D'WQD g. */
  const multiply = (g: Float64Array, into: Float64Array): void => {
    for (let i = 0; i < size; i++) into[i] = own[i]! * g[i]!
    for (const cells of pairs)
      for (let c = 0; c < cells.mass.length; c++) {
        const [i, j, m] = [cells.row[c]!, cells.column[c]!, cells.mass[c]!]
        into[i] = into[i]! + m * g[j]!
        into[j] = into[j]! + m * g[i]!
      }
    for (let k = 0; k < total.length; k++) {
      let mean = 0
      for (let c = starts[k]!; c < starts[k + 1]!; c++) mean += mass[c]! * g[group[c]!]!
      mean /= total[k]!
      for (let c = starts[k]!; c < starts[k + 1]!; c++) into[group[c]!] = into[group[c]!]! - mass[c]! * mean
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
