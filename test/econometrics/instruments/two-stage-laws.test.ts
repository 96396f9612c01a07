import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { instrumentTests } from "../../../src/econometrics/instruments/instrument-tests.ts"
import { instrumented, scoreStatistic } from "../../../src/econometrics/instruments/instrumented.ts"
import { type TwoStageFit, type TwoStageModel, twoStage } from "../../../src/econometrics/instruments/two-stage.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { factor, pickFactor } from "../../../src/econometrics/sample/factor.ts"
import type { Variable } from "../../../src/econometrics/sample/variable.ts"
import type { Variance } from "../../../src/econometrics/variance/variance.ts"
import { waldStatistic } from "../../../src/econometrics/variance/wald.ts"
import { submatrix } from "../../../src/linalg/cross-product.ts"
import { fQuantile, fUpper } from "../../../src/stats/distributions.ts"
import { stream } from "../../../src/stats/random.ts"
import { difference } from "../produc.ts"
import { simulated } from "./simulated.ts"

const VARIANCES: ReadonlyArray<Variance> = [{ kind: "iid" }, { kind: "HC1" }, { kind: "cluster", by: ["entity"] }, { kind: "cluster", by: ["entity", "year"] }]
const shapes = fc.record({
  seed: fc.integer(),
  endogenous: fc.integer({ min: 1, max: 3 }),
  extra: fc.integer({ min: 0, max: 2 }),
  variance: fc.constantFrom(...VARIANCES)
})

/** Statistics in order, but those in units of the regressor. */
const statistics = (fit: TwoStageFit, without = ""): ReadonlyArray<number> =>
  instrumentTests(fit)
    .filter(({ test }) => test !== "anderson_rubin_set" && test !== "tf" && test !== without)
    .flatMap(({ critical, pValue, statistic }) => [statistic, pValue, critical])
    .map((value) => value ?? -1)
/** Two-way clustering may have a negative eigenvalue, and what is made of it then depends on the terms. */
const isDefinite = (fit: TwoStageFit): boolean =>
  ![fit, ...fit.firstStages].some(({ covariance }) => covariance.warnings.some(({ code }) => code === "variance-not-definite"))
const agree = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-7) => expect(difference(a, b)).toBeLessThan(tolerance)
const mapped = (model: TwoStageModel, f: (variable: Variable) => Variable): TwoStageModel => ({
  ...model,
  dependent: f(model.dependent),
  endogenous: model.endogenous.map(f),
  exogenous: model.exogenous.map(f),
  instruments: model.instruments.map(f)
})
const picked = (model: TwoStageModel, rows: ReadonlyArray<number>): TwoStageModel => ({
  ...mapped(model, ({ name, values }) => ({ name, values: Float64Array.from(rows, (row) => values[row]!) })),
  effects: model.effects.map((one) => pickFactor(one, rows))
})

