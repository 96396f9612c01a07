import { EigenvalueDecomposition, Matrix } from "ml-matrix"

/** A = sum of values[k] v_k v_k', values ascending, `vectors[k]` of unit length. */
export interface SymmetricEigen {
  readonly values: Float64Array
  readonly vectors: ReadonlyArray<Float64Array>
}

/** Eigenvalues and eigenvectors of a symmetric row-major matrix. */
export const symmetricEigen = (matrix: Float64Array, size: number): SymmetricEigen => {
  const square = new Matrix(size, size)
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) square.set(i, j, matrix[i * size + j]!)
  const decomposition = new EigenvalueDecomposition(square, { assumeSymmetric: true })
  const vectors = decomposition.eigenvectorMatrix
  return {
    values: Float64Array.from(decomposition.realEigenvalues),
    vectors: Array.from({ length: size }, (_, k) => Float64Array.from({ length: size }, (_, i) => vectors.get(i, k)))
  }
}
