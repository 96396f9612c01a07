import { type Eigenvalues, generalEigenvalues } from "../../../linalg/general-eigen.ts"
import { similarSymmetric } from "../../../linalg/similar-symmetric.ts"
import { type SparseMatrix, toDense } from "../../../linalg/sparse-matrix.ts"
import { symmetricEigenvalues } from "../../../linalg/symmetric-eigenvalues.ts"
import type { Determinant } from "./method.ts"
import { spectrumOf } from "./spectrum.ts"

/** A product of so many factors 1 - rho lambda is kept before its logarithm is taken: inside of the bounds none leaves the range of doubles by far. */
const LARGE = 1e200

/**
 * From all eigenvalues: ln|I - rho W| = sum ln|1 - rho lambda|, tr G = sum lambda/(1 - rho lambda), tr GG = sum (lambda/(1 - rho lambda))^2, conjugate pairs
 * in real arithmetic. Exact at every rho, and the bounds are exact.
 */
export const eigenvalueDeterminant = (w: SparseMatrix, deflated: boolean): Determinant => {
  const symmetric = similarSymmetric(w)
  const all = symmetric === undefined ? generalEigenvalues(toDense(w), w.rows) : realOnly(symmetricEigenvalues(toDense(symmetric), w.rows))
  const { real, imaginary, lower, upper } = spectrumOf(deflated ? withoutOne(all) : all)
  return {
    method: "eigenvalues",
    description: symmetric === undefined ? "eigenvalues" : "eigenvalues of the similar symmetric matrix",
    lower,
    upper,
    logAbsolute: (rho) => {
      let sum = 0
      let product = 1
      for (let i = 0; i < real.length; i++) {
        const across = 1 - rho * real[i]!
        const turned = rho * imaginary[i]!
        product *= turned === 0 ? Math.abs(across) : Math.hypot(across, turned)
        if (product < LARGE && product > 1 / LARGE) continue
        sum += Math.log(product)
        product = 1
      }
      return sum + Math.log(product)
    },
    trace: (rho) => {
      let sum = 0
      for (let i = 0; i < real.length; i++) {
        const [x, y] = [real[i]!, imaginary[i]!]
        sum += y === 0 ? x / (1 - rho * x) : (x - rho * (x * x + y * y)) / ((1 - rho * x) ** 2 + (rho * y) ** 2)
      }
      return sum
    },
    traceSquare: (rho) => {
      let sum = 0
      for (let i = 0; i < real.length; i++) {
        const [x, y] = [real[i]!, imaginary[i]!]
        const size = (1 - rho * x) ** 2 + (rho * y) ** 2
        const [along, across] = [(x - rho * (x * x + y * y)) / size, y / size]
        sum += (along - across) * (along + across)
      }
      return sum
    }
  }
}

const realOnly = (real: Float64Array): Eigenvalues => ({ real, imaginary: new Float64Array(real.length) })

/** The eigenvalue nearest to 1 is the 1 of W 1 = 1, but for rounding. */
const withoutOne = ({ real, imaginary }: Eigenvalues): Eigenvalues => {
  let nearest = 0
  const distance = (i: number) => Math.hypot(real[i]! - 1, imaginary[i]!)
  for (let i = 1; i < real.length; i++) if (distance(i) < distance(nearest)) nearest = i
  const keep = (_: number, i: number) => i !== nearest
  return { real: real.filter(keep), imaginary: imaginary.filter(keep) }
}
