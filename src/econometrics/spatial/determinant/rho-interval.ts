import { extremeEigenvalues, type Ritz } from "../../../linalg/lanczos.ts"
import { spectralRadiusBound } from "../../../linalg/perron-bound.ts"
import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { stream } from "../../../stats/random.ts"

/** The ends of the interval of rho around zero where I - rho W has an inverse, or of one inside of it. */
export interface RhoInterval {
  readonly lower: number
  readonly upper: number
}

/**
 * The interval for weights whose eigenvalues are too dear. With r a bound of the spectral radius (`spectralRadiusBound`: 1 for weights whose rows sum to 1 and
 * none of which is negative, the largest eigenvalue for other weights of at least 0) it is (-1/r, 1/r), always inside of the interval sought, and its upper end
 * where no weight is negative. With `symmetric`, a symmetric matrix that is similar to W, the ends are those of its extreme eigenvalues by Lanczos's
 * method, each moved inwards by its residual.
 */
export const rhoInterval = (w: SparseMatrix, symmetric: SparseMatrix | undefined): RhoInterval => {
  const bound = spectralRadiusBound(w, symmetric === undefined ? 200 : 1)
  // Sums of rows that were divided by their sums are 1 but for rounding.
  const radius = Math.abs(bound - 1) < 1e-9 ? 1 : bound
  if (symmetric === undefined) return { lower: -1 / radius, upper: 1 / radius }
  const draws = stream(0, 0)
  const start = Float64Array.from({ length: w.rows }, () => draws.normal())
  const isEnough = ({ value, residual }: Ritz) => residual <= 1e-3 * Math.abs(value)
  const { smallest, largest } = extremeEigenvalues(symmetric, start, (ends) => isEnough(ends.smallest) && (radius === 1 || isEnough(ends.largest)))
  const least = Math.max(-radius, smallest.value - smallest.residual)
  const most = radius === 1 ? 1 : Math.min(radius, largest.value + largest.residual)
  return { lower: least < 0 ? 1 / least : -1 / radius, upper: 1 / (most > 0 ? most : radius) }
}
