import { fromDense, fromTriplets, rowSums, type SparseMatrix, transpose } from "../../src/linalg/sparse-matrix.ts"
import { addSparse } from "../../src/linalg/sparse-product.ts"
import { stream } from "../../src/stats/random.ts"

/** Each row divided by its sum; an empty row stays empty. */
const standardized = (a: SparseMatrix): SparseMatrix => {
  const sums = rowSums(a)
  const values = a.values.slice()
  for (let i = 0; i < a.rows; i++) for (let at = a.starts[i]!; at < a.starts[i + 1]!; at++) values[at]! /= sums[i]!
  return { ...a, values }
}

/** The `near` nearest of each of `places` random points of the unit square, row-standardized: not symmetric. */
export const nearest = (places: number, near: number): SparseMatrix => {
  const draw = stream(7, places)
  const x = Float64Array.from({ length: places }, () => draw.uniform())
  const y = Float64Array.from({ length: places }, () => draw.uniform())
  const side = Math.max(1, Math.floor(Math.sqrt(places / 3)))
  const cells = Array.from({ length: side * side }, (): Array<number> => [])
  const cellOf = (v: number) => Math.min(side - 1, Math.floor(v * side))
  for (let i = 0; i < places; i++) cells[cellOf(y[i]!) * side + cellOf(x[i]!)]!.push(i)
  const columns = new Int32Array(places * near)
  for (let i = 0; i < places; i++) {
    const [row, column] = [cellOf(y[i]!), cellOf(x[i]!)]
    for (let reach = 1; ; reach++) {
      const found: Array<readonly [number, number]> = []
      for (let r = Math.max(0, row - reach); r <= Math.min(side - 1, row + reach); r++)
        for (let c = Math.max(0, column - reach); c <= Math.min(side - 1, column + reach); c++)
          for (const j of cells[r * side + c]!) if (j !== i) found.push([Math.hypot(x[j]! - x[i]!, y[j]! - y[i]!), j])
      found.sort((a, b) => a[0] - b[0])
      // Nothing nearer lies outside the cells that were looked through.
      if (reach < side && !(found.length >= near && found[near - 1]![0] <= reach / side)) continue
      for (let k = 0; k < near; k++) columns[i * near + k] = found[k]![1]
      break
    }
  }
  return standardized(
    fromTriplets(
      places,
      places,
      Int32Array.from(columns, (_, at) => Math.floor(at / near)),
      columns,
      new Float64Array(columns.length).fill(1)
    )
  )
}

/** Neighbours where either is among the other's nearest, row-standardized: similar to a symmetric matrix. */
export const symmetrized = (w: SparseMatrix): SparseMatrix => {
  const either = addSparse(1, w, 1, transpose(w))
  return standardized({ ...either, values: either.values.map(() => 1) })
}

/** A lattice of side x side places, neighbours to the left, right, above and below, row-standardized. */
export const rook = (side: number): SparseMatrix => {
  const row: Array<number> = []
  const column: Array<number> = []
  for (let here = 0; here < side * side; here++)
    for (const there of [(here + 1) % side === 0 ? -1 : here + 1, here + side < side * side ? here + side : -1])
      if (there !== -1) {
        row.push(here, there)
        column.push(there, here)
      }
  return standardized(fromTriplets(side * side, side * side, row, column, new Float64Array(row.length).fill(1)))
}

/** 1/d between random points of the unit square, row-standardized: dense, and similar to a symmetric matrix; `twist` other than 1 multiplies the weights one way, so that it is not. */
export const inverseDistances = (places: number, twist = 1): SparseMatrix => {
  const draw = stream(8, places)
  const x = Float64Array.from({ length: places }, () => draw.uniform())
  const y = Float64Array.from({ length: places }, () => draw.uniform())
  const weight = (i: number, j: number) => (i === j ? 0 : (i < j ? twist : 1) / Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!))
  const dense = Float64Array.from({ length: places * places }, (_, at) => weight(Math.floor(at / places), at % places))
  return standardized(fromDense(dense, places, places))
}
