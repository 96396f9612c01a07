import { cholesky, choleskySolve } from "../linalg/cholesky.ts"

/** b'V^-1 b of a Wald test, V being k x k, row-major. NaN where V is not numerically positive definite: more restrictions than clusters, say. */
export const waldStatistic = (b: Float64Array, covariance: Float64Array): number => {
  const factor = cholesky(covariance, b.length)
  if (factor === undefined) return Number.NaN
  const solved = choleskySolve(factor, b.length, b)
  return b.reduce((sum, value, i) => sum + value * solved[i]!, 0)
}
