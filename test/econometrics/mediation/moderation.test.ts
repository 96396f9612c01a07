import { describe, expect, it } from "vitest"
import { jackknife } from "../../../src/econometrics/bootstrap/bootstrap.ts"
import { solvedInSample } from "../../../src/econometrics/bootstrap/path-model.ts"
import { effectName } from "../../../src/econometrics/mediation/effect.ts"
import type { Path } from "../../../src/econometrics/mediation/moderated-path.ts"
import { moderation } from "../../../src/econometrics/mediation/moderation.ts"
import { moderationPaths } from "../../../src/econometrics/mediation/moderation-paths.ts"
import { difference, oracle, usStates } from "../produc.ts"
import { mediationSamples } from "./mediation-samples.ts"

const samples = await mediationSamples()

const reference = oracle("linear-mediation").moderation
const { index, lemp, lgsp, lpc, lpcap, unemp } = usStates()
const model = { outcome: lgsp, treatment: lpcap, mediator: lpc, moderator: unemp, controls: [lemp] }
const raw = moderation({ index, ...model }, { form: "raw" })

describe("moderated mediation on the US states", () => {
  it("eqs 5-9 and the joint equation agree with lm and sandwich", () => {
    const expected = [reference.others.e5, reference.others.e6, reference.e7, reference.others.e8, reference.others.e9, reference.joint]
    expect(raw.equations.map(({ name }) => name)).toEqual([
      "lgsp ~ lpcap*unemp",
      "lpc ~ lpcap + unemp",
      "lpc ~ lpcap*unemp",
      "lgsp ~ lpc + unemp",
      "lgsp ~ lpc*unemp",
      "lgsp ~ lpcap*unemp + lpc*unemp"
    ])
    for (const [i, { fit }] of raw.equations.entries()) {
      expect(difference(fit.coefficients.slice(0, -1), expected[i].b)).toBeLessThan(1e-8)
      expect(difference(fit.inference.stdError.slice(0, -1), expected[i].se)).toBeLessThan(1e-8)
    }
  })
  it("conditional effects agree at the 16th, 50th and 84th percentile, whatever the products multiply", () => {
    for (const form of ["raw", "centred", "standardised"] as const) {
      const { effects, region, values } = moderation({ index, ...model }, { form })
      expect(values.map(({ value }) => value)).toEqual(reference.values)
      const pick = (kind: string, key: "estimate" | "stdError") => effects.filter((e) => e.effect === kind && !e.term.includes(" - ")).map((e) => e[key]!)
      expect(difference(pick("indirect", "estimate"), reference.indirect)).toBeLessThan(1e-8)
      expect(difference(pick("indirect", "stdError"), reference.indirect_se)).toBeLessThan(1e-8)
      expect(difference(pick("direct", "estimate"), reference.direct)).toBeLessThan(1e-8)
      expect(difference(pick("direct", "stdError"), reference.direct_se)).toBeLessThan(1e-8)
      expect(difference(region!.roots, reference.roots)).toBeLessThan(1e-7)
    }
  })
  it("differences between values are named and equal the differences of the effects", () => {
    const find = (term: string, effect: string) => raw.effects.find((e) => e.term === term && e.effect === effect)!
    for (const effect of ["direct", "indirect"]) {
      const difference = find("lpcap | unemp p84 - p16", effect).estimate
      expect(Math.abs(difference - (find("lpcap | unemp p84", effect).estimate - find("lpcap | unemp p16", effect).estimate))).toBeLessThan(1e-14)
    }
  })
})

interface Expected {
  readonly moderated: Path | ReadonlyArray<Path>
  readonly [of: string]: unknown
}

