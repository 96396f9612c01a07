import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { spatialMl } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import { spatialRandomEffects } from "../../../../src/econometrics/spatial/random/spatial-random-effects.ts"
import { robustSpatialHausman, spatialHausman } from "../../../../src/econometrics/spatial/tests/spatial-hausman.ts"
import { jointCovariance } from "../../../../src/econometrics/spatial/tests/stacked-scores.ts"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf, modelOf } from "../fit-of.ts"
import { cigar, produc } from "../spatial-data.ts"
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
      const test = spatialHausman(fitOf(weights[name], production, "sdm"), spatialRandomEffects(modelOf(weights[name], production), { specification: "sdm" }))
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
  it("agrees with R's contrasts of every specification, correction and choice of effects", () => {
    const references: Readonly<Record<string, { readonly hausman: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<number>>>>> }>> = JSON.parse(
      readFileSync(new URL("../../../oracle/spatial-random-effects.json", import.meta.url), "utf8")
    )
    for (const [name, panel] of Object.entries({ cigar: cigar(), produc: produc() }))
      for (const [key, specification, errors] of [
        ["sar", "sar", undefined],
        ["sdm", "sdm", undefined],
        ["sem_bsk", "sem", "baltagi-song-koh"],
        ["sem_kkp", "sem", "kapoor-kelejian-prucha"]
      ] as const) {
        const model = modelOf(rowStandardize(panel.binary), panel.columns)
        for (const effects of ["individual", "two-way"] as const) {
          const years = effects === "two-way"
          const random = spatialRandomEffects(model, { specification, errors, yearDummies: years, ...(years ? { correction: "none" } : {}) })
          for (const correction of ["none", "lee-yu"] as const) {
            const found = spatialHausman(spatialMl(model, { specification, effects, correction }), random)
            const reference = references[name]!.hausman[key]![`${correction.replace("-", "_")}_${years ? "twoways" : "individual"}`]!
            expect(Math.abs(found.statistic / reference[0]! - 1), `${name} ${key} ${effects} ${correction}`).toBeLessThan(1e-4)
            expect(found.df).toBe(reference[1])
            expect(Math.abs(found.eigenvalues[0]! - reference[3]!)).toBeLessThan(1e-6)
          }
        }
      }
  })
  it("has a variance of its own from the stacked scores that is never negative, in any units", () => {
    for (const effects of ["individual", "two-way"] as const)
      for (const scores of ["quadratic-forms", "entity-sums"] as const) {
        const test = (factor: number) => {
          const model = modelOf(weights.contiguity, { ...production, regressors: production.regressors.map((x) => x.map((value) => factor * value)) })
          const fixed = spatialMl(model, { specification: "sdm", effects })
          return robustSpatialHausman(model, fixed, spatialRandomEffects(model, { specification: "sdm", yearDummies: effects === "two-way" }), scores)
        }
        const [found, scaled] = [test(1), test(1000)]
        expect(found.eigenvalues[0]).toBeGreaterThan(0)
        expect(found.df).toBe(9)
        expect(found.warnings).toEqual([])
        expect(scaled.statistic / found.statistic).toBeCloseTo(1, 6)
      }
  })
  it("the joint covariance has the clustered variances of the fixed-effects model in it", () => {
    const model = modelOf(weights.contiguity, production)
    for (const effects of ["individual", "two-way"] as const)
      for (const correction of ["lee-yu", "none"] as const) {
        const years = effects === "two-way"
        const options = { specification: "sdm", effects, correction } as const
        const fixed = spatialMl(model, options)
        const random = spatialRandomEffects(model, { specification: "sdm", yearDummies: years, ...(years ? { correction } : {}) })
        for (const [scores, variance] of [
          ["quadratic-forms", "cluster"],
          ["entity-sums", "cluster-scores"]
        ] as const) {
          const joint = jointCovariance(model, fixed, random, scores)
          const { covariance, inference } = spatialMl(model, { ...options, variance })
          const [k, size] = [fixed.terms.length, fixed.terms.length + random.terms.length]
          for (let i = 0; i < k; i++)
            for (let j = 0; j < k; j++)
              expect(Math.abs(joint[i * size + j]! - covariance[i * k + j]!)).toBeLessThan(1e-9 * inference.stdError[i]! * inference.stdError[j]!)
        }
      }
  })
  it("the robust test says which models it is not of", () => {
    const model = modelOf(weights.contiguity, production)
    const fixed = spatialMl(model, { specification: "sem", variance: "cluster" })
    expect(() => robustSpatialHausman(model, fixed, spatialRandomEffects(model, { specification: "sar", yearDummies: false }))).toThrow(
      /is of sar or sdm, the same in both models, not sem and sar; both models need the variance "expected"; both models have year effects or neither/
    )
  })
})