describe("laws of two-stage least squares and its tests", () => {
  it("other combinations of the instruments, with exogenous regressors among them, change nothing", () => {
    fc.assert(
      fc.property(shapes, ({ endogenous, extra, seed, variance }) => {
        const model = simulated(seed, { endogenous, instruments: endogenous + extra })
        const s = stream(seed, 1)
        const mix = model.instruments.map(() => model.instruments.map(() => s.normal()))
        const instruments = model.instruments.map(({ name }, i) => ({
          name,
          values: model.exogenous[0]!.values.map(
            (w, row) => w + 4 * model.instruments[i]!.values[row]! + mix[i]!.reduce((sum, c, k) => sum + c * model.instruments[k]!.values[row]!, 0)
          )
        }))
        const [plain, mixed] = [twoStage(model, { variance }), twoStage({ ...model, instruments }, { variance })]
        fc.pre(isDefinite(plain) && isDefinite(mixed))
        agree(mixed.inference.estimate, plain.inference.estimate, 1e-8)
        agree(mixed.inference.stdError, plain.inference.stdError, 1e-8)
        agree(statistics(mixed), statistics(plain), 1e-6)
      }),
      { numRuns: 30 }
    )
  })
  it("other units scale estimates and change no test; the order of rows and of instruments changes nothing", () => {
    fc.assert(
      fc.property(shapes, ({ endogenous, extra, seed, variance }) => {
        const model = simulated(seed, { endogenous, instruments: endogenous + extra })
        const scales: Readonly<Record<string, number>> = { y: 1e-3, x: 1e4, z: 1e-5, w: 70 }
        const scaled = twoStage(
          mapped(model, ({ name, values }) => ({ name, values: values.map((v) => 5 + scales[name[0]!]! * v) })),
          { variance }
        )
        const plain = twoStage(model, { variance })
        fc.pre(isDefinite(plain) && isDefinite(scaled))
        agree(
          scaled.inference.estimate.map((b, j) => (b * scales[plain.terms[j]![0]!]!) / 1e-3),
          plain.inference.estimate
        )
        agree(statistics(scaled), statistics(plain))
        const rows = Array.from(model.dependent.values.keys()).sort((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009))
        const shuffled = picked(model, rows)
        const other = twoStage({ ...shuffled, instruments: [...shuffled.instruments].reverse() }, { variance })
        agree(other.inference.stdError, plain.inference.stdError, 1e-9)
        agree(statistics(other), statistics(plain))
      }),
      { numRuns: 20 }
    )
  })
  it("a regressor that is its own instrument gives least squares, and what has no sense then is not defined", () => {
    for (const variance of VARIANCES) {
      const model = simulated(3)
      const fit = twoStage({ ...model, instruments: model.endogenous }, { variance })
      const ols = fixedEffects({ ...model, regressors: [...model.endogenous, ...model.exogenous] }, { variance })
      agree(fit.inference.estimate, ols.inference.estimate, 1e-10)
      agree(fit.inference.stdError, ols.inference.stdError, 1e-10)
      const tests = instrumentTests(fit)
      for (const name of ["first_stage_f", "kp_rk_lm", "kp_rk_wald_f", "cragg_donald_f", "endogeneity", "endogeneity_c"])
        expect(tests.find(({ test }) => test === name)).toMatchObject({ statistic: undefined, note: /not defined: .*exactly/ })
      expect(tests.find(({ test }) => test === "anderson_rubin_f")!.statistic).toBeGreaterThan(0)
    }
  })
  it("frequency weights are equal rows; analytic weights count by proportion", () => {
    fc.assert(
      fc.property(shapes, ({ endogenous, extra, seed, variance }) => {
        const model = simulated(seed, { endogenous, instruments: endogenous + extra })
        const values = Float64Array.from(model.dependent.values, (_, i) => 1 + ((i * 5) % 3))
        const weighted = twoStage({ ...model, weights: { kind: "fweight", values } }, { variance })
        const rows = Array.from(values).flatMap((w, i) => Array<number>(w).fill(i))
        const long = twoStage(picked(model, rows), { variance })
        expect(weighted.nobs).toBe(long.nobs)
        agree(weighted.inference.stdError, long.inference.stdError, 1e-9)
        agree(statistics(weighted), statistics(long))
        const analytic = (scale: number) => twoStage({ ...model, weights: { kind: "aweight", values: values.map((w) => scale * w) } }, { variance })
        agree(analytic(1).inference.stdError, analytic(1e3).inference.stdError, 1e-9)
        agree(statistics(analytic(1)), statistics(analytic(1e3)))
      }),
      { numRuns: 20 }
    )
  })
  it("a third effect absorbed is its dummies among the exogenous regressors", () => {
    const model = simulated(5, { endogenous: 2, instruments: 3 })
    const region = factor(
      "region",
      model.dependent.values.map((_, i) => (i * 13) % 5)
    )
    const dummies = [1, 2, 3, 4].map((level) => ({ name: `region${level}`, values: Float64Array.from(region.codes, (code) => (code === level ? 1 : 0)) }))
    // Two-way clustering is left out: its negative eigenvalues, set to zero, depend on which terms are looked at.
    for (const variance of VARIANCES.slice(0, 3)) {
      const absorbed = twoStage({ ...model, effects: [...model.effects, region] }, { variance, smallSample: "areg" })
      const explicit = twoStage({ ...model, exogenous: [...model.exogenous, ...dummies] }, { variance, smallSample: "areg" })
      agree(absorbed.inference.estimate, explicit.inference.estimate.slice(0, 3), 1e-9)
      agree(absorbed.inference.stdError, explicit.inference.stdError.slice(0, 3), 1e-9)
      // Stock and Wright's S has the exogenous regressors' own moments in its variance.
      agree(statistics(absorbed, "stock_wright_s"), statistics(explicit, "stock_wright_s"))
    }
  })
  it("under CR2 F tests of several coefficients are HTZ: fewer degrees of freedom than any one's t, and another statistic than Wald's", () => {
    const fit = twoStage(simulated(5, { endogenous: 2, instruments: 3 }), { variance: { kind: "CR2", by: "entity" } })
    const tests = instrumentTests(fit)
    const firsts = tests.filter(({ test }) => test === "first_stage_f")
    expect(firsts).toHaveLength(2)
    for (const [j, first] of fit.firstStages.entries()) {
      const terms = [0, 1, 2]
      const { df2, scale } = first.covariance.joint!(terms)
      const b = first.coefficients.slice(0, 3)
      const wald = waldStatistic(b, submatrix(first.covariance.matrix, first.terms.length, terms))
      agree([firsts[j]!.statistic!, firsts[j]!.df2!, firsts[j]!.pValue!], [(scale * wald) / 3, df2, fUpper((scale * wald) / 3, 3, df2)])
      expect(df2).toBeLessThan(Math.min(...first.covariance.df.slice(0, 3)))
    }
    const endogeneity = tests.find(({ test }) => test === "endogeneity")!
    expect(endogeneity.df).toBe(2)
    // With one regressor it is the square of a t, whose degrees of freedom are Satterthwaite's: with two Hotelling's has fewer.
    expect(endogeneity.df2!).toBeLessThan(Math.max(...fit.covariance.df))
    expect(endogeneity.pValue!).toBeCloseTo(fUpper(endogeneity.statistic!, 2, endogeneity.df2!), 12)
  })
  it("every test has a finite statistic or says why it has none, with few clusters, many instruments and any variance", () => {
    const n = 30
    const coordinates = {
      latitude: Float64Array.from({ length: n }, (_, i) => 30 + Math.floor(i / 5)),
      longitude: Float64Array.from({ length: n }, (_, i) => 100 + Math.floor(i / 5))
    }
    const variances: ReadonlyArray<Variance> = [
      ...VARIANCES,
      { kind: "CR2", by: "entity" },
      { kind: "driscoll-kraay", time: "year", lag: 1 },
      { kind: "conley", cutoff: 200, kernel: "bartlett", time: "year" }
    ]
    let undefinedOnes = 0
    for (const variance of variances)
      for (const [endogenous, instruments] of [
        [1, 1],
        [1, 7],
        [2, 2],
        [2, 8]
      ] as const) {
        const model = { ...simulated(11, { entities: 6, years: 5, endogenous, instruments }), coordinates }
        for (const { note, pValue, statistic, test, variant } of instrumentTests(twoStage(model, { variance }))) {
          expect(
            [statistic, pValue].every((value) => value === undefined || Number.isFinite(value)),
            `${test} ${variant} ${note}`
          ).toBe(true)
          if (statistic === undefined) undefinedOnes++
          if (statistic === undefined) expect(note + variant, test).toMatch(/not defined|no test|not tabulated|the whole line|below 4|one endogenous regressor/)
        }
      }
    expect(undefinedOnes).toBeGreaterThan(20)
  })
})

