/** A pivot at most this share of its diagonal element is a column that the columns before it explain in this resample (a squared norm: 1e-6 of the norm). */
export const SINGULAR = 1e-12

/** Takes year effects out of cross-products of [year dummies but the first year's | columns], entity effects being out already. */
export interface YearElimination {
  /** The lower triangle of the cross-products, row by row; what `eliminate` reads. */
  readonly packed: Float64Array
  /** The columns' cross-products, year effects taken off: size x size, row-major, the lower triangle. */
  readonly products: Float64Array
  /** Sums of squares of the columns before. */
  readonly squares: Float64Array
  /** Fills the two above. A year's dummy that others explain (nobody has that year, or all have it) is left out, as a refit would leave it out. */
  readonly eliminate: () => void
  /** Year effects, in place, from the dummies' products with a vector; zero for those left out. */
  readonly solve: (d: Float64Array) => void
  /** Dummies that were not left out. */
  readonly rank: () => number
}

/** A partial Cholesky factorisation: the dummies' rows are factored, and the columns' Schur complement is left. */
export const yearElimination = (dummies: number, size: number): YearElimination => {
  const m = dummies + size
  const packed = new Float64Array((m * (m + 1)) / 2)
  const l = new Float64Array(m * dummies)
  const products = new Float64Array(size * size)
  const squares = new Float64Array(size)
  let rank = 0
  const eliminate = (): void => {
    rank = 0
    for (let i = 0, at = 0; i < m; i++) {
      const row = i * dummies
      for (let j = 0; j <= i; j++, at++) {
        const other = j * dummies
        const end = Math.min(j, dummies)
        let value = packed[at]!
        for (let k = 0; k < end; k++) value -= l[row + k]! * l[other + k]!
        if (j >= dummies) products[(i - dummies) * size + j - dummies] = value
        else if (j < i) {
          const pivot = l[other + j]!
          l[row + j] = pivot === 0 ? 0 : value / pivot
        } else if (value > SINGULAR * packed[at]!) {
          l[row + i] = Math.sqrt(value)
          rank++
        } else l.fill(0, row, row + i + 1)
        if (i === j && i >= dummies) squares[i - dummies] = packed[at]!
      }
    }
  }
  const solve = (d: Float64Array): void => {
    for (let i = 0; i < dummies; i++) {
      const pivot = l[i * dummies + i]!
      let value = d[i]!
      for (let k = 0; k < i; k++) value -= l[i * dummies + k]! * d[k]!
      d[i] = pivot === 0 ? 0 : value / pivot
    }
    for (let i = dummies - 1; i >= 0; i--) {
      const pivot = l[i * dummies + i]!
      let value = d[i]!
      for (let k = i + 1; k < dummies; k++) value -= l[k * dummies + i]! * d[k]!
      d[i] = pivot === 0 ? 0 : value / pivot
    }
  }
  return { packed, products, squares, eliminate, solve, rank: () => rank }
}
