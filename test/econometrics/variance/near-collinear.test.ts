import { describe, expect, it } from "vitest"
import { nearestSemiDefinite } from "../../../src/econometrics/variance/semi-definite.ts"
import { covariance, factor, fixedEffects, hausman, panelIndex, randomEffects, type Variance, within } from "../../../src/econometrics.ts"
import { stream } from "../../../src/stats/random.ts"
import { difference } from "../produc.ts"

const [N, T] = [15, 7]
const n = N * T
const random = stream(5, 0)
/** In steps of 2^-20, so that sums with whole numbers are exact. */
const draw = () => Float64Array.from({ length: n }, () => Math.round(random.normal() * 2 ** 20) / 2 ** 20)
const [x, d, e] = [draw(), draw(), draw()]
const y = { name: "y", values: x.map((value, i) => value + 0.3 * d[i]! + e[i]!) }
const weights = { kind: "aweight" as const, values: d.map((value) => Math.exp(value)) }
const firms = Array.from({ length: n }, (_, i) => `firm ${Math.floor(i / T)}`)
const years = Float64Array.from({ length: n }, (_, i) => 2000 + (i % T))
const [entity, year] = [factor("entity", firms), factor("year", years)]
const VARIANCES: ReadonlyArray<Variance> = [
  { kind: "iid" },
  { kind: "HC1" },
  { kind: "HC2" },
  { kind: "HC3" },
  { kind: "cluster", by: ["entity"] },
  { kind: "cluster", by: ["year"] },
  { kind: "CR2", by: "entity" },
  { kind: "driscoll-kraay", time: "year", lag: 1 }
]
const error = (fit: Parameters<typeof covariance>[0], variance: Variance, term: string): number => {
  const at = fit.terms.indexOf(term)
  return Math.sqrt(covariance(fit, variance).matrix[at * fit.terms.length + at]!)
}

describe("variances lose the digits of the regressors' condition, not of its square", () => {
  const near = { name: "near", values: x.map((value, i) => value + 2 ** -17 * d[i]!) }
  it.each([
    ["entity and year effects", [entity, year], undefined],
    ["no effects, weighted", [], weights]
  ] as const)("two regressors that differ by 1e-5 of themselves: %s", (_, effects, given) => {
    const model = { dependent: y, effects, weights: given, groups: effects.length === 0 ? [entity, year] : [] }
    const close = fixedEffects({ ...model, regressors: [{ name: "x", values: x }, near] })
    const apart = fixedEffects({
      ...model,
      regressors: [
        { name: "x", values: x },
        { name: "near", values: d }
      ]
    })
    for (const variance of VARIANCES) expect(difference([error(close, variance, "near") * 2 ** -17], [error(apart, variance, "near")])).toBeLessThan(1e-9)
  })
  it("within's constant too", () => {
    const index = panelIndex(firms, years)
    const regressed = (second: Float64Array) =>
      within({
        index,
        dependent: y,
        regressors: [
          { name: "x", values: x },
          { name: "near", values: second }
        ]
      })
    const [close, apart] = [regressed(near.values), regressed(d)]
    for (const variance of VARIANCES) expect(difference([error(close, variance, "(constant)")], [error(apart, variance, "(constant)")])).toBeLessThan(1e-9)
  })
  it("a mean a million times the standard deviation, beside a constant", () => {
    const model = { dependent: y, effects: [], groups: [entity, year] }
    const far = fixedEffects({ ...model, regressors: [{ name: "x", values: x.map((value) => value + 1e6) }] })
    const centred = fixedEffects({ ...model, regressors: [{ name: "x", values: x }] })
    for (const variance of VARIANCES) expect(difference([error(far, variance, "x")], [error(centred, variance, "x")])).toBeLessThan(1e-9)
  })
})

describe("units and origins of the regressors", () => {
  it("means a hundred million times the deviations from them leave no trace in these", () => {
    for (const effects of [[entity], [entity, year]]) {
      const model = { dependent: y, effects, groups: effects.length === 1 ? [year] : [] }
      const far = fixedEffects({
        ...model,
        dependent: { name: "y", values: y.values.map((value) => Math.round(value * 2 ** 20) / 2 ** 20 + 1e8) },
        regressors: [{ name: "x", values: x.map((value) => value + 1e8) }]
      })
      const centred = fixedEffects({
        ...model,
        dependent: { name: "y", values: y.values.map((value) => Math.round(value * 2 ** 20) / 2 ** 20) },
        regressors: [{ name: "x", values: x }]
      })
      expect(difference(far.coefficients, centred.coefficients)).toBeLessThan(1e-12)
      for (const variance of VARIANCES) expect(difference([error(far, variance, "x")], [error(centred, variance, "x")])).toBeLessThan(1e-12)
    }
  })
  it("random effects keep a regressor whose mean is a hundred million times its standard deviation", () => {
    for (const effects of ["one-way", "two-way"] as const) {
      const given = { dependent: y, entity, year, effects }
      const far = randomEffects({ ...given, regressors: [{ name: "x", values: x.map((value) => value + 1e8) }] })
      const centred = randomEffects({ ...given, regressors: [{ name: "x", values: x }] })
      expect(far.terms).toEqual(["x", "(constant)"])
      const numbers = (fit: typeof far) => [fit.coefficients[0]!, fit.inference.stdError[0]!, fit.components.idiosyncratic, fit.components.untruncated.entity]
      expect(difference(numbers(far), numbers(centred))).toBeLessThan(1e-6)
      const fixed = fixedEffects({ ...given, regressors: [{ name: "x", values: x }], effects: effects === "two-way" ? [entity, year] : [entity] })
      expect(difference([hausman(fixed, far).classical.statistic], [hausman(fixed, centred).classical.statistic])).toBeLessThan(1e-4)
    }
  })
  it("whether a variance is indefinite does not depend on the units of its terms", () => {
    const definite = [1, 0.5, 0.5, 1]
    const indefinite = [1, 1.2, 1.2, 1]
    for (const unit of [1e-12, 1, 1e12]) {
      const scaled = (v: ReadonlyArray<number>) => Float64Array.from(v, (value, c) => value * unit ** ((c >> 1) + (c & 1)))
      expect(nearestSemiDefinite(scaled(definite), 2)).toBeUndefined()
      expect(nearestSemiDefinite(scaled(indefinite), 2)).toBeDefined()
    }
  })
  it("and units far apart leave each term's repaired variance its digits", () => {
    // Indefinite: 1.2 exceeds the geometric mean of the variances. Its eigenvalues in units of one are 2.2 and -0.2.
    const repaired = (unit: number) => nearestSemiDefinite(Float64Array.of(1, 1.2 * unit, 1.2 * unit, unit * unit), 2)!
    expect(difference(repaired(1), [1.1, 1.1, 1.1, 1.1])).toBeLessThan(1e-14)
    for (const unit of [1e-9, 1e9]) expect(difference(repaired(unit), [1.1, 1.1 * unit, 1.1 * unit, 1.1 * unit * unit])).toBeLessThan(1e-14)
  })
})
