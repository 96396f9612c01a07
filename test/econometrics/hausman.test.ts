import { describe, expect, it } from "vitest"
import { type HausmanFit, hausman } from "../../src/econometrics/hausman.ts"
import { panelIndex } from "../../src/econometrics/panel-index.ts"
import { stream } from "../../src/stats/random.ts"
import { difference, oracle, usStates } from "./produc.ts"

const reference = oracle("linear-hausman")
const fitted = (effects: "one-way" | "two-way", drop: ReadonlyArray<number> = []) => {
  const { index, lemp, lgsp, lpc, lpcap, unemp } = usStates(drop)
  return hausman(index, lgsp, [lpcap, lpc, lemp, unemp], { effects })
}
const statistics = (fit: HausmanFit) => fit.tests.map(({ statistic }) => statistic!)
const agrees = (fit: HausmanFit, formula: Record<string, never>) => {
  expect(difference([fit.components.theta[0]!, fit.components.entity], [formula["theta"]!, formula["su"]!])).toBeLessThan(1e-9)
  expect(difference(fit.random.estimate, formula["random"]!)).toBeLessThan(1e-8)
  expect(difference(fit.random.stdError, formula["random_se"]!)).toBeLessThan(1e-8)
  // The difference of two covariances loses digits.
  expect(difference(statistics(fit), [formula["statistic"]!, formula["sigmamore"]!, formula["mundlak"]!])).toBeLessThan(1e-7)
}

describe("Hausman tests on the US states", () => {
  it("one-way random effects with year dummies in both: 38.6, as plm, on the 4 slopes; not definite, and told", () => {
    const fit = fitted("one-way")
    agrees(fit, reference.one_way.formula)
    expect(difference([statistics(fit)[0]!], [reference.one_way.phtest])).toBeLessThan(1e-8)
    expect(statistics(fit)[0]!.toFixed(1)).toBe("38.6")
    expect(fit.tests[0]).toMatchObject({ df: 4, note: expect.stringContaining("not positive semi-definite") })
    expect(fit.tests[0]!.note).toContain(reference.one_way.formula.eigen.map((v: number) => v.toPrecision(3)).join(", "))
    expect(fit.warnings.map(({ code }) => code)).toEqual(["hausman-not-definite"])
  })
  it("each note is about the matrix or the hypothesis of its own test", () => {
    const [classical, sigmamore, mundlak] = fitted("one-way").tests.map(({ note }) => note)
    expect(classical).toMatch(/^V_FE - V_RE is not positive semi-definite/)
    expect(sigmamore).toMatch(/^V_FE, scaled by the random effects' s2, - V_RE is positive semi-definite/)
    expect(mundlak).toMatch(/^H0: /)
  })
  it("two-way random effects: 47.6, as plm", () => {
    const fit = fitted("two-way")
    agrees(fit, reference.two_way.formula)
    expect(difference([statistics(fit)[0]!], [reference.two_way.phtest])).toBeLessThan(1e-8)
    expect(statistics(fit)[0]!.toFixed(1)).toBe("47.6")
    expect(difference([fit.components.idiosyncratic, fit.components.entity, fit.components.year], reference.two_way.sigma2)).toBeLessThan(1e-8)
    expect(fit.warnings).toEqual([])
  })
  it("unbalanced, one-way: the harmonic mean of xtreg; two-way is refused", () => {
    agrees(fitted("one-way", reference.unbalanced_hole), reference.unbalanced)
    expect(() => fitted("two-way", reference.unbalanced_hole)).toThrow(/balanced/)
  })
})

describe("laws of the Hausman test", () => {
  it("units of the regressors change neither statistic nor rank", () => {
    const { index, lemp, lgsp, lpc, lpcap, unemp } = usStates()
    const scaled = [lpcap, lpc, lemp, unemp].map(({ name, values }, j) => ({ name, values: values.map((v) => v * 10 ** (4 * j - 6)) }))
    const fit = hausman(index, lgsp, scaled)
    expect(difference(statistics(fit), statistics(fitted("one-way")))).toBeLessThan(1e-6)
    expect(fit.tests[0]!.df).toBe(4)
  })
  /** 100 panels of 20 x 5 whose effects move with the entity means of x (`related`) or not. */
  const panels = (related: boolean) =>
    Array.from({ length: 100 }, (_, seed) => {
      const s = stream(seed, 5)
      const names = Array.from({ length: 100 }, (_, i) => `e${String(Math.floor(i / 5)).padStart(2, "0")}`)
      const place = Array.from({ length: 20 }, () => s.normal())
      const effect = place.map((v) => (related ? 3 * v : 0) + s.normal())
      const at = (values: ReadonlyArray<number>, i: number) => values[Math.floor(i / 5)]!
      const x = { name: "x", values: Float64Array.from(names, (_, i) => s.normal() + (related ? at(place, i) : 0)) }
      const z = { name: "z", values: Float64Array.from(names, () => s.normal()) }
      const y = { name: "y", values: x.values.map((v, i) => v + at(effect, i) + s.normal()) }
      return hausman(
        panelIndex(
          names,
          names.map((_, i) => i % 5)
        ),
        y,
        [x, z]
      ).tests
    })
  it("a negative statistic keeps its sign and has no p-value", () => {
    const negative = panels(false)
      .map(([classical]) => classical!)
      .filter(({ statistic }) => statistic! < 0)
    expect(negative.length).toBeGreaterThan(0)
    for (const { note, pValue } of negative) {
      expect(pValue).toBeUndefined()
      expect(note).toContain("the sign is kept")
    }
  })
  it("Mundlak's test finds effects that move with x, and seldom those that do not", () => {
    const rejections = (related: boolean, test: number) => panels(related).filter((tests) => tests[test]!.pValue! < 0.05).length
    // The classical one misses them: V_RE grows with what the random effects model does not fit, and the difference of variances turns negative.
    expect(rejections(true, 2)).toBeGreaterThan(95)
    expect(rejections(false, 0)).toBeLessThan(25)
    // With 20 clusters the cluster-robust test rejects a true hypothesis more often than 5% of the time.
    expect(rejections(false, 2)).toBeLessThan(25)
  })
})
