import { describe, expect, it } from "vitest"
import type { ErrorMomentKind } from "../../../../src/econometrics/spatial/gmm/error-moments.ts"
import type { SpatialGmmOptions } from "../../../../src/econometrics/spatial/gmm/gmm-options.ts"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { columbus, produc } from "../spatial-data.ts"
import { expectCovariance, gmmOf, oracleOf } from "./gmm-fits.ts"

const oracle = oracleOf("spatial-gmm-covariance")

/** "heteroskedastic_HC0_two-step". */
const optionsOf = (label: string): Pick<SpatialGmmOptions, "moments" | "variance" | "steps"> => {
  const [moments, variance, steps] = label.split("_") as [ErrorMomentKind, "iid" | "HC0" | "HC1" | "cluster", "one-step" | "two-step"]
  return { moments, variance, steps }
}

describe("estimates and covariance of coefficients, lambda and variances together agree with dense formulas in R", () => {
  const { binary, columns, discbd } = columbus()
  const weights = rowStandardize(binary)
  const [inc, hoval] = columns.regressors
  const own = { dependent: columns.dependent, regressors: [inc!], names: ["inc"] }
  const more = { endogenous: [{ name: "hoval", values: hoval! }], instruments: [{ name: "discbd", values: discbd }] }
  for (const specification of ["sem", "sac"] as const)
    for (const [label, reference] of Object.entries<never>(oracle.columbus[specification]))
      it(`columbus, ${specification}, ${label}`, () => {
        expectCovariance(gmmOf(weights, columns, { specification, ...optionsOf(label) }), reference, 1e-6)
      })
  it("columbus with an endogenous regressor", () => {
    expectCovariance(gmmOf(weights, own, { specification: "sar", variance: "HC1", instrumentLags: 1 }, more), oracle.columbus.endogenous, 1e-8)
    expectCovariance(gmmOf(weights, own, { specification: "sac", variance: "HC0", instrumentLags: 1 }, more), oracle.columbus.sac_endogenous, 1e-6)
  })

  const states = produc()
  const w = rowStandardize(states.binary)
  const early = (x: Float64Array) => x.filter((_, at) => at % 17 < 5)
  const panel = { ...states.columns, dependent: early(states.columns.dependent), regressors: states.columns.regressors.map(early) }
  for (const effects of ["pooled", "individual", "time", "two-way"] as const) {
    const { sac, sar_cluster, sem } = oracle.panel[effects]
    it(`produc, ${effects}: clustered SAR`, () => {
      expectCovariance(gmmOf(w, panel, { specification: "sar", effects, variance: "cluster" }), sar_cluster, 1e-7)
    })
    for (const [specification, references] of Object.entries({ sem, sac }))
      for (const [label, reference] of Object.entries<never>(references))
        it(`produc, ${effects}, ${specification}, ${label}`, () => {
          const options = { specification: specification as "sem" | "sac", effects, ...optionsOf(label) }
          expectCovariance(gmmOf(w, panel, options), reference, 1e-6)
        })
  }
  for (const specification of ["sem", "sac"] as const)
    for (const [weighting, reference] of Object.entries<never>(oracle.random[specification]))
      it(`produc, random effects, ${specification}, ${weighting}`, () => {
        const fit = gmmOf(w, panel, { specification, effects: "random", weighting: weighting as "initial" | "weighted" | "full" })
        expectCovariance(fit, reference, 1e-6)
        expect(fit.used.estimator).toMatch(/random entity effects \(theta 0\.\d+\)/)
      })
})
