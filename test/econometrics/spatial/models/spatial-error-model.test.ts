import { describe, expect, it } from "vitest"
import { demeanTwoWay } from "../../../../src/econometrics/spatial/models/panel-effects.ts"
import { spatialLag } from "../../../../src/econometrics/spatial/weights/spatial-lag.ts"
import { denseWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { logAbsDeterminant, luFactor, luSolve } from "../../../../src/linalg/lu.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf } from "../fit-of.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"
import { small } from "../spatial-small.ts"
import { departureFromInverse, errorPoints, minusHessian } from "./expected-information.ts"

const errors = (covariance: Float64Array, size: number) => Float64Array.from({ length: size }, (_, i) => Math.sqrt(covariance[i * size + i]!))
const system = (lambda: number) => denseWeights(small.weights).map((w, at) => (Math.floor(at / 5) === at % 5 ? 1 : 0) - lambda * w)

describe("the spatial error model", () => {
  for (const name of MATRICES) {
    for (const correction of ["lee-yu", "none"] as const)
      it(`${correction}: estimates, standard errors and log-likelihood agree with an independent one in R (${name})`, () => {
        const fit = fitOf(weights[name], production, "sem", { correction })
        const reference = correction === "none" ? oracle.none[name].sem : oracle.lee_yu[name].sem
        expectClose(fit.estimates, reference.estimate, 1e-9)
        expectClose(errors(fit.covariance, fit.terms.length), reference.se, 1e-9)
        expect(fit.logLikelihood).toBeCloseTo(reference.logLik, 8)
      })
    it(`none: agrees with spatialreg's errorsarlm with dummies to the precision of its optimiser (${name})`, () => {
      const fit = fitOf(weights[name], production, "sem", { correction: "none" })
      const { spatialreg } = oracle.none[name].sem
      expectClose(fit.estimates, spatialreg.estimate, 1e-4)
      expectClose(errors(fit.covariance, fit.terms.length).slice(0, spatialreg.se.length), spatialreg.se, 1e-4)
      expect(fit.logLikelihood).toBeCloseTo(spatialreg.logLik, 6)
    })
  }
  it("the information matrix is the expectation of minus the Hessian of the log-likelihood", () => {
    const { data, entities, periods, weights: w } = small
    const fit = fitOf(w, data, "sem")
    const logLikelihood = (y: Float64Array) => (p: Float64Array) => {
      const u = y.map((value, i) => value - p[0]! * data.regressors[0]![i]! - p[1]! * data.regressors[1]![i]!)
      const wu = spatialLag(w, u)
      const e = demeanTwoWay(
        u.map((value, i) => value - p[2]! * wu[i]!),
        entities
      )
      const n = (entities - 1) * (periods - 1)
      return (
        -(n / 2) * Math.log(2 * Math.PI * p[3]!) +
        (periods - 1) * (logAbsDeterminant(luFactor(system(p[2]!), entities)) - Math.log(1 - p[2]!)) -
        e.reduce((s, v) => s + v * v, 0) / (2 * p[3]!)
      )
    }
    const points = errorPoints(entities, periods, fit.estimates[3]!)
    const expected = new Float64Array(16)
    for (const e of points) {
      const u = luSolve(luFactor(system(fit.estimates[2]!), entities), e, periods)
      const y = u.map((value, i) => value + fit.estimates[0]! * data.regressors[0]![i]! + fit.estimates[1]! * data.regressors[1]![i]!)
      minusHessian(logLikelihood(y), fit.estimates).forEach((value, at) => {
        expected[at]! += value / points.length
      })
    }
    expect(departureFromInverse(fit.covariance, expected)).toBeLessThan(1e-5)
  })
  it("is nested in the SDM of the same data: its likelihood is never higher", () => {
    for (const name of MATRICES)
      for (const correction of ["lee-yu", "none"] as const)
        expect(fitOf(weights[name], production, "sem", { correction }).logLikelihood).toBeLessThan(
          fitOf(weights[name], production, "sdm", { correction }).logLikelihood
        )
  })
  it("entity and year effects added to y change nothing", () => {
    const dependent = production.dependent.map((y, at) => y + (Math.floor(at / 17) % 7) - (at % 17) ** 2)
    const [a, b] = [production, { ...production, dependent }].map((data) => fitOf(weights.nested, data, "sem"))
    expectClose(b!.estimates, [...a!.estimates], 1e-7)
  })
})
