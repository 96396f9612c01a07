import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { demeanTwoWay } from "../../../../src/econometrics/spatial/models/panel-effects.ts"
import { spatialLag } from "../../../../src/econometrics/spatial/weights/spatial-lag.ts"
import { denseWeights, fromPairs } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { logAbsDeterminant, luFactor, luSolve } from "../../../../src/linalg/lu.ts"
import { production, weights } from "../../us-states.ts"
import { type Columns, durbin, fitOf } from "../fit-of.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"
import { small } from "../spatial-small.ts"
import { departureFromInverse, errorPoints, minusHessian } from "./expected-information.ts"

const errors = (covariance: Float64Array, size: number) => Float64Array.from({ length: size }, (_, i) => Math.sqrt(covariance[i * size + i]!))
const system = (rho: number) => denseWeights(small.weights).map((w, at) => (Math.floor(at / 5) === at % 5 ? 1 : 0) - rho * w)
const permuted = (column: Float64Array, order: ReadonlyArray<number>) => {
  const periods = column.length / order.length
  return Float64Array.from(column, (_, at) => column[order[Math.floor(at / periods)]! * periods + (at % periods)]!)
}

describe("the spatial lag model and the SDM", () => {
  for (const name of MATRICES)
    for (const model of ["sar", "sdm"] as const) {
      const data = model === "sdm" ? durbin(weights[name], production) : production
      it(`lee-yu: estimates, standard errors, covariance and log-likelihood of the ${model} agree with an independent one in R (${name})`, () => {
        const fit = fitOf(weights[name], data, "sar")
        const reference = oracle.lee_yu[name][model]
        expectClose(fit.estimates, reference.estimate, 1e-9)
        expectClose(errors(fit.covariance, fit.terms.length), reference.se, 1e-9)
        expect(fit.logLikelihood).toBeCloseTo(reference.logLik, 8)
        for (const [i, row] of reference.covariance.entries())
          for (const [j, value] of row.entries())
            expect(Math.abs(fit.covariance[i * row.length + j]! - value)).toBeLessThan(1e-9 * reference.se[i]! * reference.se[j]!)
      })
      it(`none: the ${model} agrees with spatialreg's lagsarlm with dummies (${name})`, () => {
        const fit = fitOf(weights[name], data, "sar", { correction: "none" })
        const reference = oracle.none[name][model]
        expectClose(fit.estimates, reference.estimate, 2e-6)
        expectClose(errors(fit.covariance, fit.terms.length).slice(0, reference.se.length), reference.se, 1e-6)
        expect(fit.logLikelihood).toBeCloseTo(reference.logLik, 7)
      })
    }

  it("the information matrix is the expectation of minus the Hessian of the log-likelihood", () => {
    const { data, entities, periods, weights: w } = small
    const fit = fitOf(w, data, "sar")
    const [b1, b2, rho, sigma2] = fit.estimates as unknown as [number, number, number, number]
    const logLikelihood = (y: Float64Array, wy: Float64Array) => (p: Float64Array) => {
      const e = demeanTwoWay(
        y.map((value, i) => value - p[2]! * wy[i]! - p[0]! * data.regressors[0]![i]! - p[1]! * data.regressors[1]![i]!),
        entities
      )
      const n = (entities - 1) * (periods - 1)
      const sse = e.reduce((sum, value) => sum + value * value, 0)
      return (
        -(n / 2) * Math.log(2 * Math.PI * p[3]!) +
        (periods - 1) * (logAbsDeterminant(luFactor(system(p[2]!), entities)) - Math.log(1 - p[2]!)) -
        sse / (2 * p[3]!)
      )
    }
    const mean = data.regressors[0]!.map((value, i) => b1 * value + b2 * data.regressors[1]![i]!)
    const points = errorPoints(entities, periods, sigma2)
    const expected = new Float64Array(16)
    for (const e of points) {
      const y = luSolve(
        luFactor(system(rho), entities),
        mean.map((value, i) => value + e[i]!),
        periods
      )
      minusHessian(logLikelihood(y, spatialLag(w, y)), fit.estimates).forEach((value, at) => {
        expected[at]! += value / points.length
      })
    }
    expect(departureFromInverse(fit.covariance, expected)).toBeLessThan(1e-5)
  })
  it("is the maximum: no nearby parameters have a higher likelihood", () => {
    const fit = fitOf(small.weights, small.data, "sar")
    const { entities, periods, data } = small
    const wy = spatialLag(small.weights, data.dependent)
    const at = (p: Float64Array) => {
      const e = demeanTwoWay(
        data.dependent.map((value, i) => value - p[2]! * wy[i]! - p[0]! * data.regressors[0]![i]! - p[1]! * data.regressors[1]![i]!),
        entities
      )
      const n = (entities - 1) * (periods - 1)
      return (
        -(n / 2) * Math.log(2 * Math.PI * p[3]!) +
        (periods - 1) * (logAbsDeterminant(luFactor(system(p[2]!), entities)) - Math.log(1 - p[2]!)) -
        e.reduce((s, v) => s + v * v, 0) / (2 * p[3]!)
      )
    }
    expect(at(fit.estimates)).toBeCloseTo(fit.logLikelihood, 10)
    for (let i = 0; i < 4; i++)
      for (const h of [-0.001, 0.001]) expect(at(fit.estimates.map((value, k) => (k === i ? value + h : value)))).toBeLessThan(fit.logLikelihood)
  })
  it("does not depend on the order of the entities", () => {
    const dense = denseWeights(weights.nested)
    const original = fitOf(weights.nested, production, "sdm")
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(48).keys()], { minLength: 48, maxLength: 48 }), (order) => {
        const w = fromPairs(
          order.map((i) => weights.nested.entities[i]!),
          (i, j) => dense[order[i]! * 48 + order[j]!]!
        )
        const data: Columns = {
          dependent: permuted(production.dependent, order),
          regressors: production.regressors.map((column) => permuted(column, order)),
          names: production.names
        }
        const fit = fitOf(w, data, "sdm")
        expectClose(fit.estimates, [...original.estimates], 1e-8)
        expect(fit.logLikelihood).toBeCloseTo(original.logLikelihood, 7)
      }),
      { numRuns: 5 }
    )
  })
  it("entity and year effects added to y change nothing; y times c has slopes times c, the same rho, and n ln c less likelihood", () => {
    const original = fitOf(weights.contiguity, production, "sar")
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 50, noNaN: true }), fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 65, maxLength: 65 }), (c, effects) => {
        const dependent = production.dependent.map((y, at) => c * y + effects[Math.floor(at / 17)]! + effects[48 + (at % 17)]!)
        const fit = fitOf(weights.contiguity, { ...production, dependent }, "sar")
        expectClose(
          fit.estimates,
          [...original.estimates].map((value, i) => (i < 4 ? c * value : i === 4 ? value : c * c * value)),
          1e-7
        )
        expect(fit.logLikelihood).toBeCloseTo(original.logLikelihood - 47 * 16 * Math.log(c), 5)
      }),
      { numRuns: 5 }
    )
  })
  it("a regressor that the effects explain is a fault that names it", () => {
    const trend = Float64Array.from(production.dependent, (_, at) => at % 17)
    expect(() => fitOf(weights.contiguity, { ...production, regressors: [trend], names: ["trend"] }, "sar")).toThrow(
      /no regressor is left: entity and year effects explain trend/
    )
  })
  it("a dependent variable that the effects explain is a fault", () => {
    const dependent = Float64Array.from(production.dependent, (_, at) => at % 17)
    expect(() => fitOf(weights.contiguity, { ...production, dependent }, "sar")).toThrow(/without a rest/)
  })
})
