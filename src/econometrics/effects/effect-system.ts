import type { Factor } from "../sample/factor.ts"

/**
 * The effects of all factors but the first, given those of the first: (D'WQD) g = D'WQ x, where D are the dummies of the others, W the weights and
 * Q takes off weighted means by group of the first factor.
 */
export interface EffectSystem {
  /** Groups of all other factors together; a factor's groups follow those of the factor before it. */
  readonly size: number
  /** Groups that have an effect of their own; the others' is zero. */
  readonly kept: ReadonlyArray<number>
  /** Lower Cholesky factor of D'WQD over the kept groups, row-major. */
  readonly factor: Float64Array
  /** (D'WQD)^-1 d, zero where a group has no effect of its own. `d` has `size` elements and is overwritten. */
  readonly solve: (d: Float64Array) => Float64Array
}

/** Where each factor's groups start among those of all. */
export const offsets = (factors: ReadonlyArray<Factor>): ReadonlyArray<number> => {
  const starts: Array<number> = []
  let at = 0
  for (const { levels } of factors) {
    starts.push(at)
    at += levels
  }
  return starts
}

/** A pivot at most this share of its diagonal element is a group whose effect those before it explain: exact zeros come out near 1e-15. */
const REDUNDANT = 1e-10

/** Sums of weights by group; without weights, of rows. */
export const groupWeights = ({ codes, levels }: Factor, weights: Float64Array | undefined): Float64Array => {
  const sums = new Float64Array(levels)
  if (weights === undefined) for (let i = 0; i < codes.length; i++) sums[codes[i]!]!++
  else for (let i = 0; i < codes.length; i++) sums[codes[i]!] = sums[codes[i]!]! + weights[i]!
  return sums
}

/** Rows in the order of their groups, with where each group starts. */
export const rowsByGroup = ({ codes, levels }: Factor): { readonly order: Int32Array; readonly starts: Int32Array } => {
  const starts = new Int32Array(levels + 1)
  for (let i = 0; i < codes.length; i++) starts[codes[i]! + 1]!++
  for (let g = 0; g < levels; g++) starts[g + 1] = starts[g + 1]! + starts[g]!
  const next = starts.slice(0, levels)
  const order = new Int32Array(codes.length)
  for (let i = 0; i < codes.length; i++) order[next[codes[i]!]!++] = i
  return { order, starts }
}

/** D'WQD, size x size, both triangles. */
const crossEffects = (first: Factor, others: ReadonlyArray<Factor>, size: number, weights: Float64Array | undefined): Float64Array => {
  const cross = new Float64Array(size * size)
  const from = offsets(others)
  const { order, starts } = rowsByGroup(first)
  const mass = new Float64Array(size)
  const touched = new Int32Array(size)
  // Where most groups of the first factor meet most of the others' groups once (a panel with few holes), what they miss is shorter to write down:
  // m = 1 - missed, so that mm'/W = (11' - missed 1' - 1 missed' + missed missed')/W.
  const lone = others.length === 1 && weights === undefined
  let ones = 0
  const missedBy = new Float64Array(size)
  for (let g = 0; g < first.levels; g++) {
    let count = 0
    let total = 0
    for (let r = starts[g]!; r < starts[g + 1]!; r++) {
      const row = order[r]!
      const w = weights === undefined ? 1 : weights[row]!
      total += w
      for (let f = 0; f < others.length; f++) {
        const at = from[f]! + others[f]!.codes[row]!
        if (mass[at] === 0) touched[count++] = at
        mass[at] = mass[at]! + w
        cross[at * size + at] = cross[at * size + at]! + w
        for (let h = 0; h < f; h++) {
          const to = from[h]! + others[h]!.codes[row]!
          cross[at * size + to] = cross[at * size + to]! + w
          cross[to * size + at] = cross[to * size + at]! + w
        }
      }
    }
    if (lone && total === count && 2 * count > size) {
      ones += 1 / total
      let missed = 0
      for (let a = 0; a < size; a++) if (mass[a] === 0) touched[missed++] = a
      for (let a = 0; a < missed; a++) {
        const row = touched[a]! * size
        missedBy[touched[a]!] = missedBy[touched[a]!]! + 1 / total
        for (let b = 0; b < missed; b++) cross[row + touched[b]!] = cross[row + touched[b]!]! - 1 / total
      }
      mass.fill(0)
      continue
    }
    for (let a = 0; a < count; a++) {
      const row = touched[a]! * size
      const share = mass[touched[a]!]! / total
      for (let b = 0; b < count; b++) cross[row + touched[b]!] = cross[row + touched[b]!]! - share * mass[touched[b]!]!
    }
    for (let a = 0; a < count; a++) mass[touched[a]!] = 0
  }
  if (ones > 0) for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) cross[a * size + b] = cross[a * size + b]! - (ones - missedBy[a]! - missedBy[b]!)
  return cross
}

/** Finds which groups have an effect of their own: each factor's first group is its base where one is needed, so it is taken last. */
export const effectSystem = (first: Factor, others: ReadonlyArray<Factor>, weights?: Float64Array): EffectSystem => {
  const size = others.reduce((sum, { levels }) => sum + levels, 0)
  const cross = crossEffects(first, others, size, weights)
  const order = offsets(others).flatMap((from, f) => Array.from({ length: others[f]!.levels }, (_, c) => from + ((c + 1) % others[f]!.levels)))
  const l = new Float64Array(size * size)
  const kept: Array<number> = []
  for (const group of order) {
    const row = kept.length * size
    let left = cross[group * size + group]!
    for (let j = 0; j < kept.length; j++) {
      let value = cross[group * size + kept[j]!]!
      for (let k = 0; k < j; k++) value -= l[row + k]! * l[j * size + k]!
      value /= l[j * size + j]!
      l[row + j] = value
      left -= value * value
    }
    if (left > REDUNDANT * cross[group * size + group]!) {
      l[row + kept.length] = Math.sqrt(left)
      kept.push(group)
    } else l.fill(0, row, row + kept.length)
  }
  const k = kept.length
  const factor = new Float64Array(k * k)
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) factor[i * k + j] = l[i * size + j]!
  const solve = (d: Float64Array): Float64Array => {
    const x = new Float64Array(k)
    for (let i = 0; i < k; i++) {
      let sum = d[kept[i]!]!
      for (let j = 0; j < i; j++) sum -= factor[i * k + j]! * x[j]!
      x[i] = sum / factor[i * k + i]!
    }
    for (let i = k - 1; i >= 0; i--) {
      let sum = x[i]!
      for (let j = i + 1; j < k; j++) sum -= factor[j * k + i]! * x[j]!
      x[i] = sum / factor[i * k + i]!
    }
    d.fill(0)
    for (let i = 0; i < k; i++) d[kept[i]!] = x[i]!
    return d
  }
  return { size, kept, factor, solve }
}
