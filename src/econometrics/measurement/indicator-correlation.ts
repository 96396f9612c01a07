import { Fault } from "../fault.ts"
import { standardDeviation } from "./standard-deviation-weights.ts"

/** Pearson's correlations of columns of the same length n >= 2, row-major. A constant column has none: a Fault `constant-indicator`. */
export const indicatorCorrelation = (columns: ReadonlyArray<Float64Array>): Float64Array => {
  const size = columns.length
  const scores = columns.map((y, j) => {
    const deviation = standardDeviation(y) * Math.sqrt(y.length - 1)
    if (!(deviation > 0)) throw new Fault("constant-indicator", `indicator ${j + 1} is constant and has no correlation with the others: leave it out`)
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length
    return y.map((value) => (value - mean) / deviation)
  })
  const matrix = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    matrix[j * size + j] = 1
    for (let k = 0; k < j; k++) {
      const r = scores[j]!.reduce((sum, z, i) => sum + z * scores[k]![i]!, 0)
      matrix[j * size + k] = matrix[k * size + j] = Math.max(-1, Math.min(1, r))
    }
  }
  return matrix
}
