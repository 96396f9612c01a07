/**
 * The covariance of slopes b and further parameters from that of their coordinates R b on a basis X R^-1 of the regressors and the same parameters: A C A', A
 * with R^-1 in the place of the slopes. An information matrix of regressors that lie far from zero, or near one another, loses the square of what they have of their own
 * to rounding; one of a basis loses nothing, and back-substitution with R, which has that once, gives the rest. So does W y where it is near the regressors: with `lagOnBasis`, its
 * coefficients h on the basis, the coordinates are R b + h rho, rho the first parameter after them. `r` is upper triangular, row-major; so is `covariance`, changed in place.
 */
export const covarianceOfSlopes = (covariance: Float64Array, size: number, r: Float64Array, rank: number, lagOnBasis?: Float64Array): Float64Array => {
  if (lagOnBasis !== undefined) {
    for (let i = 0; i < rank; i++) for (let j = 0; j < size; j++) covariance[i * size + j]! -= lagOnBasis[i]! * covariance[rank * size + j]!
    for (let i = 0; i < size; i++) for (let j = 0; j < rank; j++) covariance[i * size + j]! -= lagOnBasis[j]! * covariance[i * size + rank]!
  }
  /** R^-1 times the vector of `rank` numbers from `start`, a `stride` apart. */
  const solve = (start: number, stride: number) => {
    for (let i = rank - 1; i >= 0; i--) {
      let rest = covariance[start + i * stride]!
      for (let j = i + 1; j < rank; j++) rest -= r[i * rank + j]! * covariance[start + j * stride]!
      covariance[start + i * stride] = rest / r[i * rank + i]!
    }
  }
  for (let column = 0; column < size; column++) solve(column, size)
  for (let row = 0; row < size; row++) solve(row * size, 1)
  return covariance
}
