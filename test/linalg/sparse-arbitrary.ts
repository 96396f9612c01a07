import fc from "fast-check"
import { fromTriplets, type SparseMatrix } from "../../src/linalg/sparse-matrix.ts"

const triplets = (rows: number, columns: number, most: number) =>
  fc.array(fc.tuple(fc.nat({ max: rows - 1 }), fc.nat({ max: columns - 1 }), fc.integer({ min: -8, max: 8 })), { maxLength: most }).map((all) =>
    fromTriplets(
      rows,
      columns,
      all.map(([i]) => i),
      all.map(([, j]) => j),
      all.map(([, , value]) => value)
    )
  )

/** Small matrices of whole numbers: sums and products are exact. Empty rows, zeros that are kept and pieces apart come up often. */
export const sparseOf = (rows: number, columns: number): fc.Arbitrary<SparseMatrix> => triplets(rows, columns, 3 * rows)
export const squareSparse: fc.Arbitrary<SparseMatrix> = fc.integer({ min: 1, max: 14 }).chain((n) => sparseOf(n, n))

/** The order 0..n-1, shuffled. */
export const orderOf = (n: number): fc.Arbitrary<Int32Array> =>
  fc
    .shuffledSubarray(
      Array.from({ length: n }, (_, i) => i),
      { minLength: n, maxLength: n }
    )
    .map((order) => Int32Array.from(order))

/** A rook lattice of side x side places, 1 beside each other. */
export const lattice = (side: number): SparseMatrix => {
  const pairs: Array<readonly [number, number]> = []
  for (let r = 0; r < side; r++)
    for (let c = 0; c < side; c++) {
      const here = r * side + c
      if (c + 1 < side) pairs.push([here, here + 1], [here + 1, here])
      if (r + 1 < side) pairs.push([here, here + side], [here + side, here])
    }
  return fromTriplets(
    side * side,
    side * side,
    pairs.map(([i]) => i),
    pairs.map(([, j]) => j),
    new Float64Array(pairs.length).fill(1)
  )
}