describe("as many moments as clusters", () => {
  it("whatever rounding makes of a variance that is singular, no test rests on its inverse", () => {
    for (let seed = 0; seed < 40; seed++) {
      const model = simulated(seed, { entities: 4, years: 20, instruments: 4 })
      const s = stream(seed, 1)
      const values = Float64Array.from(model.dependent.values, () => Math.exp(2 * s.normal()))
      const tests = instrumentTests(twoStage({ ...model, weights: { kind: "aweight", values } }, { variance: { kind: "cluster", by: ["entity"] } }))
      for (const name of ["first_stage_f", "kp_rk_wald_f", "anderson_rubin_wald", "anderson_rubin_f", "anderson_rubin_set", "stock_wright_s", "endogeneity_c"])
        expect(tests.find(({ test }) => test === name)!.statistic).toBeUndefined()
      // The trace of the variance, of which the effective F is made, has no need of an inverse.
      expect(tests.find(({ test }) => test === "effective_f")!.statistic).toBeGreaterThan(0)
    }
  })
})

describe("the Anderson-Rubin set", () => {
  it("has as bounds the coefficients at which the test's F is critical, and in it those that it does not reject", () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          instruments: fc.integer({ min: 1, max: 3 }),
          strength: fc.constantFrom(0, 0.1, 0.2, 1),
          invalid: fc.constantFrom(0, 0, 2),
          variance: fc.constantFrom(...VARIANCES.slice(0, 3))
        }),
        ({ seed, variance, ...shape }) => {
          const model = simulated(seed, shape)
          const fAt = (b: number): number => {
            const dependent = { name: "y", values: model.dependent.values.map((v, i) => v - b * model.endogenous[0]!.values[i]!) }
            const { L1, fOf, moments, residuals, y, z } = instrumented(twoStage({ ...model, dependent }, { variance }))
            return fOf(scoreStatistic(moments, z, y, residuals.y), L1)!
          }
          const set = instrumentTests(twoStage(model, { variance })).filter(({ test }) => test === "anderson_rubin_set")
          const { df, df2, variant } = set[0]!
          kinds.add(variant.replace(/instruments? tells?/, "instruments tell"))
          const critical = fQuantile(0.95, df!, df2!)
          const bounds = set.flatMap(({ statistic }) => (statistic === undefined ? [] : [statistic]))
          for (const bound of bounds) expect(Math.abs(fAt(bound) / critical - 1)).toBeLessThan(1e-6)
          const unbounded = /whole line|rays/.test(variant)
          for (const b of [-30, -1, 0, 0.5, 1, 1.5, 2, 40]) {
            const below = bounds.filter((bound) => bound < b).length
            expect(fAt(b) <= critical, `${b} of ${variant} ${bounds.join(" ")}`).toBe((below % 2 === 1) !== unbounded)
          }
        }
      ),
      { numRuns: 60, seed: 1 }
    )
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        "an interval",
        "empty: the test rejects every coefficient",
        "the whole line: the instruments tell nothing",
        "two rays: outside the bounds"
      ])
    )
  })
})
