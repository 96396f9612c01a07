import { EigenvalueDecomposition, Matrix } from "ml-matrix"

/** Eigenvalues of a real square matrix, conjugate pairs included. */
export interface Eigenvalues {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

/** All eigenvalues of a square row-major matrix that need not be symmetric (Hessenberg reduction and shifted QR; the symmetric algorithm where it is symmetric). */
export const generalEigenvalues = (matrix: Float64Array, size: number): Eigenvalues => {
  if (!matrix.every(Number.isFinite)) throw new RangeError("eigenvalues of a matrix with an entry that is not finite")
  const square = new Matrix(size, size)
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) square.set(i, j, matrix[i * size + j]!)
  const decomposition = new EigenvalueDecomposition(square)
  return { real: Float64Array.from(decomposition.realEigenvalues), imaginary: Float64Array.from(decomposition.imaginaryEigenvalues) }
}
