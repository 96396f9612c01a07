import { describe, expect, it } from "vitest"
import { spatialRandomEffects } from "../../../../src/econometrics/spatial/models/spatial-random-effects.ts"
import { spatialHausman } from "../../../../src/econometrics/spatial/tests/spatial-hausman.ts"
import { production, weights } from "../../us-states.ts"
import { durbin, fitOf } from "../fit-of.ts"
import { MATRICES, oracle } from "../spatial-oracle.ts"

const terms = ["x", "W*x", "rho", "sigma2"]
const estimated = (estimates: ReadonlyArray<number>, variances: ReadonlyArray<number>) => ({
  terms,
  estimates: Float64Array.from(estimates),
  covariance: Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? variances[at / 5]! : 0))
})

describe("the spatial Hausman test", () => {
  for (const name of MATRICES)
    it(`agrees with R's contrast (${name})`, () => {
      const data = durbin(weights[name], production)
      const test = spatialHausman(fitOf(weights[name], data, "sar"), spatialRandomEffects(weights[name], data, "lee-yu").fit)
      const { smallest, statistic } = oracle.hausman[name]
      expect(Math.abs(test.statistic / statistic - 1)).toBeLessThan(1e-4)
      expect(test.df).toBe(9)
      expect(test.eigenvalues[0]).toBeCloseTo(smallest, 5)
      expect(test.terms.at(-1)).toBe("rho")
    })
  it("keeps its sign and gives no p-value where the variance difference is negative in the contrast's direction", () => {
    const test = spatialHausman(estimated([1, 0, 0.2, 1], [0.04, 0.04, 0.01, 1]), estimated([0, 0, 0.2, 1], [0.05, 0.03, 0.009, 1]))
    expect(test.statistic).toBeCloseTo(-100, 9)
    expect(test.pValue).toBeUndefined()
    expect(test.warnings[0]?.code).toBe("hausman-not-positive")
    expect(test.eigenvalues[0]).toBeCloseTo(-0.25, 12)
  })
  it("counts the rank where the variances agree in a direction", () => {
    const test = spatialHausman(estimated([1, 5, 0.2, 1], [0.05, 0.04, 0.01, 1]), estimated([0, 0, 0.2, 1], [0.04, 0.04, 0.009, 1]))
    expect(test.df).toBe(2)
    expect(test.statistic).toBeCloseTo(100, 9)
    expect(test.warnings).toEqual([])
  })
})
