import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { quasiDemeanedRegression } from "../../../src/econometrics/random-effects/quasi-demeaned-regression.ts"
import { quasiDemeaning } from "../../../src/econometrics/random-effects/quasi-demeaning.ts"
import { type RandomEffectsFit, type RandomEffectsModel, randomEffects } from "../../../src/econometrics/random-effects/random-effects.ts"
import { yearDummies } from "../../../src/econometrics/random-effects/year-dummies.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { factor } from "../../../src/econometrics/sample/factor.ts"
import { covariance } from "../../../src/econometrics/variance/variance.ts"
import { stream } from "../../../src/stats/random.ts"
import { difference } from "../produc.ts"
import { estimable, fixedOf, modelOf, randomOf, refused } from "./random-effects-oracle.ts"

const agree = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9) => expect(difference(found, expected)).toBeLessThan(tolerance)

/** Standard errors of the terms that are reported, clustered by entity. */
const clusteredErrors = (fit: RandomEffectsFit): Float64Array => {
  const { matrix } = covariance(fit, { kind: "cluster", by: [fit.model.entity.name] })
  return Float64Array.from(fit.inference.terms, (name) => Math.sqrt(matrix[fit.terms.indexOf(name) * (fit.terms.length + 1)]!))
}

describe("random effects agree with formulas on the whole covariance of the errors, and with plm", () => {
  it.each(estimable)("$title", (one) => {
    const r = one.numbers
    const fit = randomOf(one)
    expect([fit.nobs, fit.model.entity.levels, fit.model.year.levels]).toEqual([r.n, r.entities, r.years])
    agree([fit.components.idiosyncratic, fit.components.untruncated.entity], [r.sigma2, r.sigma2_entity_untruncated])
    agree([fit.components.entity], [r.sigma2_entity])
    const thetas = r.balanced ? fit.thetaEntity.slice(0, 1) : fit.thetaEntity
    agree(thetas, r.balanced ? [r.theta_entity] : r.theta_entity)
    if (one.kind === "two_way") {
      agree([fit.components.untruncated.year], [r.sigma2_year_untruncated])
      agree([fit.components.year], [r.sigma2_year])
      if (r.balanced) agree(fit.thetaYear.slice(0, 1), [r.theta_year])
    }
    agree(fit.inference.estimate, r.coefficients)
    agree(fit.inference.stdError, r.se)
    agree(clusteredErrors(fit), r.se_clustered)
    agree([fit.statistics.sigma ** 2], [r.sigma2_gls])
    const { rSquaredBetween, rSquaredOverall, rSquaredWithin } = fit.statistics
    agree([rSquaredWithin, rSquaredBetween, rSquaredOverall], r.r2_within_between_overall)
    if (r.plm?.same_as_formula === true) {
      agree(fit.inference.estimate, r.plm.coefficients)
      agree(fit.inference.stdError, r.plm.se)
    }
  })
  it("plm's two-way model of an unbalanced panel has the same coefficients; its standard errors lack the s2 and change with the unit of y", () => {
    const unbalanced = estimable.filter(({ kind, numbers }) => kind === "two_way" && !numbers.balanced)
    expect(unbalanced.length).toBe(4)
    for (const one of unbalanced) {
      const fit = randomOf(one)
      agree(fit.inference.estimate, one.numbers.plm.coefficients, 1e-6)
      agree(
        fit.inference.stdError.map((se) => se / fit.statistics.sigma),
        one.numbers.plm.se,
        1e-6
      )
    }
  })
  it.each(refused)("$title: too few entities for the between regression", (one) => {
    expect(() => randomOf(one)).toThrow(/10 means by firm on 10 coefficients/)
  })
})

interface Shape {
  readonly seed: number
  readonly N: number
  readonly T: number
  readonly holes: number
  readonly kind: "dummies" | "one-way" | "two-way"
}

/** A panel of normal draws; `entity` and `year` are the standard deviations of its effects. */
const make = ({ holes, kind, N, seed, T }: Shape, entity = 1, year = 0.5) => {
  const s = stream(seed, 0)
  const cells = Array.from({ length: N * T }, (_, i) => [Math.floor(i / T), i % T] as const).filter(([i, t]) => i < 2 || t < 2 || s.uniform() >= holes)
  const draw = () => Float64Array.from(cells, () => s.normal())
  const [x, z, e] = [draw(), draw(), draw()]
  const [u, v] = [Float64Array.from({ length: N }, () => entity * s.normal()), Float64Array.from({ length: T }, () => year * s.normal())]
  const model: RandomEffectsModel = {
    dependent: { name: "y", values: x.map((value, i) => value - z[i]! + u[cells[i]![0]]! + v[cells[i]![1]]! + e[i]!) },
    regressors: [
      { name: "x", values: x },
      { name: "z", values: z }
    ],
    entity: factor(
      "entity",
      cells.map(([i]) => i)
    ),
    year: factor(
      "year",
      cells.map(([, t]) => t)
    ),
    effects: kind === "two-way" ? "two-way" : "one-way",
    yearDummies: kind === "dummies"
  }
  return { s, cells, model }
}

