import type { Variable } from "./fe-sample.ts"
import type { Absorber } from "./panel-absorber.ts"

/** Slopes of y on all x, in order, with entity and year effects, of the given entities (codes) alone; undefined where effects or other regressors explain one. */
export type SubSampleSlopes = (entities: ArrayLike<number>) => Float64Array | undefined

/** A pivot at most this share of its diagonal element is a column that the columns before it explain (a squared norm: 1e-6 of the norm). */
const SINGULAR = 1e-12

/**
 * Two-way fixed effects regressions of sub-samples of entities, for many sub-samples: cross-products of the columns [year dummies but the first | x | y] are summed
 * by entity once, and a sub-sample costs a sum of its entities' and a Cholesky factor. Entity means are taken off all columns. Year dummies stay columns,
 * since a sub-sample has year effects of its own; the whole sample's year effects are taken off x and y beforehand, which changes no slope (they are
 * combinations of the dummies) and leaves the dummies little to explain, so that few digits are lost.
 */
export const subSampleSlopes = ({ demeanByEntity, index, within }: Absorber, y: Variable, x: ReadonlyArray<Variable>): SubSampleSlopes => {
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
  /** Factors `sum` into `l` but for y's own pivot; false where a regressor is explained. A year's dummy that is (nobody has that year, or the others make it up) is left out, as a row of zeros. */
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
      if (i === size - 1) return true
      if (own > SINGULAR * sum[at - 1]!) l[row + i] = Math.sqrt(own)
      else if (i < dummies) l.fill(0, row, row + i + 1)
      else return false
    }
    return true
  }
  return (entities) => {
    sum.fill(0)
    for (let e = 0; e < entities.length; e++) {
      const from = entities[e]! * packed
      for (let at = 0; at < packed; at++) sum[at] = sum[at]! + products[from + at]!
    }
    if (!factorise()) return undefined
    const slopes = new Float64Array(x.length)
    for (let i = x.length - 1; i >= 0; i--) {
      const at = dummies + i
      let value = l[(size - 1) * size + at]!
      for (let k = i + 1; k < x.length; k++) value -= l[(dummies + k) * size + at]! * slopes[k]!
      slopes[i] = value / l[at * size + at]!
    }
    return slopes
  }
}
