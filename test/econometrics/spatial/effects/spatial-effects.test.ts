import { describe, expect, it } from "vitest"
import type { EffectsFit, SpatialEffects } from "../../../../src/econometrics/spatial/effects/effect-of.ts"
import { spatialEffects } from "../../../../src/econometrics/spatial/effects/spatial-effects.ts"
import { denseWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { luFactor, luInverse } from "../../../../src/linalg/lu.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf } from "../fit-of.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"

const of = ({ effects }: SpatialEffects, effect: string) => effects.filter((e) => e.effect === effect).map((e) => e.estimate)
const sdm = (name: (typeof MATRICES)[number], correction: "lee-yu" | "none" = "lee-yu") => fitOf(weights[name], production, "sdm", { correction })

describe("direct, indirect and total effects", () => {
  for (const name of MATRICES)
    it(`agree with spatialreg's impacts for the SAR and the SDM (${name})`, () => {
      const fits = { sar: fitOf(weights[name], production, "sar", { correction: "none" }), sdm: sdm(name, "none") }
      for (const model of ["sar", "sdm"] as const)
        for (const effect of ["direct", "indirect", "total"] as const)
          expectClose(of(spatialEffects(fits[model], { method: "delta" }), effect), oracle.none[name][model].effects[effect], 2e-6)
    })
  it("total = (beta + theta)/(1 - rho), direct = the mean diagonal of (I - rho W)^-1 (beta I + theta W)", () => {
    for (const name of MATRICES) {
      const fit = sdm(name)
      const rho = fit.estimates[8]!
      const matrix = denseWeights(weights[name])
      const inverse = luInverse(
        luFactor(
          matrix.map((w, at) => (Math.floor(at / 48) === at % 48 ? 1 : 0) - rho * w),
          48
        )
      )
      const effects = spatialEffects(fit, { draws: 100, seed: 1 })
      for (let r = 0; r < 4; r++) {
        const [beta, theta] = [fit.estimates[r]!, fit.estimates[4 + r]!]
        const s = multiply(
          inverse,
          matrix.map((w, at) => (Math.floor(at / 48) === at % 48 ? beta : 0) + theta * w),
          48,
          48,
          48
        )
        const diagonal = Array.from({ length: 48 }, (_, i) => s[i * 49]!).reduce((a, b) => a + b, 0) / 48
        expect(of(effects, "direct")[r]).toBeCloseTo(diagonal, 10)
        expect(of(effects, "total")[r]).toBeCloseTo((beta + theta) / (1 - rho), 9)
        expect(of(effects, "indirect")[r]).toBeCloseTo((beta + theta) / (1 - rho) - diagonal, 9)
      }
    }
  })
  it("delta-method standard errors are those of a numerical gradient", () => {
    const fit = sdm("nested")
    const effects = spatialEffects(fit, { method: "delta" }).effects
    const size = fit.terms.length
    const gradients = Array.from(fit.estimates, (estimate, p) => {
      const step = 1e-6 * Math.max(1e-3, Math.abs(estimate))
      const at = (h: number): EffectsFit => ({ ...fit, estimates: fit.estimates.map((value, i) => (i === p ? value + h : value)) })
      const [high, low] = [spatialEffects(at(step), { method: "delta" }).effects, spatialEffects(at(-step), { method: "delta" }).effects]
      return high.map((effect, e) => (effect.estimate - low[e]!.estimate) / (2 * step))
    })
    effects.forEach((effect, e) => {
      let variance = 0
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) variance += gradients[i]![e]! * fit.covariance[i * size + j]! * gradients[j]![e]!
      expect(Math.sqrt(variance) / effect.stdError).toBeCloseTo(1, 5)
    })
  })
  it("simulated standard errors come near the delta method's, and more draws nearer", () => {
    const fit = sdm("contiguity")
    const delta = spatialEffects(fit, { method: "delta" }).effects
    for (const [draws, tolerance] of [
      [1000, 0.12],
      [20_000, 0.04]
    ] as const)
      spatialEffects(fit, { draws, seed: 7 }).effects.forEach((effect, e) => {
        expect(effect.estimate).toBe(delta[e]!.estimate)
        expect(Math.abs(effect.stdError / delta[e]!.stdError - 1)).toBeLessThan(tolerance)
        expect(effect.confLow).toBeLessThan(effect.estimate)
        expect(effect.confHigh).toBeGreaterThan(effect.estimate)
      })
  })
  it("the seed decides the draws", () => {
    const fit = sdm("contiguity")
    const errors = (seed: number) => spatialEffects(fit, { draws: 100, seed }).effects.map((e) => e.stdError)
    expect(errors(3)).toEqual(errors(3))
    expect(errors(3)).not.toEqual(errors(4))
  })
  it("draws with rho out of bounds are taken again and counted", () => {
    const fit = sdm("contiguity")
    const wide = { ...fit, covariance: fit.covariance.map((v, at) => (at === 8 * 10 + 8 ? 0.25 : Math.floor(at / 10) === 8 || at % 10 === 8 ? 0 : v)) }
    const { effects, warnings } = spatialEffects(wide, { draws: 500, seed: 2 })
    expect(warnings[0]?.code).toBe("draws-out-of-bounds")
    const redrawn = Number(/^(\d+) draws/.exec(warnings[0]!.message)![1])
    // rho is N(0.41, 0.5^2) here: P(rho >= 1) = 0.12, so that of 500/0.88 draws about 68 leave (-1.39, 1)
    expect(redrawn).toBeGreaterThan(40)
    expect(redrawn).toBeLessThan(100)
    expect(effects.every((e) => Number.isFinite(e.stdError))).toBe(true)
  })
  it("where rho lies beyond 1 there are none, and a warning says so", () => {
    const fit = sdm("contiguity")
    const beyond = { ...fit, estimates: fit.estimates.map((value, i) => (i === 8 ? 1.02 : value)) }
    for (const { effects, warnings } of [spatialEffects(beyond, { draws: 100, seed: 1 }), spatialEffects(beyond, { method: "delta" })]) {
      expect(effects).toEqual([])
      expect(warnings[0]?.message).toMatch(/rho is estimated as 1.020, outside \(-1.392, 1.000\)/)
    }
  })
})