describe("laws of random effects", () => {
  const shapes = (kinds: ReadonlyArray<Shape["kind"]> = ["dummies", "one-way", "two-way"]) =>
    fc.record({
      seed: fc.integer(),
      N: fc.integer({ min: 12, max: 16 }),
      T: fc.integer({ min: 5, max: 7 }),
      holes: fc.constantFrom(0, 0.2),
      kind: fc.constantFrom(...kinds)
    })
  const law = (claim: string, check: (shape: Shape) => void, kinds?: ReadonlyArray<Shape["kind"]>) =>
    it(claim, () => {
      fc.assert(fc.property(shapes(kinds), check), { numRuns: 40 })
    })

  law("the order of rows and the names of groups change nothing", (shape) => {
    const { cells, model, s } = make(shape)
    const order = cells
      .map((_, i) => [s.word(), i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i)
    const moved = ({ name, values }: { name: string; values: Float64Array }) => ({ name, values: Float64Array.from(order, (i) => values[i]!) })
    const renamed = randomEffects({
      ...model,
      dependent: moved(model.dependent),
      regressors: model.regressors.map(moved),
      entity: factor(
        "entity",
        order.map((i) => `g${(cells[i]![0] * 7) % 17}`)
      ),
      year: factor(
        "year",
        order.map((i) => 2000 - cells[i]![1])
      )
    })
    const fit = randomEffects(model)
    // The base year is another one, and so is the constant.
    const slopes = (values: Float64Array) => (shape.kind === "dummies" ? values.slice(0, 2) : values)
    agree(slopes(renamed.inference.estimate), slopes(fit.inference.estimate))
    agree(slopes(renamed.inference.stdError), slopes(fit.inference.stdError))
    agree(slopes(clusteredErrors(renamed)), slopes(clusteredErrors(fit)))
  })

  law("units of y and x scale the coefficients, and y's the components by its square; theta has none", (shape) => {
    const { model } = make(shape)
    const scaled =
      (by: number) =>
      ({ name, values }: { name: string; values: Float64Array }) => ({ name, values: values.map((v) => v * by) })
    const fit = randomEffects(model)
    const other = randomEffects({ ...model, dependent: scaled(1e4)(model.dependent), regressors: [scaled(1e-3)(model.regressors[0]!), model.regressors[1]!] })
    agree(
      other.inference.estimate,
      [1e7, 1e4, 1e4].map((by, j) => by * fit.inference.estimate[j]!)
    )
    agree(
      other.inference.stdError,
      [1e7, 1e4, 1e4].map((by, j) => by * fit.inference.stdError[j]!)
    )
    agree(
      [other.components.untruncated.entity, other.components.idiosyncratic],
      [fit.components.untruncated.entity, fit.components.idiosyncratic].map((v) => v * 1e8),
      1e-7
    )
    expect(Math.max(...other.thetaEntity.map((theta, i) => Math.abs(theta - fit.thetaEntity[i]!)))).toBeLessThan(1e-8)
  })

  law(
    "an entity variance that comes out negative is zero and told, and the model pooled least squares",
    (shape) => {
      const { model } = make(shape, 0, 0)
      // Without their means by entity the errors vary less between entities than independent ones do.
      const noise = fixedEffects({ dependent: model.dependent, regressors: model.regressors, effects: [model.entity] })
      const systematic = model.regressors[0]!.values.map((x, i) => x - model.regressors[1]!.values[i]!)
      const y = { name: "y", values: systematic.map((value, i) => value + noise.residuals[i]!) }
      const fit = randomEffects({ ...model, dependent: y })
      expect(fit.components.untruncated.entity).toBeLessThan(0)
      expect(fit.components.entity).toBe(0)
      expect(fit.warnings[0]).toMatchObject({ code: "random-effects-variance-zero", message: expect.stringContaining("entity effects is estimated as -") })
      const dummies = fit.terms.slice(3).map((name, t) => ({ name, values: Float64Array.from(model.year.codes, (code) => (code === t + 1 ? 1 : 0)) }))
      const pooled = fixedEffects({ dependent: y, regressors: [...model.regressors, ...dummies], effects: [] }, { variance: "iid" })
      const at = fit.terms.map((name) => pooled.terms.indexOf(name))
      agree(
        fit.coefficients,
        at.map((j) => pooled.coefficients[j]!),
        1e-7
      )
      agree(
        fit.inference.stdError,
        at.slice(0, 3).map((j) => pooled.inference.stdError[j]!)
      )
    },
    ["dummies", "one-way"]
  )

  law("as the effects' variances grow, theta goes to 1 and the slopes to those of fixed effects", (shape) => {
    const { model } = make(shape)
    const variances = { entity: 1e10, year: shape.kind === "two-way" ? 1e10 : 0 }
    const { thetaEntity, transform } = quasiDemeaning(
      { idiosyncratic: 1, ...variances, untruncated: variances },
      model.entity,
      shape.kind === "two-way" ? model.year : undefined
    )
    expect(Math.min(...thetaEntity)).toBeGreaterThan(1 - 1e-5)
    const columns = [...model.regressors, { name: "(constant)", values: new Float64Array(model.dependent.values.length).fill(1) }]
    const dummies = shape.kind === "dummies" ? yearDummies(model.year) : []
    const { linear } = quasiDemeanedRegression(
      { transform, groups: [], coordinates: undefined },
      model.dependent.values,
      [...columns, ...dummies],
      [2, ...dummies.map((_, t) => 3 + t), 0, 1],
      undefined
    )
    agree(linear.coefficients.slice(0, 2), fixedOf(model).coefficients, 1e-6)
  })

  law("quasi-demeaned errors are independent and of one variance: W Omega W' = s2 I, balanced or not", (shape) => {
    const { cells, model } = make(shape)
    const components = { idiosyncratic: 0.7, entity: 2.5, year: 0.4, untruncated: { entity: 2.5, year: 0.4 } }
    const { transform } = quasiDemeaning(components, model.entity, model.year)
    const n = cells.length
    const covarianceWith = (i: number) =>
      Float64Array.from(cells, ([g, t], j) => (i === j ? 0.7 : 0) + (g === cells[i]![0] ? 2.5 : 0) + (t === cells[i]![1] ? 0.4 : 0))
    const half = cells.map((_, i) => transform(covarianceWith(i)))
    for (let j = 0; j < n; j += 7) {
      const whole = transform(Float64Array.from(half, (row) => row[j]!))
      for (let i = 0; i < n; i++) expect(Math.abs(whole[i]! - (i === j ? 0.7 : 0))).toBeLessThan(1e-10)
    }
  })
})

describe("what a random effects model is told or refused", () => {
  const one = estimable.find(({ kind, name }) => name === "grunfeld" && kind === "one_way_no_dummies")!
  const model = modelOf(one)
  it("estimates regressors that do not change over time, which fixed effects cannot", () => {
    const lasting = { name: "lasting", values: Float64Array.from(model.entity.codes, (code) => (code * code) % 7) }
    const fit = randomEffects({ ...model, regressors: [...model.regressors, lasting] })
    expect(fit.inference.terms).toEqual(["value", "capital", "lasting", "(constant)"])
    expect(randomEffects({ ...model, regressors: [lasting] }).inference.terms).toEqual(["lasting", "(constant)"])
  })
  it("drops and names a regressor that the year dummies explain, and refuses a model without any other", () => {
    const trend = { name: "trend", values: Float64Array.from(model.year.codes) }
    const fit = randomEffects({ ...model, regressors: [trend, ...model.regressors], yearDummies: true })
    expect(fit.inference.terms).toEqual(["value", "capital", "(constant)"])
    expect(fit.warnings).toEqual([{ code: "collinear", message: expect.stringContaining("trend") }])
    expect(() => randomEffects({ ...model, regressors: [trend], yearDummies: true })).toThrow(/no regressor is left/)
  })
  it("years are random or dummies, not both", () => {
    expect(() => randomEffects({ ...model, effects: "two-way", yearDummies: true })).toThrow(/both random and dummies/)
  })
  it("a dependent variable that effects and regressors fit exactly is refused", () => {
    const exact = { name: "exact", values: model.regressors[0]!.values.map((x, i) => 2 * x + model.entity.codes[i]!) }
    expect(() => randomEffects({ ...model, dependent: exact })).toThrow(/fit it exactly/)
  })
  it("years that are each an entity's own cannot be told from entities", () => {
    const s = stream(3, 0)
    const draw = (name: string) => ({ name, values: Float64Array.from({ length: 24 }, () => s.normal()) })
    const group = factor(
      "group",
      Array.from({ length: 24 }, (_, i) => Math.floor(i / 2))
    )
    const nested: RandomEffectsModel = {
      dependent: draw("y"),
      regressors: [draw("x")],
      entity: group,
      year: { ...group, name: "year" },
      effects: "two-way"
    }
    expect(() => randomEffects(nested)).toThrow(/cannot be told apart/)
  })
  it("a negative variance of the years is zero and told", () => {
    const found = randomOf(estimable.find(({ kind, name }) => name === "grunfeld" && kind === "two_way")!)
    expect(found.warnings).toEqual([
      { code: "random-effects-variance-zero", message: expect.stringContaining("variance of the year effects is estimated as -41.7") }
    ])
    expect(found.thetaYear).toEqual(new Float64Array(20))
  })
  it("CR2 brings its own degrees of freedom", () => {
    const fit = randomEffects(model, { variance: { kind: "CR2", by: "firm" } })
    expect(fit.inference.df).toEqual(fit.covariance.df)
    expect(Math.max(...fit.inference.df!)).toBeLessThan(10)
    expect(randomEffects(model).inference.df).toBeUndefined()
  })
  it("clusters and tests as it is asked to", () => {
    const fit = randomEffects(model, { variance: "cluster" })
    expect(fit.covariance.name).toBe("clustered by firm")
    agree(fit.inference.stdError, clusteredErrors(fit), 1e-14)
    expect(fit.wald.df).toBe(2)
    expect(fit.wald.pValue).toBeLessThan(1e-6)
  })
})
