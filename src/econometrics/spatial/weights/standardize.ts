import { rowSums as sumsOf, transpose } from "../../../linalg/sparse-matrix.ts"
import { spectralRadius } from "../../../linalg/spectral-radius.ts"
import { Fault } from "../../fault.ts"
import { islands, mapWeights, rowStandardize, rowSums, type WeightsMatrix } from "./weights-matrix.ts"

/**
 * How weights are scaled; in brackets spdep's style. none (B): not at all; row (W): each row sums to 1; global (C): all sum to the number of entities with neighbours;
 * unit (U): all sum to 1; variance-stabilising (S): each row divided by its Euclidean length, then as in global (Tiefelsdorf, Griffith and Boots 1999); min-max
 * (minmax): divided by the lesser of the largest row sum and the largest column sum (Kelejian and Prucha 2010); spectral: divided by the largest absolute eigenvalue.
 */
export const STANDARDIZATIONS = ["row", "none", "spectral", "min-max", "global", "unit", "variance-stabilising"] as const
export type Standardization = (typeof STANDARDIZATIONS)[number]

const dividedBy = (weights: WeightsMatrix, divisor: number): WeightsMatrix => {
  if (!(divisor > 0)) throw new Fault("no-links", "the weights cannot be standardised: there is no link between any entities")
  return mapWeights(weights, (_i, _j, w) => w / divisor)
}

const total = (values: Float64Array): number => values.reduce((sum, w) => sum + w, 0)
const withNeighbours = (weights: WeightsMatrix): number => weights.entities.length - islands(weights).length

/** All weights divided so that they sum to the number of entities that have neighbours. */
const globally = (weights: WeightsMatrix): WeightsMatrix => dividedBy(weights, total(weights.matrix.values) / withNeighbours(weights))

const rowLengths = (weights: WeightsMatrix): Float64Array => rowSums(mapWeights(weights, (_i, _j, w) => w * w)).map(Math.sqrt)

/** Weights in another scale. Weights must not be negative; islands stay rows of zeros, and weights without any link are a fault (but for row and none). */
export const standardize = (weights: WeightsMatrix, standardisation: Standardization): WeightsMatrix => {
  switch (standardisation) {
    case "none":
      return weights
    case "row":
      return rowStandardize(weights)
    case "global":
      return globally(weights)
    case "unit":
      return dividedBy(weights, total(weights.matrix.values))
    case "variance-stabilising": {
      const lengths = rowLengths(weights)
      return globally(mapWeights(weights, (i, _, w) => (w === 0 ? 0 : w / lengths[i]!)))
    }
    case "min-max": {
      const most = (sums: Float64Array) => sums.reduce((greatest, sum) => Math.max(greatest, sum), 0)
      return dividedBy(weights, Math.min(most(rowSums(weights)), most(sumsOf(transpose(weights.matrix)))))
    }
    case "spectral":
      if (weights.matrix.values.some((w) => !(w >= 0)))
        throw new Fault("negative-weights", "spectral standardisation needs weights that are not negative: take row or none, or correct the weights")
      return dividedBy(weights, spectralRadius(weights.matrix))
  }
}
