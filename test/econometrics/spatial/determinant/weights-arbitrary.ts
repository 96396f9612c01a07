import { fromTriplets, rowSums, type SparseMatrix, transpose } from "../../../../src/linalg/sparse-matrix.ts"
import { addSparse } from "../../../../src/linalg/sparse-product.ts"
import { stream } from "../../../../src/stats/random.ts"
import { squareSparse } from "../../../linalg/sparse-arbitrary.ts"

/** Rows divided by their sums; empty rows stay. */
export const standardized = (a: SparseMatrix): SparseMatrix => {
  const sums = rowSums(a)
  const values = a.values.slice()
  for (let i = 0; i < a.rows; i++) for (let at = a.starts[i]!; at < a.starts[i + 1]!; at++) values[at]! /= sums[i]! || 1
  return { ...a, values }
}
const absolute = (a: SparseMatrix): SparseMatrix => ({ ...a, values: a.values.map(Math.abs) })

/** Small weights of at least 0 whose rows sum to 1 or are empty, in pieces, with islands and weights on the diagonal at times. */
export const unsymmetricWeights = squareSparse.map((a) => standardized(absolute(a)))
/** The same from symmetric weights. */
export const similarWeights = squareSparse.map((a) => standardized(addSparse(1, absolute(a), 1, transpose(absolute(a)))))
/** Weights of either sign as they come. */
export const rawWeights = squareSparse

/** `places` random points of the unit square, each with its `near` nearest, row-standardised: not symmetric. */
export const nearest = (places: number, near: number): SparseMatrix => {
  const draw = stream(11, places)
  const points = Array.from({ length: places }, () => [draw.uniform(), draw.uniform()] as const)
  const links = points.flatMap(([x, y], i) =>
    points
      .map(([u, v], j) => ({ j, far: j === i ? Number.POSITIVE_INFINITY : Math.hypot(u - x, v - y) }))
      .sort((a, b) => a.far - b.far)
      .slice(0, near)
      .map(({ j }) => [i, j] as const)
  )
  return standardized(
    fromTriplets(
      places,
      places,
      links.map(([i]) => i),
      links.map(([, j]) => j),
      links.map(() => 1)
    )
  )
}
