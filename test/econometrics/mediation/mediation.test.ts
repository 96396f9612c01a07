import { describe, expect, it } from "vitest"
import { mediation } from "../../../src/econometrics/mediation/mediation.ts"
import { difference, oracle, usStates } from "../produc.ts"

const reference = oracle("linear-mediation").mediation
const { index, lemp, lgsp, lpc, lpcap } = usStates()
const fit = mediation({ index, outcome: lgsp, treatment: lpcap, mediator: lpc, controls: [lemp] })

describe("mediation on the US states", () => {
  it("the four regressions agree with lm and sandwich, and are named by their formulas", () => {
    expect(fit.equations.map(({ name }) => name)).toEqual(["lgsp ~ lpcap", "lgsp ~ lpc", "lpc ~ lpcap", "lgsp ~ lpcap + lpc"])
    for (const [i, key] of ["total", "mediator", "first", "second"].entries()) {
      const equation = fit.equations[i]!.fit
      expect(difference(equation.coefficients.slice(0, -1), reference.equations[key].b)).toBeLessThan(1e-9)
      expect(difference(equation.inference.stdError.slice(0, -1), reference.equations[key].se)).toBeLessThan(1e-9)
    }
  })
  it("indirect, direct, total and Sobel's standard error agree; total = direct + indirect", () => {
    const [indirect, direct, total] = fit.effects
    expect(difference([indirect!.estimate, direct!.estimate, total!.estimate], [reference.indirect, reference.direct, reference.total])).toBeLessThan(1e-8)
    expect(difference([indirect!.stdError!], [reference.sobel])).toBeLessThan(1e-8)
    expect(Math.abs(direct!.estimate + indirect!.estimate - total!.estimate)).toBeLessThan(1e-12)
  })
})
