import { dot } from "../../../linalg/dot.ts"
import { selectedInverse, traceOfInverseTimes } from "../../../linalg/selected-inverse.ts"
import { analyseCholesky, factorCholesky, solveSparseCholesky, sparseCholeskyLogDeterminant } from "../../../linalg/sparse-cholesky.ts"
import { type SparseMatrix, sparseIdentity, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse, sparseProduct, sparseTimesDense } from "../../../linalg/sparse-product.ts"
import type { RandomFrame, WeightedMoments } from "./random-frame.ts"

/** The rest of A once its last row and column, those of the constant, are eliminated: A_zz - A_z1 A_1z/A_11, and its derivative in the direction D. */
const withoutLast = (a: Float64Array, size: number, d: Float64Array | undefined): Float64Array => {
  const k = size - 1
  const own = a[k * size + k]!
  return Float64Array.from({ length: k * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k]
    const [ai, aj] = [a[i * size + k]!, a[k * size + j]!]
    if (d === undefined) return a[i * size + j]! - (ai * aj) / own
    return d[i * size + j]! - (d[i * size + k]! * aj + ai * d[k * size + j]!) / own + (ai * aj * d[k * size + k]!) / (own * own)
  })
}

/**
 * Entity means under Baltagi, Song and Koh's errors: V = c I + (B'B)^-1 = B^-1 K B^-T, K = I + c B B', so that z'V^-1 z = (Bz)'K^-1 (Bz) and
 * ln|V| = ln|K| - 2 ln|B|, from a sparse Cholesky factor of K. With year effects the constant is projected out in V's metric, and of F'VF, the determinant is
 * |V| 1'V^-1 1/N. `z` are entity means times sqrt(T), `m` their spatial lags.
 */
export const betweenComponents = (
  { deflated, entities, errorDeterminant, errorWeights, years }: RandomFrame,
  z: ReadonlyArray<Float64Array>,
  m: ReadonlyArray<Float64Array>
): ((lambda: number, c: number) => WeightedMoments) => {
  const weights = errorWeights!.matrix
  const transposed = transpose(weights)
  const identity = sparseIdentity(entities)
  const sum = addSparse(1, weights, 1, transposed)
  const square = sparseProduct(weights, transposed)
  const pattern = addSparse(1, identity, 1, addSparse(1, sum, 1, square))
  const analysis = analyseCholesky(pattern)
  const onPattern = (a: SparseMatrix) => addSparse(0, pattern, 1, a).values
  const [ofIdentity, ofSum, ofSquare] = [onPattern(identity), onPattern(sum), onPattern(square)]
  const ones = new Float64Array(entities).fill(1)
  const columns = years ? [...z, ones] : z
  const lags = years ? [...m, sparseTimesDense(weights, ones)] : m
  const size = columns.length
  const pairs = (entry: (i: number, j: number) => number): Float64Array => {
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) for (let j = i; j < size; j++) matrix[i * size + j] = matrix[j * size + i] = entry(i, j)
    return matrix
  }
  return (lambda, c) => {
    /** B B' and its derivative by lambda, on the pattern. */
    const outer = ofIdentity.map((value, at) => value - lambda * (ofSum[at]! - lambda * ofSquare[at]!))
    const outerSlope = ofSum.map((value, at) => 2 * lambda * ofSquare[at]! - value)
    const factor = factorCholesky(
      analysis,
      ofIdentity.map((value, at) => value + c * outer[at]!)
    )
    if (factor === undefined) return undefinedAt(z.length)
    const filtered = columns.map((column, j) => column.map((value, i) => value - lambda * lags[j]![i]!))
    const solved = filtered.map((column) => solveSparseCholesky(factor, column))
    const moments = pairs((i, j) => dot(filtered[i]!, solved[j]!))
    const constant = moments[size * size - 1]!
    // Of B itself: the eigenvalue 1 of M belongs to it, though the determinant is one without it where deflated.
    const whole = errorDeterminant!.logAbsolute(lambda) + (deflated ? Math.log(1 - lambda) : 0)
    return {
      moments: years ? withoutLast(moments, size, undefined) : moments,
      logDeterminant: whole - (sparseCholeskyLogDeterminant(factor) + (deflated ? Math.log(constant / entities) : 0)) / 2,
      slopes: () => {
        const turned = solved.map((column) => sparseTimesDense(transposed, column))
        const back = solved.map((column, j) => column.map((value, i) => value - lambda * turned[j]![i]!))
        const byLambda = pairs((i, j) => c * (dot(turned[i]!, back[j]!) + dot(back[i]!, turned[j]!)) - dot(solved[i]!, lags[j]!) - dot(solved[j]!, lags[i]!))
        const byC = pairs((i, j) => -dot(back[i]!, back[j]!))
        const inverse = selectedInverse(factor)
        const trace = errorDeterminant!.trace(lambda) + (deflated ? 1 / (1 - lambda) : 0)
        const ofConstant = (slopes: Float64Array) => (deflated ? slopes[size * size - 1]! / constant : 0)
        return {
          byLambda: years ? withoutLast(moments, size, byLambda) : byLambda,
          byC: years ? withoutLast(moments, size, byC) : byC,
          logDeterminantByLambda: -trace - (c * traceOfInverseTimes(inverse, { ...pattern, values: outerSlope }) + ofConstant(byLambda)) / 2,
          logDeterminantByC: -(traceOfInverseTimes(inverse, { ...pattern, values: outer }) + ofConstant(byC)) / 2
        }
      }
    }
  }
}

/** Where the variance is not positive definite, which it may be for an entity variance below zero. */
const undefinedAt = (size: number): WeightedMoments => {
  const nothing = new Float64Array(size * size).fill(Number.NaN)
  return {
    moments: nothing,
    logDeterminant: Number.NEGATIVE_INFINITY,
    slopes: () => ({ byLambda: nothing, byC: nothing, logDeterminantByLambda: Number.NaN, logDeterminantByC: Number.NaN })
  }
}
