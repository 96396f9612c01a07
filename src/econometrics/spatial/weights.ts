/**
 * A spatial weights matrix: row i holds the weights of the neighbours of `entities[i]`, row-major. The diagonal is zero. Entities stand in the
 * order of a panel's, so that the matrix can be put before its columns as they are.
 */
export interface WeightsMatrix {
  readonly entities: ReadonlyArray<string>
  readonly matrix: Float64Array
}

export const rowSums = ({ entities, matrix }: WeightsMatrix): Float64Array =>
  Float64Array.from(entities, (_, i) => matrix.subarray(i * entities.length, (i + 1) * entities.length).reduce((sum, w) => sum + w, 0))

/** Each row divided by its sum; a row of zeros (an island) stays as it is. */
export const rowStandardize = (weights: WeightsMatrix): WeightsMatrix => {
  const size = weights.entities.length
  const sums = rowSums(weights)
  return { entities: weights.entities, matrix: weights.matrix.map((w, at) => (w === 0 ? 0 : w / sums[Math.floor(at / size)]!)) }
}

/** Entities without a neighbour: their rows are all zero. */
export const islands = (weights: WeightsMatrix): ReadonlyArray<string> => {
  const { entities, matrix } = weights
  return entities.filter((_, i) => matrix.subarray(i * entities.length, (i + 1) * entities.length).every((w) => w === 0))
}

/** W 1 = 1 to rounding: what the transformation of Lee and Yu needs where there are time effects. */
export const isRowStandardized = (weights: WeightsMatrix): boolean => rowSums(weights).every((sum) => Math.abs(sum - 1) < 1e-9)

/** phi A + (1 - phi) B of two matrices over the same entities in the same order: nested weights, where A is geographic and B economic and both are row-standardised. */
export const nest = (a: WeightsMatrix, b: WeightsMatrix, phi: number): WeightsMatrix => ({
  entities: a.entities,
  matrix: a.matrix.map((w, at) => phi * w + (1 - phi) * b.matrix[at]!)
})
