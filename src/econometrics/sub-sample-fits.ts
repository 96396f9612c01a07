import type { Variable } from "./fe-sample.ts"
import type { Absorber } from "./panel-absorber.ts"

/** A regression of y on all x with entity and year effects in a sub-sample. */
export interface SubSampleFit {
  /** In the order of x. */
  readonly slopes: Float64Array
  /** Of the slopes that were asked for: clustered by entity, G/(G - 1) sum_g (a'X_g'e_g)^2 with a the slope's row of (X'X)^-1; NaN where that is nothing but rounding. */
  readonly variances: Float64Array
}

/** Fits the given entities (codes) alone; undefined where effects or other regressors explain a regressor there. */
export type SubSampleFits = (entities: ArrayLike<number>) => SubSampleFit | undefined

/** A pivot at most this share of its diagonal element is a column that the columns before it explain (a squared norm: 1e-6 of the norm). */
const SINGULAR = 1e-12

/** A variance at most this share of that for independent errors is rounding: scores sum to zero in every cluster. */
const NOTHING = 1e-14

/**
 * Two-way fixed effects regressions of sub-samples of entities, for many sub-samples: cross-products of the columns [year dummies but the first | x | y] are summed
 * by entity once, and a sub-sample costs a sum of its entities' and a Cholesky factor. Entity means are taken off all columns. Year dummies stay columns,
 * since a sub-sample has year effects of its own; the whole sample's year effects are taken off x and y beforehand, which changes no slope (they are
 * combinations of the dummies) and leaves the dummies little to explain, so that few digits are lost. Scores of clusters come from the same
 * cross-products, X_g'e_g = X_g'y_g - X_g'X_g b; `tested` are the slopes (positions in x) whose variances are wanted.
 */
export const subSampleFits = (
  { demeanByEntity, index, within }: Absorber,
  y: Variable,
  x: ReadonlyArray<Variable>,
  tested: ReadonlyArray<number>
): SubSampleFits => {
  const dummies = index.years.length - 1
  const columns = [
    ...Array.from({ length: dummies }, (_, t) => demeanByEntity(Float64Array.from(index.year, (code) => (code === t + 1 ? 1 : 0)))),
    ...[...x, y].map(({ values }) => within(values))
  ]
  const size = columns.length
  const packed = (size * (size + 1)) / 2
  const products = new Float64Array(index.entities.length * packed)
  for (let i = 0; i < index.rows; i++)
    for (let r = 0, at = index.entity[i]! * packed; r < size; r++) {
      const value = columns[r]![i]!
      for (let c = 0; c <= r; c++, at++) products[at] = products[at]! + value * columns[c]![i]!
    }

  const sum = new Float64Array(packed)
  const l = new Float64Array(size * size)
  /** Factors `sum` into `l`, y's squared pivot (the sum of squared residuals) as it is; false where a regressor is explained. A year's dummy that is (nobody has that year, or the others make it up) is left out, as a row of zeros. */
  const factorise = (): boolean => {
    for (let i = 0, at = 0; i < size; i++) {
      const row = i * size
      let own = sum[at + i]!
      for (let j = 0; j < i; j++) {
        const other = j * size
        let value = sum[at + j]!
        for (let k = 0; k < j; k++) value -= l[row + k]! * l[other + k]!
        const pivot = l[other + j]!
        value = pivot === 0 ? 0 : value / pivot
        l[row + j] = value
        own -= value * value
      }
      at += i + 1
      if (i === size - 1) l[row + i] = Math.max(own, 0)
      else if (own > SINGULAR * sum[at - 1]!) l[row + i] = Math.sqrt(own)
      else if (i < dummies) l.fill(0, row, row + i + 1)
      else return false
    }
    return true
  }
  const last = size - 1
  /** Solves L'z = z in place over the regressors, those left out being zero. */
  const solveUpper = (z: Float64Array): void => {
    for (let i = last - 1; i >= 0; i--) {
      const pivot = l[i * size + i]!
      let value = z[i]!
      for (let k = i + 1; k < last; k++) value -= l[k * size + i]! * z[k]!
      z[i] = pivot === 0 ? 0 : value / pivot
    }
  }
  /** Row j of (X'X)^-1. */
  const inverseRow = (j: number): Float64Array => {
    const z = new Float64Array(size)
    for (let i = j; i < last; i++) {
      const pivot = l[i * size + i]!
      let value = i === j ? 1 : 0
      for (let k = j; k < i; k++) value -= l[i * size + k]! * z[k]!
      z[i] = pivot === 0 ? 0 : value / pivot
    }
    solveUpper(z)
    return z
  }
  const variancesOf = (entities: ArrayLike<number>, coefficients: Float64Array): Float64Array => {
    const rows = tested.map((j) => inverseRow(dummies + j))
    const variances = new Float64Array(tested.length)
    const score = new Float64Array(size)
    for (let e = 0; e < entities.length; e++) {
      score.fill(0)
      for (let r = 0, at = entities[e]! * packed; r < size; r++) {
        let own = 0
        for (let c = 0; c < r; c++, at++) {
          const value = products[at]!
          own += value * coefficients[c]!
          score[c] = score[c]! + value * coefficients[r]!
        }
        score[r] = score[r]! + own + products[at]! * coefficients[r]!
        at++
      }
      for (const [t, row] of rows.entries()) {
        let along = 0
        for (let i = 0; i < last; i++) along += row[i]! * score[i]!
        variances[t] = variances[t]! + along * along
      }
    }
    const G = entities.length
    const ssr = l[last * size + last]!
    return variances.map((value, t) => (value > NOTHING * ssr * rows[t]![dummies + tested[t]!]! ? (value * G) / (G - 1) : Number.NaN))
  }
  return (entities) => {
    sum.fill(0)
    for (let e = 0; e < entities.length; e++) {
      const from = entities[e]! * packed
      for (let at = 0; at < packed; at++) sum[at] = sum[at]! + products[from + at]!
    }
    if (!factorise()) return undefined
    const coefficients = l.slice(last * size, last * size + size)
    solveUpper(coefficients)
    // Beside y's -1, cross-products times these are scores.
    coefficients[last] = -1
    return { slopes: coefficients.slice(dummies, last), variances: variancesOf(entities, coefficients) }
  }
}
