import { cholesky, choleskySolve } from "../linalg/cholesky.ts"
import { submatrix } from "../linalg/cross-product.ts"
import { qr } from "../linalg/qr.ts"
import { countCodes, isBalanced, type PanelIndex } from "./panel-index.ts"

/** Projections off entity effects, and off entity and year effects together. Q is the entity-demeaning projector, D the year dummies. */
export interface Absorber {
  readonly index: PanelIndex
  /** Q x: x less its mean by entity. */
  readonly demeanByEntity: (x: Float64Array) => Float64Array
  /** x less its projection on entity and year effects. */
  readonly within: (x: Float64Array) => Float64Array
  /** Codes of the years that have an effect of their own: all but the first, and but one more for each further component of the panel. */
  readonly effectYears: ReadonlyArray<number>
  /** Year effects of x given entity effects, (D'QD)^-1 D'Q x, in the order of `effectYears`: x's contrasts with the base year. */
  readonly yearEffects: (x: Float64Array) => Float64Array
  /** Q D (D'QD)^-1 d for a vector d over `effectYears`: the rows' influence on d'(year effects). */
  readonly yearInfluence: (d: Float64Array) => Float64Array
  /** Number of parameters absorbed: N + T less the number of connected components of the panel. */
  readonly rank: number
}

const means = (x: Float64Array, codes: Int32Array, counts: Int32Array): Float64Array => {
  const sums = new Float64Array(counts.length)
  for (let i = 0; i < x.length; i++) sums[codes[i]!] = sums[codes[i]!]! + x[i]!
  for (let c = 0; c < sums.length; c++) sums[c] = sums[c]! / counts[c]!
  return sums
}

/**
 * An absorber of entity and year effects, exact for balanced and unbalanced panels.
 *
 * Balanced: x_it - x_i. - x_.t + x_.. in closed form. Unbalanced (Wansbeek and Kapteyn 1989): the year effects solve the T x T system D'QD g = D'Qx,
 * whose matrix has n_t on the diagonal less sum_i 1[i in s, t]/T_i, and are then taken off Qx. The projection is applied a second time, which
 * brings the result to rounding error.
 */
export const absorber = (index: PanelIndex): Absorber => {
  const { rows, entity, year } = index
  const N = index.entities.length
  const T = index.years.length
  const perEntity = countCodes(entity, N)
  const perYear = countCodes(year, T)
  const demeanByEntity = (x: Float64Array): Float64Array => {
    const mean = means(x, entity, perEntity)
    return x.map((value, i) => value - mean[entity[i]!]!)
  }
  const sumByYear = (x: Float64Array): Float64Array => {
    const sums = new Float64Array(T)
    for (let i = 0; i < rows; i++) sums[year[i]!] = sums[year[i]!]! + x[i]!
    return sums
  }

  const years = crossYears(index, perEntity, perYear)
  // The base year comes last, so that it is the one that the others explain.
  const candidates = Array.from({ length: T }, (_, t) => (t + 1) % T)
  const columnsOfYears = candidates.map((t) => years.slice(t * T, (t + 1) * T))
  const { kept } = qr(columnsOfYears, { tolerance: 1e-9, norms: candidates.map((t) => perYear[t]!) })
  const effectYears = kept.map((k) => candidates[k]!).sort((a, b) => a - b)
  const factor = cholesky(submatrix(years, T, effectYears), effectYears.length)
  if (factor === undefined) throw new Error("the cross-products of independent year dummies are positive definite")
  const solve = (d: Float64Array): Float64Array => choleskySolve(factor, effectYears.length, d)
  const yearEffects = (x: Float64Array): Float64Array => {
    const sums = sumByYear(demeanByEntity(x))
    return solve(Float64Array.from(effectYears, (t) => sums[t]!))
  }
  const yearInfluence = (d: Float64Array): Float64Array => {
    const effects = new Float64Array(T)
    const solved = solve(d)
    for (const [k, t] of effectYears.entries()) effects[t] = solved[k]!
    return demeanByEntity(Float64Array.from(year, (t) => effects[t]!))
  }
  const sweep = (x: Float64Array): Float64Array => {
    const effects = new Float64Array(T)
    const solved = yearEffects(x)
    for (const [k, t] of effectYears.entries()) effects[t] = solved[k]!
    return demeanByEntity(x.map((value, i) => value - effects[year[i]!]!))
  }
  const closed = (x: Float64Array): Float64Array => {
    const byEntity = demeanByEntity(x)
    const byYear = means(byEntity, year, perYear)
    return byEntity.map((value, i) => value - byYear[year[i]!]!)
  }
  const within = isBalanced(index) ? closed : (x: Float64Array) => sweep(sweep(x))
  return { index, demeanByEntity, within, effectYears, yearEffects, yearInfluence, rank: N + effectYears.length }
}

/** D'QD, T x T. */
const crossYears = (index: PanelIndex, perEntity: Int32Array, perYear: Int32Array): Float64Array => {
  const T = index.years.length
  const cross = new Float64Array(T * T)
  for (let t = 0; t < T; t++) cross[t * T + t] = perYear[t]!
  const rowsOf = Array.from(perEntity, () => [] as Array<number>)
  for (let i = 0; i < index.rows; i++) rowsOf[index.entity[i]!]!.push(index.year[i]!)
  for (const years of rowsOf) for (const s of years) for (const t of years) cross[s * T + t] = cross[s * T + t]! - 1 / years.length
  return cross
}
