import { describe, expect, it } from "vitest"
import { lmTests } from "../../../../src/econometrics/spatial/tests/lm-tests.ts"
import { randomEffectsLmTests } from "../../../../src/econometrics/spatial/tests/random-effects-lm-tests.ts"
import { fromPairs, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../../../../src/stats/random.ts"
import { modelOf } from "../fit-of.ts"
import { cigar, columbus, produc } from "../spatial-data.ts"
import { expectNumber, expectTest, oracle } from "./tests-oracle.ts"

describe("LM tests of random effects and spatial errors", () => {
  for (const [name, data] of Object.entries({ cigar: cigar(), produc: produc() }))
    it(`are those of Baltagi, Song and Koh, the conditional ones from whole covariance matrices in R (${name})`, () => {
      const found = randomEffectsLmTests(modelOf(rowStandardize(data.binary), data.columns))
      const reference = oracle.panels[name as "cigar"].baltagi_song_koh
      expectNumber(found.randomEffects.statistic, reference.lm1[0], 1e-9)
      expectNumber(found.error.statistic, reference.lm2[0], 1e-9)
      expect(Math.abs(found.error.pValue / reference.lm2[1] - 1)).toBeLessThan(1e-7)
      expectTest(found.joint, reference.lmj, 1e-9, "joint")
      expectNumber(found.errorGivenRandomEffects.statistic, reference.clm_lambda[0], 1e-6)
      expectNumber(found.randomEffectsGivenError.statistic, reference.clm_mu[0], 1e-6)
    })

  it("have LM-error of pooled residuals as the square of LM2", () => {
    const { binary, columns } = produc()
    const model = modelOf(rowStandardize(binary), columns)
    expectNumber(randomEffectsLmTests(model).error.statistic ** 2, lmTests(model, { effects: "pooled" }).error.statistic, 1e-9)
  })

  it("reject about as often as they say where there is nothing, and find random effects where these are", () => {
    const [size, periods, draws] = [24, 5, 120]
    const ring = rowStandardize(
      fromPairs(
        Array.from({ length: size }, (_, i) => `e${i}`),
        (i, j) => (Math.abs(i - j) === 1 || Math.abs(i - j) === size - 1 ? 1 : 0)
      )
    )
    const found = (draw: number, scale: number) => {
      const random = stream(4, draw)
      const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal())
      const [x, noise, own] = [normals(size * periods), normals(size * periods), normals(size)]
      const dependent = x.map((v, at) => v + noise[at]! + scale * own[Math.floor(at / periods)]!)
      return randomEffectsLmTests(modelOf(ring, { dependent, regressors: [x], names: ["x"] }))
    }
    const nothing = Array.from({ length: draws }, (_, draw) => found(draw, 0))
    for (const test of ["randomEffects", "error", "joint", "errorGivenRandomEffects", "randomEffectsGivenError"] as const) {
      const rejected = nothing.filter((result) => result[test].pValue < 0.05).length / draws
      // 0.05 and more than three of its standard errors.
      expect(rejected, test).toBeLessThan(0.05 + 0.065)
      expect(rejected, test).toBeGreaterThan(0)
    }
    const effects = found(0, 1)
    expect(effects.randomEffects.pValue).toBeLessThan(1e-6)
    expect(effects.randomEffectsGivenError.pValue).toBeLessThan(1e-6)
  })

  it("need several periods", () => {
    const { binary, columns } = columbus()
    expect(() => randomEffectsLmTests(modelOf(rowStandardize(binary), columns))).toThrow(/at least 2 years/)
  })
})
