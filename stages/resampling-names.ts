import type { Resampling } from "../src/econometrics/bootstrap/bootstrap.ts"
import type { Unit } from "../src/econometrics/bootstrap/resampler.ts"
import type { WildWeights } from "../src/econometrics/bootstrap/wild-weights.ts"
import type { SpatialResampling } from "../src/econometrics/spatial/paths/spatial-mediation-replicates.ts"

const NAMES: Readonly<Record<Resampling, string>> = {
  clusters: "pairs cluster bootstrap",
  observations: "pairs bootstrap by observation",
  "wild-clusters": "wild cluster bootstrap",
  "wild-observations": "wild bootstrap by observation"
}

const SPATIAL: Readonly<Record<SpatialResampling, string>> = {
  "wild-clusters": "wild by entity",
  "recursive-wild-clusters": "wild by entity and equation, mediator made anew",
  periods: "whole periods, mediator made anew"
}

const weightsName = (weights: WildWeights): string => ` (${weights === "webb" ? "Webb" : "Rademacher"} weights)`

/** What a table of replicates says of how they were drawn. */
export const bootstrapName = (resampling: Resampling, weights: WildWeights): string =>
  resampling.startsWith("wild") ? `${NAMES[resampling]}${weightsName(weights)}` : NAMES[resampling]

/** The same of replicates of a spatial model. */
export const spatialBootstrapName = (resampling: SpatialResampling, weights: WildWeights): string =>
  `spatial residual bootstrap: ${SPATIAL[resampling]}${resampling === "periods" ? "" : weightsName(weights)}`

export const isSpatialBootstrap = (scheme: string): boolean => scheme.startsWith("spatial residual bootstrap")

export const jackknifeName = (unit: Unit): string => `jackknife by ${unit}`

/** The jackknife that belongs to a bootstrap so named. */
export const jackknifeOf = (scheme: string): string => jackknifeName(scheme.includes("by observation") ? "observation" : "cluster")

export const isJackknife = (scheme: string): boolean => scheme.startsWith("jackknife")

/** The column of an effect's studentised replicates. */
export const studentisedName = (effect: string): string => `studentised ${effect}`
