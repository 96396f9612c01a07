import { multiply } from "../../linalg/cross-product.ts"
import { qr } from "../../linalg/qr.ts"
import { triangularFactor } from "../../linalg/triangular-factor.ts"
import type { LinearFit } from "./linear-fit.ts"

/** The columns that scores are made of, and what turns their meat into a variance. */
export interface ScoreDesign {
  /** A column a term. */
  readonly columns: ReadonlyArray<Float64Array>
  /** The variance is root meat root', k x k, row-major. */
  readonly root: Float64Array
  /** The inverse of the columns' weighted cross-products over the slopes: a row's leverage is w q'inverse q, q being its part of the columns. */
  readonly inverse: Float64Array
}

/** From this variance inflation factor on, (X'X)^-1 times a meat of X would lose more than four digits. */
const INFLATED = 1e4

/** A matrix from its elements, row-major. */
const matrixOf = (n: number, at: (i: number, j: number) => number): Float64Array => Float64Array.from({ length: n * n }, (_, c) => at(Math.floor(c / n), c % n))

/** The largest variance inflation factor of the slopes, the diagonal of (X'WX)^-1 times that of X'WX. */
const inflation = ({ bread, design, slopes, terms, weights }: LinearFit): number => {
  let most = 0
  for (let j = 0; j < slopes; j++) {
    const column = design[j]!
    let square = 0
    for (let i = 0; i < column.length; i++) square += (weights === undefined ? 1 : weights.values[i]!) * column[i]! * column[i]!
    most = Math.max(most, square * bread[j * terms.length + j]!)
  }
  return most
}

interface Orthonormal {
  readonly columns: ReadonlyArray<Float64Array>
  /** R^-1 of the columns given = columns R. */
  readonly root: Float64Array
}

/** Columns made orthonormal under weights; undefined where one of them is a combination of those before. */
const orthonormal = (given: ReadonlyArray<Float64Array>, weights: Float64Array | undefined): Orthonormal | undefined => {
  const k = given.length
  const { r, rank } = qr(triangularFactor(given, weights), { tolerance: 0 })
  if (rank < k) return undefined
  const columns: Array<Float64Array> = []
  for (let j = 0; j < k; j++) {
    const column = Float64Array.from(given[j]!)
    for (let p = 0; p < j; p++) {
      const [factor, before] = [r[p * k + j]!, columns[p]!]
      for (let i = 0; i < column.length; i++) column[i] = column[i]! - factor * before[i]!
    }
    for (let i = 0; i < column.length; i++) column[i] = column[i]! / r[j * k + j]!
    columns.push(column)
  }
  const root = new Float64Array(k * k)
  for (let j = 0; j < k; j++) {
    root[j * k + j] = 1 / r[j * k + j]!
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0
      for (let p = i + 1; p <= j; p++) sum -= r[i * k + p]! * root[p * k + j]!
      root[i * k + j] = sum / r[i * k + i]!
    }
  }
  return { columns, root }
}

/**
 * The design whose scores a fit's variances are made of. As a rule it is that of the fit, and the root its bread. Where regressors are nearly collinear (or a constant
 * stands beside columns of large means), the product of bread and meat would lose the digits of the squared condition number: then it is Q of X = QR, orthonormal
 * under the weights, and the root R^-1, which lose those of the condition number alone. Q is made twice, since the first is orthonormal to fewer digits.
 */
export const scoreDesign = (fit: LinearFit): ScoreDesign => {
  const { bread, design, slopes, terms, weights } = fit
  const k = terms.length
  const once = inflation(fit) > INFLATED ? orthonormal(design.slice(0, slopes), weights?.values) : undefined
  const twice = once === undefined ? undefined : orthonormal(once.columns, weights?.values)
  if (once === undefined || twice === undefined) return { columns: design, root: bread, inverse: matrixOf(slopes, (i, j) => bread[i * k + j]!) }
  const root = multiply(once.root, twice.root, slopes, slopes, slopes)
  return {
    columns: [...twice.columns, ...design.slice(slopes)],
    root: matrixOf(k, (i, j) => (i < slopes && j < slopes ? root[i * slopes + j]! : i === j ? 1 : 0)),
    inverse: matrixOf(slopes, (i, j) => (i === j ? 1 : 0))
  }
}
