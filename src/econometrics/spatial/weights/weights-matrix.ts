import { fromDense, fromTriplets, type SparseMatrix, rowSums as sumsOf, toDense } from "../../../linalg/sparse-matrix.ts"
import { Fault } from "../../fault.ts"
import { several } from "./several.ts"

/**
 * A spatial weights matrix: row i of `matrix` (compressed sparse rows, N x N) holds the weights of the neighbours of `entities[i]`. The diagonal is zero.
 * Entities stand in the order of a panel's, so that the matrix can be put before its columns as they are.
 */
export interface WeightsMatrix {
  readonly entities: ReadonlyArray<string>
  readonly matrix: SparseMatrix
}

/** Weights from links: `weight[k]` is that of `entities[to[k]]` in the row of `entities[from[k]]`. Links of weight zero are left out. */
export const fromLinks = (entities: ReadonlyArray<string>, from: ArrayLike<number>, to: ArrayLike<number>, weight: ArrayLike<number>): WeightsMatrix => {
  if (from.length !== weight.length || to.length !== weight.length)
    throw new Fault("input", `links have one from, one to and one weight each; there are ${from.length}, ${to.length} and ${weight.length}`)
  const strange = Array.from({ length: weight.length }, (_, k) => k).filter(
    (k) => !(Number.isFinite(weight[k]!) && entities[from[k]!] !== undefined && entities[to[k]!] !== undefined)
  )
  if (strange.length > 0)
    throw new Fault(
      "input",
      `links have finite weights and join entities 0 to ${entities.length - 1}; these do not: ${several(strange.map((k) => `${from[k]} - ${to[k]} (${weight[k]})`))}`
    )
  const kept = Array.from({ length: weight.length }, (_, k) => k).filter((k) => weight[k] !== 0)
  const pick = (values: ArrayLike<number>) => Float64Array.from(kept, (k) => values[k]!)
  return { entities, matrix: fromTriplets(entities.length, entities.length, pick(from), pick(to), pick(weight)) }
}

/** Weights row by row: `row(i)` gives the neighbours of `entities[i]`, each once and in any order, and their weights. Links of weight zero are left out. */
export const fromRows = (
  entities: ReadonlyArray<string>,
  row: (i: number) => { readonly columns: ReadonlyArray<number>; readonly values: ReadonlyArray<number> }
): WeightsMatrix => {
  const size = entities.length
  const starts = new Int32Array(size + 1)
  const columns: Array<number> = []
  const values: Array<number> = []
  for (let i = 0; i < size; i++) {
    const found = row(i)
    const order = found.columns.map((_, at) => at).filter((at) => found.values[at] !== 0)
    for (const at of order.sort((a, b) => found.columns[a]! - found.columns[b]!)) {
      columns.push(found.columns[at]!)
      values.push(found.values[at]!)
    }
    starts[i + 1] = columns.length
  }
  return { entities, matrix: { rows: size, columnCount: size, starts, columns: Int32Array.from(columns), values: Float64Array.from(values) } }
}

/** So many entities have 10^8 ordered pairs. */
const MOST_FOR_ALL_PAIRS = 10_000

/** Weights of all ordered pairs of entities, none where `weight` is zero; the diagonal is not asked for. More than 10,000 entities are a fault: their matrix has no zeros. */
export const fromPairs = (entities: ReadonlyArray<string>, weight: (i: number, j: number) => number): WeightsMatrix => {
  const size = entities.length
  if (size > MOST_FOR_ALL_PAIRS)
    throw new Fault(
      "too-many-pairs",
      `weights of all pairs of ${size} entities are ${size * (size - 1)} numbers; link each to its nearest, or to those within a distance`
    )
  const starts = new Int32Array(size + 1)
  const columns: Array<number> = []
  const values: Array<number> = []
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i === j) continue
      const w = weight(i, j)
      if (w === 0) continue
      columns.push(j)
      values.push(w)
    }
    starts[i + 1] = columns.length
  }
  return { entities, matrix: { rows: size, columnCount: size, starts, columns: Int32Array.from(columns), values: Float64Array.from(values) } }
}

/** Weights from a whole N x N matrix, row-major. */
export const fromMatrix = (entities: ReadonlyArray<string>, matrix: Float64Array): WeightsMatrix => {
  if (matrix.length !== entities.length ** 2)
    throw new Fault("input", `a matrix of weights of ${entities.length} entities has ${entities.length ** 2} numbers; this one has ${matrix.length}`)
  return { entities, matrix: fromDense(matrix, entities.length, entities.length) }
}

/** The whole N x N matrix, row-major. */
export const denseWeights = ({ matrix }: WeightsMatrix): Float64Array => toDense(matrix)

export const rowSums = ({ matrix }: WeightsMatrix): Float64Array => sumsOf(matrix)

/** The same links with other weights: `weight` gets the weight's row, column and value. */
export const mapWeights = ({ entities, matrix }: WeightsMatrix, weight: (i: number, j: number, w: number) => number): WeightsMatrix => {
  const values = new Float64Array(matrix.values.length)
  for (let i = 0; i < matrix.rows; i++)
    for (let at = matrix.starts[i]!; at < matrix.starts[i + 1]!; at++) values[at] = weight(i, matrix.columns[at]!, matrix.values[at]!)
  return { entities, matrix: { ...matrix, values } }
}

/** The weights among some entities, in their order: rows and columns of others are left out. One that the weights lack has no links. */
export const selectEntities = (weights: WeightsMatrix, entities: ReadonlyArray<string>): WeightsMatrix => {
  const { columns, starts, values } = weights.matrix
  const rowOf = new Map(weights.entities.map((entity, i) => [entity, i]))
  const place = new Map(entities.map((entity, i) => [entity, i]))
  const to = weights.entities.map((entity) => place.get(entity) ?? -1)
  return fromRows(entities, (i) => {
    const row = rowOf.get(entities[i]!)
    if (row === undefined) return { columns: [], values: [] }
    const at = Array.from({ length: starts[row + 1]! - starts[row]! }, (_, k) => starts[row]! + k).filter((at) => to[columns[at]!] !== -1)
    return { columns: at.map((at) => to[columns[at]!]!), values: at.map((at) => values[at]!) }
  })
}

/** Each row divided by its sum; a row of zeros (an island) stays as it is. Rows whose weights cancel, so that they sum to zero, are a fault that names their entities. */
export const rowStandardize = (weights: WeightsMatrix): WeightsMatrix => {
  const sums = rowSums(weights)
  const sizes = rowSums(mapWeights(weights, (_i, _j, w) => Math.abs(w)))
  const cancelled = weights.entities.filter((_, i) => sizes[i]! > 0 && Math.abs(sums[i]!) <= 1e-14 * sizes[i]!)
  if (cancelled.length > 0)
    throw new Fault(
      "zero-row-sum",
      `rows of weights that sum to zero cannot be divided by their sum: ${several(cancelled)}; take weights of one sign, or leave them as they are`
    )
  return mapWeights(weights, (i, _, w) => (w === 0 ? 0 : w / sums[i]!))
}

/** Entities without a neighbour: their rows are all zero. */
export const islands = ({ entities, matrix: { starts, values } }: WeightsMatrix): ReadonlyArray<string> =>
  entities.filter((_, i) => values.subarray(starts[i]!, starts[i + 1]!).every((w) => w === 0))

/** W 1 = 1 to rounding: what the transformation of Lee and Yu needs where there are time effects. */
export const isRowStandardized = (weights: WeightsMatrix): boolean => rowSums(weights).every((sum) => Math.abs(sum - 1) < 1e-9)
