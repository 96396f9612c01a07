import { addSparse } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import { fromRows, mapWeights, type WeightsMatrix } from "./weights-matrix.ts"

/** phi A + (1 - phi) B of two matrices over the same entities in the same order: convex nesting, where A is geographic and B economic and both are row-standardised. */
export const nest = (a: WeightsMatrix, b: WeightsMatrix, phi: number): WeightsMatrix => ({
  entities: a.entities,
  matrix: addSparse(phi, a.matrix, 1 - phi, b.matrix)
})

/**
 * W diag(g_j / mean g): a neighbour counts by the size of its economy; g is one value an entity (the mean over the years of `variable`). Values that are not
 * above 0 are a fault that names their entities.
 */
export const nestDiagonal = (weights: WeightsMatrix, g: Float64Array, variable: string): WeightsMatrix => {
  const bad = weights.entities.filter((_, i) => !(g[i]! > 0))
  if (bad.length > 0)
    throw new Fault(
      "no-economy",
      `weights nested by a diagonal need means of ${variable} above 0; these entities have others: ${bad.map((entity) => `"${entity}" (${g[weights.entities.indexOf(entity)]})`).join(", ")}; take it in levels, not in logarithms`
    )
  const mean = g.reduce((sum, x) => sum + x, 0) / g.length
  return mapWeights(weights, (_i, j, w) => (w * g[j]!) / mean)
}

/** A .* B, weight by weight: only pairs that both link are linked. Over the same entities in the same order. */
export const nestProduct = (a: WeightsMatrix, b: WeightsMatrix): WeightsMatrix => {
  const [one, other] = [a.matrix, b.matrix]
  return fromRows(a.entities, (i) => {
    const columns: Array<number> = []
    const values: Array<number> = []
    for (let p = one.starts[i]!, q = other.starts[i]!; p < one.starts[i + 1]! && q < other.starts[i + 1]!; ) {
      const [left, right] = [one.columns[p]!, other.columns[q]!]
      if (left === right) {
        columns.push(left)
        values.push(one.values[p]! * other.values[q]!)
      }
      if (left <= right) p++
      if (right <= left) q++
    }
    return { columns, values }
  })
}
