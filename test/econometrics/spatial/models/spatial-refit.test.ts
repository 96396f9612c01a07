import { describe, expect, it } from "vitest"
import { spatialRefit } from "../../../../src/econometrics/spatial/models/spatial-refit.ts"
import { SPECIFICATIONS, type SpatialSpecification } from "../../../../src/econometrics/spatial/models/specification.ts"
import { mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf, modelOf } from "../fit-of.ts"

const unequal = mapWeights(weights.contiguity, (i, j) => 1 / 8 + ((i + 2 * j) % 3) / 60)
const other = (column: Float64Array, size: number) => column.map((value, i) => value + size * Math.sin(i * i))
const changed = { ...production, dependent: other(production.dependent, 0.02) }
const moved = { ...changed, regressors: production.regressors.map((column, k) => (k === 1 ? other(column, 0.05) : column)) }

const expectSame = (found: Float64Array | undefined, expected: Float64Array) => {
  expect(found?.length).toBe(expected.length - 1)
  found!.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-9 * Math.max(0.01, Math.abs(expected[i]!)))
  })
}

describe("refits", () => {
  for (const specification of Object.keys(SPECIFICATIONS) as ReadonlyArray<SpatialSpecification>)
    it(`are the estimates of the model of other values of y, and of one regressor (${specification})`, () => {
      for (const [w, options] of [
        [weights.contiguity, {}],
        [unequal, { effects: "individual" }],
        [weights.contiguity, { effects: "pooled" }],
        [weights.nested, { correction: "none", order: "demean-then-lag" }]
      ] as const) {
        const fit = fitOf(w, production, specification, options)
        const { regressors } = modelOf(w, production)
        expectSame(spatialRefit(fit, regressors)(changed.dependent), fitOf(w, changed, specification, options).estimates)
        const refit = spatialRefit(fit, regressors, "lpc")
        expectSame(refit(moved.dependent, moved.regressors[1]!), fitOf(w, moved, specification, options).estimates)
        // And again: nothing of the last one is left.
        expectSame(refit(production.dependent, production.regressors[1]!), fit.estimates)
      }
    })
  it("are those of the regressors that the fit kept", () => {
    const collinear = {
      ...production,
      regressors: [...production.regressors, production.regressors[0]!.map((value) => 2 * value)],
      names: [...production.names, "twice"]
    }
    const fit = fitOf(weights.contiguity, collinear, "sdm")
    const refit = spatialRefit(fit, modelOf(weights.contiguity, collinear).regressors, "lpc")
    expectSame(refit(moved.dependent, moved.regressors[1]!), fitOf(weights.contiguity, moved, "sdm").estimates)
  })
  it("are none where there is no maximum inside, or the new values are explained", () => {
    const fit = fitOf(weights.contiguity, production, "sar")
    const { regressors } = modelOf(weights.contiguity, production)
    expect(spatialRefit(fit, regressors, "lpc")(production.dependent, production.regressors[0]!)).toBeUndefined()
    // A determinant that does not fall towards the ends of too short an interval.
    const [{ determinant }] = fit.parameters as [(typeof fit.parameters)[number]]
    const short = { ...determinant, lower: -0.01, upper: 0.01, logAbsolute: () => 0, trace: () => 0 }
    expect(spatialRefit({ ...fit, parameters: [{ name: "rho", determinant: short }] }, regressors)(production.dependent)).toBeUndefined()
  })
})
