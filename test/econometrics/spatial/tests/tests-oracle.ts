import { readFileSync } from "node:fs"
import { expect } from "vitest"
import type { ChiSquaredTest } from "../../../../src/econometrics/spatial/tests/chi-squared-test.ts"

type Triple = readonly [statistic: number, df: number, p: number]
type Pair = readonly [statistic: number, p: number]
export type LmOracle = Readonly<Record<"err" | "lag" | "robust_err" | "robust_lag" | "sarma", Triple>>
export type DurbinOracle = Readonly<Record<"lag" | "wx" | "adjusted_lag" | "adjusted_wx" | "joint_sdm" | "err" | "joint_sdem", Triple>>
type Convention = LmOracle & { readonly koley_bera: DurbinOracle }
export type CdOracle = Readonly<Record<"cd" | "lm" | "sclm" | "cd_local", Pair>> & { readonly bcsclm?: Pair }
type Dependence = CdOracle & { readonly rho: number; readonly absrho: number }
type PanelOracle = Readonly<Record<"pooled" | "individual" | "time" | "twoways", Readonly<Record<"transformed" | "naive" | "elhorst", Convention>>>> & {
  readonly cd: Readonly<Record<"twoways" | "individual" | "pooled", CdOracle>>
  readonly baltagi_song_koh: { readonly lm1: Pair; readonly lm2: Pair; readonly lmj: Triple; readonly clm_lambda: Pair; readonly clm_mu: Pair }
}

/** What test/oracle/spatial-tests.R wrote. */
export const oracle: {
  readonly cross_section: Readonly<
    Record<"columbus" | "columbus_B" | "boston", { readonly lm: LmOracle; readonly koley_bera: DurbinOracle; readonly slx: LmOracle }>
  >
  readonly panels: Readonly<Record<"cigar" | "produc", PanelOracle>>
  readonly dependence: Readonly<Record<"cigar" | "produc", Readonly<Record<"by_entity" | "variable" | "unbalanced", Dependence>>>>
} = JSON.parse(readFileSync(new URL("../../../oracle/spatial-tests.json", import.meta.url), "utf8"))

/** A number within a relative tolerance of the reference; p-values below 1e-9 are what R's subtractions leave, and compared absolutely. */
export const expectNumber = (found: number | undefined, reference: number, tolerance: number, what = ""): void => {
  expect(found, what).toBeTypeOf("number")
  expect(Math.abs(found! - reference), `${what}: ${found} against ${reference}`).toBeLessThanOrEqual(tolerance * Math.abs(reference))
}

export const expectTest = (found: ChiSquaredTest | undefined, [statistic, df, p]: Triple, tolerance: number, what: string): void => {
  expectNumber(found?.statistic, statistic, tolerance, what)
  expect(found!.df, what).toBe(df)
  // The p of a large statistic moves by half of what the statistic does.
  expect(Math.abs(found!.pValue - p), `${what}: p`).toBeLessThanOrEqual(1e-12 + p * tolerance * Math.max(1, statistic))
}