for (const sample of ["produc", "china"] as const)
  for (const expected of oracle("mediation-paths").moderation[sample] as ReadonlyArray<Expected>) {
    const moderated = typeof expected.moderated === "string" ? [expected.moderated] : expected.moderated
    const { index: at, model: of, moderator, term } = samples[sample]
    describe(`moderated in ${moderated.join(", ")}: ${sample}`, () => {
      const list = (key: string) => [expected[key]].flat() as ReadonlyArray<number>
      it("conditional effects, their difference and the index agree with lm and sandwich, whatever the products multiply", () => {
        for (const form of ["raw", "centred", "standardised"] as const) {
          const { effects, region, values } = moderation({ index: at, ...of }, { moderated, form })
          const labels = ["p16", "p50", "p84"].map((label) => `${term} | ${moderator} ${label}`)
          const find = (kind: string, name: string, key: "estimate" | "stdError") =>
            effects.find((e) => e.effect === kind && e.term === name)?.[key] ?? Number.NaN
          expect(
            difference(
              values.map(({ value }) => value),
              list("values")
            )
          ).toBeLessThan(1e-12)
          for (const [key, suffix] of [
            ["estimate", ""],
            ["stdError", "_se"]
          ] as const) {
            const tolerance = key === "estimate" ? 1e-7 : 1e-6
            expect(
              difference(
                labels.map((name) => find("indirect", name, key)),
                list(`indirect${suffix}`)
              )
            ).toBeLessThan(tolerance)
            const direct = labels.map((name) => find("direct", moderated.includes("direct") ? name : term, key))
            expect(difference(direct, list(`direct${suffix}`))).toBeLessThan(tolerance)
            const contrast = `${term} | ${moderator} p84 - p16`
            expect(difference([find("indirect", contrast, key)], list(`difference${suffix}`))).toBeLessThan(tolerance)
            const index = find("index", `${term} | ${moderator}`, key)
            if (moderated.includes("first") && moderated.includes("second")) expect(index).toBeNaN()
            else expect(difference([index], list(`index${suffix}`))).toBeLessThan(tolerance)
          }
          expect(region === undefined).toBe(!moderated.includes("direct"))
        }
      })
      it("the bootstrap's model has the same effects and the same standard errors in the sample", () => {
        const { effects } = moderation({ index: at, ...of }, { moderated })
        const paths = moderationPaths({ index: at, ...of }, { moderated })
        expect([...paths.names].sort()).toEqual(effects.map(effectName).sort())
        const { equations, resampler, stdErrors } = solvedInSample(paths, "cluster")
        const [values, errors] = [new Float64Array(paths.names.length), new Float64Array(paths.names.length)]
        paths.values(equations.parameters, values)
        stdErrors(new Float64Array(resampler.units).fill(1), equations.influence(), "independent", errors)
        for (const effect of effects) {
          const j = paths.names.indexOf(effectName(effect))
          expect(Math.abs(values[j]! - effect.estimate), effectName(effect)).toBeLessThan(1e-7 * (1e-3 + Math.abs(effect.estimate)))
          expect(Math.abs(errors[j]! - effect.stdError), effectName(effect)).toBeLessThan(1e-7 * (1e-3 + effect.stdError))
        }
        expect([...jackknife(paths, "cluster").keys()]).toEqual([...paths.names])
      })
    })
  }

describe("moderated mediation", () => {
  it("refuses a model in which neither stage of the indirect effect is moderated", () => {
    for (const moderated of [[], ["direct"]] satisfies ReadonlyArray<ReadonlyArray<Path>>)
      expect(() => moderation({ index, ...model }, { moderated })).toThrow("a mediation is moderated in its first or its second stage")
  })
  it("values: the mean and one SD around it, warned of where nobody is; own ones; a grid over the observed range without contrasts", () => {
    const { moderator } = samples.china.model
    const mean = moderation({ index: samples.china.index, ...samples.china.model }, { values: { meanAndSd: true } })
    expect(mean.values.map(({ label }) => label)).toEqual(["mean-sd", "mean", "mean+sd"])
    expect(mean.values[0]!.value).toBeLessThan(Math.min(...moderator.values))
    expect(mean.warnings).toContainEqual({
      code: "outside-range",
      message: expect.stringMatching(/^mi is between .* effects at mean-sd \(-.*\) are extrapolations/)
    })
    const own = moderation({ index, ...model }, { values: { at: [5, 30] } })
    expect(own.effects.map(({ term }) => term)).toContain("lpcap | unemp = 30 - = 5")
    expect(own.warnings.map(({ message }) => message).join()).toContain("effects at 30 are extrapolations")
    const grid = moderation({ index, ...model }, { values: { grid: 5 } })
    expect(grid.values.map(({ label }) => label)).toEqual(["grid 1", "grid 2", "grid 3", "grid 4", "grid 5"])
    expect([grid.values[0]!.value, grid.values[4]!.value]).toEqual([Math.min(...unemp.values), Math.max(...unemp.values)])
    expect(grid.effects).toHaveLength(10)
    expect(grid.warnings).toEqual([])
  })
})
