import { describe, expect, it } from "vitest"
import { hausman } from "../../../src/econometrics/random-effects/hausman.ts"
import type { HausmanContrast } from "../../../src/econometrics/random-effects/hausman-contrast.ts"
import { type RandomEffectsModel, randomEffects } from "../../../src/econometrics/random-effects/random-effects.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { factor } from "../../../src/econometrics/sample/factor.ts"
import { covariance } from "../../../src/econometrics/variance/variance.ts"
import { submatrix } from "../../../src/linalg/cross-product.ts"
import { luFactor, luSolve } from "../../../src/linalg/lu.ts"
import { stream } from "../../../src/stats/random.ts"
import { difference } from "../produc.ts"
import { estimable, fixedOf, modelOf, type OracleCase, randomOf } from "./random-effects-oracle.ts"

const agree = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9) => expect(difference(found, expected)).toBeLessThan(tolerance)

const testOf = (one: OracleCase) => {
  const random = randomOf(one)
  const fixed = fixedOf(random.model)
  return { fixed, random, test: hausman(fixed, random) }
}
const caseOf = (name: string, kind: OracleCase["kind"], panel: OracleCase["panel"] = "panels") =>
  estimable.find((one) => one.name === name && one.kind === kind && one.panel === panel)!

describe("Hausman and Mundlak tests agree with matrix algebra", () => {
  const agreesWith = (found: HausmanContrast, r: OracleCase["numbers"]) => {
    agree([found.statistic], [r.statistic])
    expect([found.rank, found.semiDefinite]).toEqual([r.df, r.positive_definite])
    agree(found.eigenvalues, r.eigenvalues_scaled)
    agree(found.difference, r.covariance_difference.flat())
    if (r.p === undefined || r.p === null) expect(found.pValue).toBeUndefined()
    else agree([found.pValue!], [r.p])
  }
  it.each(estimable)("$title", (one) => {
    const { test } = testOf(one)
    const r = one.numbers
    agree(test.contrast, r.hausman.contrast)
    agreesWith(test.classical, r.hausman.classical)
    agreesWith(test.sigmamore, r.hausman.sigmamore)
    agreesWith(test.sigmaless, r.hausman.sigmaless)
    const wald = (found: typeof test.mundlak, expected: OracleCase["numbers"]) => {
      agree([found.f, found.chi2, found.pF], [expected.F, expected.chi2, expected.p_F])
      agree(found.coefficients, expected.coefficients_of_means)
      expect([found.df1, found.df2]).toEqual([expected.df, r.entities - 1])
    }
    wald(test.mundlak, r.mundlak)
    expect(test.mundlakAllColumns === undefined).toBe(r.mundlak_with_dummy_means === undefined || one.kind !== "one_way")
    if (test.mundlakAllColumns !== undefined) wald(test.mundlakAllColumns, r.mundlak_with_dummy_means)
    if (r.plm?.same_as_formula === true) agree([test.classical.statistic], [r.plm.statistic_signed])
  })
  it("Produc: 38.6 one-way with year dummies in both, not definite and told; 47.6 two-way", () => {
    const one = testOf(caseOf("produc", "one_way")).test
    expect(one.classical.statistic.toFixed(1)).toBe("38.6")
    expect(one.warnings.map(({ code }) => code)).toEqual(["hausman-not-definite"])
    const two = testOf(caseOf("produc", "two_way")).test
    expect(two.classical.statistic.toFixed(1)).toBe("47.6")
    expect(two.warnings).toEqual([])
  })
  it("EmplUK two-way: 68.6; plm's -0.570, which it shows without its sign, is this test with s2 left out of V_RE", () => {
    const one = caseOf("empluk", "two_way")
    const { fixed, random, test } = testOf(one)
    expect(test.classical.statistic.toFixed(1)).toBe("68.6")
    const k = test.terms.length
    const places = [...test.terms.keys()]
    const ofFixed = covariance(fixed, { kind: "iid" }).matrix
    const ofRandom = submatrix(random.bread, random.terms.length, places)
    const lacking = luFactor(
      ofFixed.map((v, i) => v - ofRandom[i]!),
      k
    )
    const statistic = luSolve(lacking, test.contrast).reduce((sum, value, i) => sum + value * test.contrast[i]!, 0)
    expect(statistic.toFixed(3)).toBe("-0.570")
    agree([statistic, -statistic], [one.numbers.plm.statistic_signed, one.numbers.plm.phtest], 1e-6)
  })
  it("each note is about the matrix or the hypothesis of its own test", () => {
    const { tests } = testOf(caseOf("empluk", "one_way")).test
    expect(tests.map(({ test }) => test)).toEqual([
      "hausman",
      "hausman_sigmamore",
      "hausman_sigmaless",
      "mundlak",
      "mundlak_chi2",
      "mundlak_all_columns",
      "mundlak_all_columns_chi2"
    ])
    expect(tests[0]!.note).toMatch(/^V_FE - V_RE is not positive semi-definite \(eigenvalues .*, -\d.*\); the sign is kept/)
    expect(tests[1]!.note).toMatch(/^V_FE, scaled by the random effects' s2, - V_RE is positive semi-definite/)
    expect(tests[2]!.note).toMatch(/^V_FE - V_RE, scaled by the fixed effects' s2, is positive semi-definite/)
    expect(tests[3]!.note).toMatch(/^H0: the regressors' firm means/)
    expect(tests[5]!.note).toMatch(/year dummies/)
  })
})

describe("laws of the Hausman test", () => {
  const produc = modelOf(caseOf("produc", "one_way"))
  const statistics = (model: RandomEffectsModel) => hausman(fixedOf(model), randomEffects(model)).tests.map(({ statistic }) => statistic!)
  it("units of y and of the regressors change neither statistics nor rank", () => {
    for (const model of [produc, modelOf(caseOf("cigar", "two_way", "unbalanced"))]) {
      const scaled = {
        ...model,
        dependent: { name: "y", values: model.dependent.values.map((v) => v * 1e3) },
        regressors: model.regressors.map(({ name, values }, j) => ({ name, values: values.map((v) => v * 10 ** (4 * j - 6)) }))
      }
      agree(statistics(scaled), statistics(model), 1e-6)
      expect(hausman(fixedOf(scaled), randomEffects(scaled)).classical.rank).toBe(4)
    }
  })
  it("the variance that the fixed effects were shown with does not matter", () => {
    const { dependent, entity, regressors, year } = produc
    const clustered = fixedEffects({ dependent, regressors, effects: [year, entity] }, { variance: { kind: "cluster", by: ["state"] } })
    agree(
      hausman(clustered, randomEffects(produc, { variance: "cluster" })).tests.map(({ statistic }) => statistic!),
      statistics(produc),
      1e-7
    )
  })
  it("in a balanced panel Mundlak's slopes are those of fixed effects: the means' coefficients are between less within", () => {
    const model = { ...produc, regressors: produc.regressors.slice(0, 1) }
    const { entity, regressors } = model
    const means = (values: Float64Array) => {
      const sums = new Float64Array(entity.levels)
      for (let i = 0; i < values.length; i++) sums[entity.codes[i]!] = sums[entity.codes[i]!]! + values[i]! / model.year.levels
      return sums
    }
    const between = fixedEffects({
      dependent: { name: "y", values: means(model.dependent.values) },
      regressors: [{ name: "x", values: means(regressors[0]!.values) }],
      effects: []
    })
    const { mundlak } = hausman(fixedOf(model), randomEffects(model))
    agree(mundlak.coefficients, [between.coefficients[1]! - fixedOf(model).coefficients[0]!])
  })
  /** 100 panels of 20 x 5 whose effects move with the entity means of x (`related`) or not. */
  const panels = (related: boolean) =>
    Array.from({ length: 100 }, (_, seed) => {
      const s = stream(seed, 5)
      const entity = factor(
        "entity",
        Array.from({ length: 100 }, (_, i) => Math.floor(i / 5))
      )
      const year = factor(
        "year",
        Array.from({ length: 100 }, (_, i) => i % 5)
      )
      const place = Array.from({ length: 20 }, () => s.normal())
      const effect = place.map((v) => (related ? 3 * v : 0) + s.normal())
      const at = (values: ReadonlyArray<number>, i: number) => values[Math.floor(i / 5)]!
      const x = { name: "x", values: Float64Array.from({ length: 100 }, (_, i) => s.normal() + (related ? at(place, i) : 0)) }
      const z = { name: "z", values: Float64Array.from({ length: 100 }, () => s.normal()) }
      const dependent = { name: "y", values: x.values.map((v, i) => v + at(effect, i) + s.normal()) }
      const model: RandomEffectsModel = { dependent, regressors: [x, z], entity, year, effects: "one-way", yearDummies: true }
      return hausman(fixedOf(model), randomEffects(model)).tests
    })
  it("a negative statistic keeps its sign and has no p-value", () => {
    const negative = panels(false)
      .map(([classical]) => classical!)
      .filter(({ statistic }) => statistic! < 0)
    expect(negative.length).toBeGreaterThan(0)
    for (const { note, pValue } of negative) {
      expect(pValue).toBeUndefined()
      expect(note).toContain("the sign is kept")
    }
  })
  it("Mundlak's test finds effects that move with x, and seldom those that do not", () => {
    const rejections = (related: boolean, name: string) => panels(related).filter((tests) => tests.find(({ test }) => test === name)!.pValue! < 0.05).length
    // The classical one misses them: V_RE grows with what the random effects model does not fit, and the difference of variances turns negative.
    expect(rejections(true, "mundlak")).toBeGreaterThan(95)
    expect(rejections(false, "hausman")).toBeLessThan(25)
    // With 20 clusters the cluster-robust test rejects a true hypothesis more often than 5% of the time.
    expect(rejections(false, "mundlak")).toBeLessThan(25)
  })
})

describe("what cannot be compared", () => {
  const model = modelOf(caseOf("grunfeld", "one_way_no_dummies"))
  const { dependent, entity, regressors, year } = model
  it("models with other effects", () => {
    const twoWay = fixedEffects({ dependent, regressors, effects: [entity, year] })
    expect(() => hausman(twoWay, randomEffects(model))).toThrow(/fixed effects of firm, not of firm and year/)
  })
  it("models without a slope in common; regressors that only one has are left out", () => {
    const lasting = { name: "lasting", values: Float64Array.from(entity.codes, (code) => (code * code) % 7) }
    const fixed = fixedEffects({ dependent, regressors, effects: [entity] })
    expect(hausman(fixed, randomEffects({ ...model, regressors: [lasting, ...regressors] })).terms).toEqual(["value", "capital"])
    expect(() => hausman(fixed, randomEffects({ ...model, regressors: [lasting] }))).toThrow(/no slope in common/)
  })
  it("as many means as clusters: never a statistic that is made of rounding", () => {
    for (let seed = 0; seed < 40; seed++) {
      const s = stream(seed, 4)
      const [entities, years] = [6, 20]
      const rows = Array.from({ length: entities * years }, (_, i) => i).filter(() => s.uniform() < 0.9)
      const column = (name: string) => ({ name, values: Float64Array.from(rows, () => s.normal()) })
      const random = randomEffects({
        dependent: column("y"),
        regressors: [column("x1"), column("x2"), column("x3")],
        entity: factor(
          "entity",
          Float64Array.from(rows, (i) => Math.floor(i / years))
        ),
        year: factor(
          "year",
          Float64Array.from(rows, (i) => i % years)
        ),
        effects: "two-way"
      })
      const { mundlak } = hausman(fixedOf(random.model), random)
      expect(mundlak.df1).toBe(6)
      expect([mundlak.chi2, mundlak.f, mundlak.pF]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    }
  })
  it("more means than clusters: the test is not defined, and says so", () => {
    const s = stream(11, 0)
    const few = {
      ...model,
      regressors: Array.from({ length: 4 }, (_, j) => ({ name: `x${j}`, values: Float64Array.from(dependent.values, () => s.normal()) })),
      effects: "two-way" as const
    }
    const six = Array.from(entity.codes.keys()).filter((i) => entity.codes[i]! < 6)
    const pick = ({ name, values }: { name: string; values: Float64Array }) => ({ name, values: Float64Array.from(six, (i) => values[i]!) })
    const small: RandomEffectsModel = {
      ...few,
      dependent: pick(few.dependent),
      regressors: few.regressors.map(pick),
      entity: factor(
        "firm",
        Array.from(six, (i) => entity.codes[i]!)
      ),
      year: factor(
        "year",
        Array.from(six, (i) => year.codes[i]!)
      )
    }
    const { mundlak, tests, warnings } = hausman(fixedOf(small), randomEffects(small))
    expect(mundlak.chi2).toBeNaN()
    expect(tests.find(({ test }) => test === "mundlak")!.note).toBe("not defined: 8 means are too many for 6 clusters")
    expect(warnings.map(({ code }) => code)).toContain("few-clusters")
  })
})
