import { readFileSync } from "node:fs"
import { expect } from "vitest"

interface Fit {
  readonly estimate: ReadonlyArray<number>
  readonly se: ReadonlyArray<number>
  readonly logLik: number
}
interface WithEffects extends Fit {
  readonly effects: Readonly<Record<"direct" | "indirect" | "total", ReadonlyArray<number>>>
}
type Name = "contiguity" | "nested"
type LmOracle = { readonly statistic: ReadonlyArray<number>; readonly p: ReadonlyArray<number> }

/** What test/oracle/spatial-us-states.R wrote. */
export const oracle: {
  readonly weights: Readonly<Record<Name, ReadonlyArray<number>>>
  readonly distances: ReadonlyArray<number>
  readonly moran: Readonly<Record<Name, ReadonlyArray<Readonly<Record<string, number>>>>>
  readonly lm_pooled: Readonly<Record<Name, LmOracle>>
  readonly lm_within: Readonly<Record<Name, LmOracle>>
  readonly lee_yu: Readonly<Record<Name, Readonly<Record<"sar" | "sdm" | "sem", Fit & { readonly covariance: ReadonlyArray<ReadonlyArray<number>> }>>>>
  readonly none: Readonly<Record<Name, { readonly sar: WithEffects; readonly sdm: WithEffects; readonly sem: Fit & { readonly spatialreg: Fit } }>>
  readonly random: Readonly<Record<Name, Fit>>
  readonly hausman: Readonly<Record<Name, { readonly statistic: number; readonly smallest: number }>>
} = JSON.parse(readFileSync(new URL("../../oracle/spatial-us-states.json", import.meta.url), "utf8"))

export const MATRICES: ReadonlyArray<Name> = ["contiguity", "nested"]

/** Every value within a relative tolerance of the reference. */
export const expectClose = (found: ArrayLike<number>, reference: ReadonlyArray<number>, tolerance: number): void => {
  expect(found.length).toBe(reference.length)
  for (let i = 0; i < reference.length; i++) {
    const error = Math.abs(found[i]! - reference[i]!) / Math.abs(reference[i]!)
    expect(error, `value ${i}: ${found[i]} against ${reference[i]}`).toBeLessThanOrEqual(tolerance)
  }
}
