import effect from "effect/package.json" with { type: "json" }

/**
 * Raised by hand whenever the same stage code with the same inputs would give another artifact, or record other reads, under the changed framework
 * (src/dag, src/artifact, the executors): every stage is then computed anew.
 */
export const FRAMEWORK = 2

/** What the framework is, as far as results depend on it. It enters every fingerprint. */
export const frameworkIdentity = (): string => `sediment ${FRAMEWORK}, effect ${effect.version}`
