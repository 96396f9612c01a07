import { describe, expect, it } from "vitest"
import { replicates } from "../../../src/econometrics/bootstrap/bootstrap.ts"
import { mediation } from "../../../src/econometrics/mediation/mediation.ts"
import { sensitivity } from "../../../src/econometrics/mediation/sensitivity.ts"
import { sensitivityPaths } from "../../../src/econometrics/mediation/sensitivity-paths.ts"
import { difference, oracle } from "../produc.ts"
import { deviation, mediationSamples } from "./mediation-samples.ts"

const samples = await mediationSamples()
const reference = oracle("mediation-paths").sensitivity

for (const sample of ["produc", "china"] as const)
  describe(`sensitivity of the mediation to confounding: ${sample}`, () => {
    const { index, model, term } = samples[sample]
    const expected = reference[sample]
    const fit = sensitivity({ index, ...model }, { rhos: expected.rho })
    const of = (effect: string, key: "estimate" | "stdError") => fit.effects.filter((e) => e.effect === effect).map((e) => e[key])
    it("effects at each rho, their standard errors, and the rho at which there is none are R's from the paper's formula", () => {
      expect(difference(of("indirect", "estimate"), expected.indirect)).toBeLessThan(1e-8)
      expect(difference(of("direct", "estimate"), expected.direct)).toBeLessThan(1e-8)
      expect(difference(of("indirect", "stdError"), expected.indirect_se)).toBeLessThan(1e-6)
      expect(difference(of("direct", "stdError"), expected.direct_se)).toBeLessThan(1e-6)
      expect(difference(of("rho", "estimate"), [expected.zero])).toBeLessThan(1e-8)
      expect(difference(of("rho", "stdError"), [expected.zero_se])).toBeLessThan(1e-6)
      expect(fit.effects[0]!.term).toBe(`${term} | rho -0.9`)
    })
    it("shares of variance are R's", () => {
      expect(difference([fit.zero.unexplained, fit.zero.total, fit.zero.within], [expected.r2_star, expected.r2_tilde, expected.r2_tilde_within])).toBeLessThan(
        1e-7
      )
    })
    it("at rho 0 is the mediation itself, at its zero nothing", () => {
      const [indirect, direct] = mediation({ index, ...model }).effects
      const zero = fit.effects.at(-1)!.estimate
      const at = sensitivity({ index, ...model }, { rhos: [0, zero] }).effects
      expect(difference([at[0]!.estimate, at[2]!.estimate], [indirect!.estimate, direct!.estimate])).toBeLessThan(1e-8)
      expect(Math.abs(at[1]!.estimate)).toBeLessThan(1e-10)
    })
    it("a pairs bootstrap's standard errors are near those of the delta method; a wild one is refused", () => {
      const paths = sensitivityPaths({ index, ...model }, [-0.5, 0.2])
      const errors = sensitivity({ index, ...model }, { rhos: [-0.5, 0.2] }).effects.map(({ stdError }) => stdError)
      const { columns } = replicates(paths, { seed: 2, from: 0, count: 2000 })
      for (const [j, column] of [...columns.values()].entries()) expect(Math.abs(Math.log(deviation(column) / errors[j]!))).toBeLessThan(Math.log(1.5))
      expect(() => replicates(paths, { seed: 2, from: 0, count: 2 }, { resampling: "wild-clusters" })).toThrow("the wild bootstrap keeps the size of residuals")
    })
  })

describe("sensitivity", () => {
  it("refuses a rho that is no correlation of errors, by name", () => {
    const { index, model } = samples.produc
    expect(() => sensitivity({ index, ...model }, { rhos: [0.5, 1, -2] })).toThrow("rho is 1, -2")
  })
  it("tells at which rhos zero is in the interval", () => {
    const { index, model } = samples.china
    const { effects, insignificant } = sensitivity({ index, ...model })
    const rows = effects.filter(({ effect }) => effect === "indirect")
    expect(rows).toHaveLength(19)
    expect(insignificant).toEqual(rows.filter(({ confHigh, confLow }) => confLow <= 0 && confHigh >= 0).map(({ term }) => Number(term.split("rho ")[1])))
  })
})
