import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { SpatialGmmOptions } from "../../../../src/econometrics/spatial/gmm/gmm-options.ts"
import { spatialGmm } from "../../../../src/econometrics/spatial/gmm/spatial-gmm.ts"
import { denseWeights, fromPairs, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { type Columns, modelOf } from "../fit-of.ts"
import { columbus, produc } from "../spatial-data.ts"
import { close, gmmOf } from "./gmm-fits.ts"

const city = { weights: rowStandardize(columbus().binary), columns: columbus().columns }
const states = produc()
const early = (x: Float64Array) => x.filter((_, at) => at % 17 < 4)
const panel = {
  weights: rowStandardize(states.binary),
  columns: {
    ...states.columns,
    dependent: early(states.columns.dependent),
    regressors: states.columns.regressors.slice(0, 2).map(early),
    names: ["lpcap", "lpc"]
  }
}
const CASES: ReadonlyArray<{ readonly sample: { readonly weights: typeof city.weights; readonly columns: Columns }; readonly options: SpatialGmmOptions }> = [
  { sample: city, options: { specification: "sdm", variance: "HC1" } },
  { sample: city, options: { specification: "sac" } },
  { sample: city, options: { specification: "sdem", variance: "HC0", steps: "two-step" } },
  { sample: panel, options: { specification: "sac", effects: "two-way", variance: "cluster" } },
  { sample: panel, options: { specification: "sem", effects: "individual", moments: "homoskedastic" } },
  { sample: panel, options: { specification: "sac", effects: "random" } }
]

describe("laws of spatial 2SLS and GMM", () => {
  it("the order of the entities does not matter", () => {
    const cases = CASES.map((one) => ({ ...one, fit: gmmOf(one.sample.weights, one.sample.columns, one.options) }))
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.infiniteStream(fc.nat()), ({ fit, options, sample }, keys) => {
        const size = sample.weights.entities.length
        const drawn = Array.from({ length: size }, () => keys.next().value as number)
        const order = [...drawn.keys()].sort((a, b) => drawn[a]! - drawn[b]! || a - b)
        const dense = denseWeights(sample.weights)
        const weights = fromPairs(
          order.map((i) => sample.weights.entities[i]!),
          (i, j) => dense[order[i]! * size + order[j]!]!
        )
        const periods = sample.columns.dependent.length / size
        const moved = (x: Float64Array) => Float64Array.from(x, (_, at) => x[order[Math.floor(at / periods)]! * periods + (at % periods)]!)
        const columns = { ...sample.columns, dependent: moved(sample.columns.dependent), regressors: sample.columns.regressors.map(moved) }
        const again = gmmOf(weights, columns, options)
        fit.terms.forEach((term, i) => {
          close(again.estimates[i]!, fit.estimates[i]!, 1e-7, term, fit.inference.stdError[i]!)
          close(again.inference.stdError[i]!, fit.inference.stdError[i]!, 1e-6, `se of ${term}`)
        })
        const residuals = moved(fit.residuals)
        const scale = Math.sqrt(fit.sigma2)
        again.residuals.forEach((e, at) => {
          close(e, residuals[at]!, 1e-7, "residual", scale)
        })
      }),
      { numRuns: 12 }
    )
  })
  it("units of y and x matter to no test, nor to rho and lambda", () => {
    const cases = CASES.map((one) => ({ ...one, fit: gmmOf(one.sample.weights, one.sample.columns, one.options) }))
    const unit = fc.double({ min: -4, max: 4, noNaN: true }).map((power) => 10 ** power)
    fc.assert(
      fc.property(fc.constantFrom(...cases), unit, unit, ({ fit, options, sample }, ofY, ofX) => {
        const { dependent, names, regressors } = sample.columns
        const columns = {
          names,
          dependent: dependent.map((y) => y * ofY),
          regressors: regressors.map((x, j) => (j === 0 ? x.map((value) => value * ofX) : x))
        }
        const again = gmmOf(sample.weights, columns, options)
        const factor = (term: string) =>
          term === "rho" || term === "lambda"
            ? 1
            : term.startsWith("sigma2")
              ? ofY ** 2
              : term.endsWith(names[0]!) && /^(W\*)?\w+$/.test(term)
                ? ofY / ofX
                : ofY
        fit.terms.forEach((term, i) => {
          close(again.estimates[i]! / factor(term), fit.estimates[i]!, 1e-6, term, fit.inference.stdError[i]!)
          close(again.inference.stdError[i]! / factor(term), fit.inference.stdError[i]!, 1e-5, `se of ${term}`)
        })
        again.tests.forEach(({ statistic, test }, t) => {
          const before = fit.tests[t]!.statistic
          if (statistic !== undefined && before !== undefined) close(statistic, before, 1e-4, test, 1)
        })
      }),
      { numRuns: 12 }
    )
  })
  it("errors with another matrix than the lag: M = W given by name changes nothing, another one does", () => {
    const { columns, weights } = city
    const fit = gmmOf(weights, columns, { specification: "sac", variance: "HC0" })
    expect(gmmOf(weights, columns, { specification: "sac", variance: "HC0", errorWeights: { ...weights } }).estimates).toEqual(fit.estimates)
    const dense = denseWeights(weights)
    const twice = rowStandardize(fromPairs(weights.entities, (i, j) => dense[i * 49 + j]! ** 2))
    expect(gmmOf(weights, columns, { specification: "sac", variance: "HC0", errorWeights: twice }).estimates).not.toEqual(fit.estimates)
  })
})

