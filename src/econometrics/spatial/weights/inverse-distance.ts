import { distanceWeights } from "./distance-weights.ts"
import type { WeightsMatrix } from "./weights-matrix.ts"

/** Weights 1/d of all pairs, d the great-circle distance in km, not standardised: what `distanceWeights` gives by its commonest choices. */
export const inverseDistance = (entities: ReadonlyArray<string>, latitude: Float64Array, longitude: Float64Array): WeightsMatrix =>
  distanceWeights(entities, { metric: "great-circle", latitude, longitude }, { kind: "inverse", power: 1 })
