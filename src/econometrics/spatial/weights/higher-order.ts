import { type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"
import { sparseProduct } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import { fromRows, type WeightsMatrix } from "./weights-matrix.ts"

const checkOrder = (order: number, what: string): void => {
  if (!Number.isInteger(order) || order < 1) throw new Fault("no-order", `${what} must be a whole number from 1; it is ${order}`)
}

/**
 * Binary weights of the neighbours of an order: those to whom the shortest path along links has so many steps (spdep's nblag); `cumulated`: at most so many, but
 * the entity itself. Weights of zero are no links.
 */
export const neighboursOfOrder = ({ entities, matrix: { columns, starts, values } }: WeightsMatrix, order: number, cumulated = false): WeightsMatrix => {
  checkOrder(order, "the order of neighbours")
  const reachedFrom = new Int32Array(entities.length).fill(-1)
  return fromRows(entities, (i) => {
    reachedFrom[i] = i
    let ring = [i]
    const found: Array<number> = []
    for (let step = 1; step <= order && ring.length > 0; step++) {
      const next: Array<number> = []
      for (const from of ring)
        for (let at = starts[from]!; at < starts[from + 1]!; at++) {
          const to = columns[at]!
          if (values[at] === 0 || reachedFrom[to] === i) continue
          reachedFrom[to] = i
          next.push(to)
        }
      if (cumulated || step === order) found.push(...next)
      ring = next
    }
    return { columns: found, values: found.map(() => 1) }
  })
}

/** W^power. Its diagonal holds the ways that lead back, so that it is no weights matrix from 2 on: `withoutDiagonal` makes one. */
export const weightsPower = ({ matrix }: WeightsMatrix, power: number): SparseMatrix => {
  checkOrder(power, "the power of the weights")
  let result = matrix
  for (let k = 1; k < power; k++) result = sparseProduct(result, matrix)
  return result
}

/** A matrix over entities as weights: its diagonal is left out. */
export const withoutDiagonal = (entities: ReadonlyArray<string>, { columns, starts, values }: SparseMatrix): WeightsMatrix =>
  fromRows(entities, (i) => {
    const at = Array.from({ length: starts[i + 1]! - starts[i]! }, (_, k) => starts[i]! + k).filter((at) => columns[at] !== i)
    return { columns: at.map((at) => columns[at]!), values: at.map((at) => values[at]!) }
  })

/**
 * Weights that are the same from i to j as from j to i: either: linked where one side links the other, by the larger weight (spdep's make.sym.nb, of binary weights);
 * both: where both sides do, by the lesser weight; mean: (W + W')/2.
 */
export const SYMMETRIES = ["either", "both", "mean"] as const
export type Symmetry = (typeof SYMMETRIES)[number]

/** Weights made symmetric by one of `SYMMETRIES`. Row sums are what comes of it: standardise afterwards. */
export const symmetrize = ({ entities, matrix }: WeightsMatrix, symmetry: Symmetry): WeightsMatrix => {
  const turned = transpose(matrix)
  const combine = { either: Math.max, both: Math.min, mean: (a: number, b: number) => (a + b) / 2 }[symmetry]
  return fromRows(entities, (i) => {
    const pairs = new Map<number, [number, number]>()
    for (const [side, { columns, starts, values }] of [matrix, turned].entries())
      for (let at = starts[i]!; at < starts[i + 1]!; at++) {
        const pair = pairs.get(columns[at]!) ?? [0, 0]
        pair[side as 0 | 1] = values[at]!
        pairs.set(columns[at]!, pair)
      }
    return { columns: [...pairs.keys()], values: [...pairs.values()].map(([there, back]) => combine(there, back)) }
  })
}