describe("what spatialGmm refuses and warns of", () => {
  const model = modelOf(city.weights, city.columns)
  it("all that is wrong with options in one sentence", () => {
    expect(() =>
      spatialGmm(
        { ...model, endogenous: [{ name: "z", values: columbus().discbd }] },
        { specification: "sem", moments: "kp-1999", variance: "HC0", powers: 0, lagged: ["a"], level: 2 }
      )
    ).toThrow(
      /level of intervals.*lagged names regressors of the model; a is none \(they are inc, hoval, z\); sem has no spatial lags.*powers of W.*; 1 endogenous regressor needs an instrument of its own; there are 0.*kp-1999 do not go with the variance HC0/s
    )
    expect(() => spatialGmm(model, { specification: "spam" as "sar" })).toThrow(/a specification is one of ols, sar, sem, sdm, sdem, slx, sac, gns, not spam/)
    expect(() => spatialGmm({ ...model, regressors: [] }, { specification: "sar" })).toThrow(/instruments from the exogenous regressors, and there is none/)
    expect(() => spatialGmm(model, { specification: "sar", effects: "random", variance: "cluster" })).toThrow(/random effects have the variance iid/)
    expect(() => spatialGmm(model, { specification: "sac", variance: { kind: "conley", cutoff: 10, kernel: "bartlett" } })).toThrow(
      /takes? sar or sdm|take sar or sdm.*needs `coordinates`/
    )
  })
  it("errors beside effects of time with weights that are not row-standardised", () => {
    expect(() => gmmOf(states.binary, panel.columns, { specification: "sem", effects: "time" })).toThrow(/weights whose rows have one sum/)
    expect(gmmOf(states.binary, panel.columns, { specification: "sem", effects: "individual" }).terms).toEqual(["lpcap", "lpc", "lambda", "sigma2"])
  })
  it("a fit without a rest, weights that link all alike, effects of time beside islands", () => {
    const [inc, hoval] = city.columns.regressors
    const made = { name: "made", values: inc!.map((x, i) => 1 + 2 * x - hoval![i]!) }
    for (const specification of ["sar", "sem", "sac", "slx"] as const)
      expect(() => spatialGmm({ ...model, dependent: made }, { specification })).toThrow(/explain the dependent variable without a rest/)
    const alike = rowStandardize(fromPairs(city.weights.entities, () => 1))
    expect(() => gmmOf(alike, city.columns, { specification: "sem" })).toThrow(/lambda is not identified/)
    expect(() => gmmOf(alike, city.columns, { specification: "sar" })).toThrow(/explain every instrument/)
    const island = rowStandardize(fromPairs(city.weights.entities, (i, j) => (i * j > 0 && Math.abs(i - j) === 1 ? 1 : 0)))
    expect(() => gmmOf(island, city.columns, { specification: "sem", effects: "time" })).toThrow(/that of "1" is 0, that of "2" 1/)
    expect(gmmOf(island, city.columns, { specification: "sac", variance: "HC0" }).instruments).toContain("W*(constant)")
  })
  it("collinear regressors and instruments are dropped by name, weak instruments and a rho out of bounds told", () => {
    const twice = { name: "twice", values: city.columns.regressors[0]!.map((x) => 2 * x + 1) }
    const fit = gmmOf(city.weights, city.columns, { specification: "sar" }, { regressors: [...model.regressors, twice] })
    expect(fit.terms).toEqual(["(constant)", "inc", "hoval", "rho", "sigma2"])
    expect(fit.warnings.map(({ message }) => message).join("; ")).toMatch(/dropped for collinearity.*twice.*/)
    const noise = Float64Array.from({ length: 49 }, (_, i) => Math.sin(37 * i * i))
    const weak = spatialGmm({ ...model, regressors: [{ name: "noise", values: noise }] }, { specification: "sar" })
    expect(weak.warnings.map(({ code }) => code)).toContain("weak-instruments")
  })
  it("a variance over distances is Conley's of the second stage, and leaves sigma2 out", () => {
    const { x, y } = columbus()
    const coordinates = { latitude: y.map((value) => value / 100), longitude: x.map((value) => value / 100) }
    const near = spatialGmm({ ...model, coordinates }, { specification: "sar", variance: { kind: "conley", cutoff: 1e-6, kernel: "uniform" } })
    const plain = spatialGmm(model, { specification: "sar", variance: "HC0" })
    expect(near.terms).toEqual(["(constant)", "inc", "hoval", "rho"])
    // No two places are that near: each is alone.
    near.terms.forEach((term, i) => {
      close(near.inference.stdError[i]!, plain.inference.stdError[i]!, 1e-9, term)
    })
    const wide = spatialGmm({ ...model, coordinates }, { specification: "sar", variance: { kind: "conley", cutoff: 5, kernel: "bartlett" } })
    expect(wide.inference.stdError[3]).not.toBeCloseTo(plain.inference.stdError[3]!, 4)
    expect(wide.used.variance).toMatch(/Conley, bartlett kernel up to 5 km/)
  })
})
