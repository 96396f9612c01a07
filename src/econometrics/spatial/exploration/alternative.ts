import { normalUpper } from "../../../stats/normal.ts"
import { Fault } from "../../fault.ts"

/** What a test finds against no spatial autocorrelation: `greater`, like values near each other; `less`, unlike ones; `two-sided`, either. */
export type Alternative = "greater" | "less" | "two-sided"

/** A Fault where a test is against something else. */
const requireAlternative = (alternative: Alternative): void => {
  if (!["greater", "less", "two-sided"].includes(alternative)) throw new Fault("input", `an alternative is one of greater, less, two-sided, not ${alternative}`)
}

/** A Fault where arrangements cannot be drawn so many times. */
export const requireReplicates = (replicates: number): void => {
  if (!(Number.isInteger(replicates) && replicates >= 1)) throw new Fault("input", `replicates are a whole number from 1 (999), not ${replicates}`)
}

/** The p-value of a standard normal z whose positive values speak for `greater`. */
export const normalPValue = (z: number, alternative: Alternative): number => {
  requireAlternative(alternative)
  return alternative === "two-sided" ? 2 * normalUpper(Math.abs(z)) : normalUpper(alternative === "greater" ? z : -z)
}

/**
 * The p-value of a permutation test: the share of arrangements, the observed one counted among them, that are at least as far out, (1 + count)/(1 + R). Two-sided
 * is twice the smaller share, at most 1. `atLeast` and `atMost` count arrangements whose statistic is as large, as small as the observed one.
 */
export const permutationPValue = (atLeast: number, atMost: number, replicates: number, alternative: Alternative): number => {
  requireAlternative(alternative)
  const share = (count: number) => (1 + count) / (1 + replicates)
  if (alternative === "two-sided") return Math.min(1, 2 * share(Math.min(atLeast, atMost)))
  return share(alternative === "greater" ? atLeast : atMost)
}
