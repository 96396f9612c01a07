import { addSparse } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import { fromRows, mapWeights, type WeightsMatrix } from "./weights-matrix.ts"

/** A Fault where two matrices are not over the same entities in the same order. */
const requireAlike = (a: WeightsMatrix, b: WeightsMatrix): void => {
  if (a.entities.length !== b.entities.length || a.entities.some((entity, i) => entity !== b.entities[i]))
    throw new Fault(
      "input",
      `weights are nested over the same entities in the same order; these are over ${a.entities.length} and ${b.entities.length}, or in another order: take selectEntities of one`
    )
}

/** phi A + (1 - phi) B of two matrices over the same entities in the same order: convex nesting, where A is geographic and B economic and both are row-standardised; phi is a share. */
export const nest = (a: WeightsMatrix, b: WeightsMatrix, phi: number): WeightsMatrix => {
  requireAlike(a, b)
  if (!(phi >= 0 && phi <= 1)) throw new Fault("input", `phi is the share of the first weights, from 0 to 1, not ${phi}`)
  return { entities: a.entities, matrix: addSparse(phi, a.matrix, 1 - phi, b.matrix) }
}

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
  requireAlike(a, b)
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
