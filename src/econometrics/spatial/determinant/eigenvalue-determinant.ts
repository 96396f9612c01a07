import { type Eigenvalues, generalEigenvalues } from "../../../linalg/general-eigen.ts"
import { logOfProduct } from "../../../linalg/log-of-product.ts"
import { type SparseMatrix, toDense } from "../../../linalg/sparse-matrix.ts"
import { symmetricEigenvalues } from "../../../linalg/symmetric-eigenvalues.ts"
import type { Determinant } from "./method.ts"
import { spectrumOf } from "./spectrum.ts"

/**
 * From all eigenvalues: ln|I - rho W| = sum ln|1 - rho lambda|, tr G = sum lambda/(1 - rho lambda), tr GG = sum (lambda/(1 - rho lambda))^2, conjugate pairs
 * in real arithmetic. `symmetric` is a symmetric matrix that is similar to W, where there is one. Exact at every rho, and the bounds are exact.
 */
export const eigenvalueDeterminant = (w: SparseMatrix, symmetric: SparseMatrix | undefined, deflated: boolean): Determinant => {
  const all = symmetric === undefined ? generalEigenvalues(toDense(w), w.rows) : realOnly(symmetricEigenvalues(toDense(symmetric), w.rows))
  const { real, imaginary, lower, upper } = spectrumOf(deflated ? withoutOne(all) : all)
  return {
    method: "eigenvalues",
    description: symmetric === undefined ? "eigenvalues" : "eigenvalues of the similar symmetric matrix",
    lower,
    upper,
    logAbsolute: (rho) =>
      logOfProduct(
        Float64Array.from(real, (x, i) => {
          const across = 1 - rho * x
          const turned = rho * imaginary[i]!
          return turned === 0 ? across : Math.hypot(across, turned)
        })
      ).logAbsolute,
    trace: (rho) => {
      let sum = 0
      for (let i = 0; i < real.length; i++) {
        const x = real[i]!
        const y = imaginary[i]!
        sum += y === 0 ? x / (1 - rho * x) : (x - rho * (x * x + y * y)) / ((1 - rho * x) ** 2 + (rho * y) ** 2)
      }
      return sum
    },
    traceSquare: (rho) => {
      let sum = 0
      for (let i = 0; i < real.length; i++) {
        const x = real[i]!
        const y = imaginary[i]!
        const size = (1 - rho * x) ** 2 + (rho * y) ** 2
        const along = (x - rho * (x * x + y * y)) / size
        const across = y / size
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
