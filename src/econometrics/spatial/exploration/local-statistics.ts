import { rowSums } from "../../../linalg/sparse-matrix.ts"
import { falseDiscoveryRate } from "../../../stats/false-discovery-rate.ts"
import { Fault } from "../../fault.ts"
import { several } from "../weights/several.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type Alternative, normalPValue } from "./alternative.ts"

/** A local statistic of every entity, in the order of the weights. An entity without neighbours has NaN for z and p-values. */
export interface LocalStatistics {
  readonly statistic: Float64Array
  readonly expected: Float64Array
  readonly variance: Float64Array
  readonly z: Float64Array
  readonly pValue: Float64Array
  /** Adjusted for the false discovery rate over the entities (Benjamini and Hochberg). */
  readonly pFdr: Float64Array
}

/**
 * z, p and the adjusted p. A variance that is zero (to rounding, against `scale`) where the entity has neighbours is a fault; all such entities are named
 * together. `towards` tells by its sign whether a greater statistic of entity i has a positive z (1 without it) or a negative one.
 */
export const localTests = (
  what: string,
  weights: WeightsMatrix,
  statistic: Float64Array,
  expected: Float64Array,
  variance: Float64Array,
  scale: Float64Array,
  alternative: Alternative,
  towards?: Float64Array
): LocalStatistics => {
  const { entities } = weights
  const flat = entities.filter((_, i) => scale[i]! > 0 && !(variance[i]! > 1e-13 * scale[i]!))
  if (flat.length > 0)
    throw new Fault(
      "no-variance",
      `${what} has no variance for ${several(flat)}: the values of the others are all equal, or all others are neighbours of one weight`
    )
  const z = statistic.map((value, i) => (scale[i]! > 0 ? (Math.sign(towards?.[i] ?? 1) * (value - expected[i]!)) / Math.sqrt(variance[i]!) : Number.NaN))
  const pValue = z.map((value) => (Number.isNaN(value) ? value : normalPValue(value, alternative)))
  return { statistic, expected, variance, z, pValue, pFdr: falseDiscoveryRate(pValue) }
}

/** The sums of each row's weights and of their squares. */
export const rowMoments = ({ matrix }: WeightsMatrix): { readonly sums: Float64Array; readonly squares: Float64Array } => ({
  sums: rowSums(matrix),
  squares: rowSums({ ...matrix, values: matrix.values.map((w) => w * w) })
})
