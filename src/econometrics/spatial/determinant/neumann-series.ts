import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"

const MOST_TERMS = 10_000

/**
 * (I - rho W)^-1 B = B + rho W B + rho^2 W^2 B + .., N x width, row-major, without a factor: until a term is at most `tolerance` of the sum's largest element. It
 * converges where |rho| times the spectral radius of W is below 1, a digit for each ln 10 / -ln of that in terms. A Fault where 10,000 terms are not enough.
 */
export const neumannSeries = (w: SparseMatrix, rho: number, b: Float64Array, width: number, tolerance = 1e-13): Float64Array => {
  const sum = Float64Array.from(b)
  let power = b
  for (let term = 1; term < MOST_TERMS; term++) {
    power = sparseTimesDense(w, power, width)
    let change = 0
    let size = 0
    for (let i = 0; i < sum.length; i++) {
      power[i]! *= rho
      sum[i]! += power[i]!
      change = Math.max(change, Math.abs(power[i]!))
      size = Math.max(size, Math.abs(sum[i]!))
    }
    if (change <= tolerance * size) return sum
  }
  throw new Fault(
    "rho-at-bound",
    `rho = ${rho.toPrecision(6)} is so near the bound of the weights that (I - rho W)^-1, summed as a series of powers of W, does not converge in ${MOST_TERMS} terms: take weights of fewer or nearer links, or another specification`
  )
}
