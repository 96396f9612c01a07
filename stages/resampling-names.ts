import type { Resampling } from "../src/econometrics/bootstrap/bootstrap.ts"
import type { Unit } from "../src/econometrics/bootstrap/resampler.ts"
import type { WildWeights } from "../src/econometrics/bootstrap/wild-weights.ts"

const NAMES: Readonly<Record<Resampling, string>> = {
  clusters: "pairs cluster bootstrap",
  observations: "pairs bootstrap by observation",
  "wild-clusters": "wild cluster bootstrap",
  "wild-observations": "wild bootstrap by observation"
}

/** What a table of replicates says of how they were drawn. */
export const bootstrapName = (resampling: Resampling, weights: WildWeights): string =>
  resampling.startsWith("wild") ? `${NAMES[resampling]} (${weights === "webb" ? "Webb" : "Rademacher"} weights)` : NAMES[resampling]

export const jackknifeName = (unit: Unit): string => `jackknife by ${unit}`

/** The jackknife that belongs to a bootstrap so named. */
export const jackknifeOf = (scheme: string): string => jackknifeName(scheme.includes("by observation") ? "observation" : "cluster")

export const isJackknife = (scheme: string): boolean => scheme.startsWith("jackknife")

/** The column of an effect's studentised replicates. */
export const studentisedName = (effect: string): string => `studentised ${effect}`
