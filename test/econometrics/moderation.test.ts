import { describe, expect, it } from "vitest"
import { moderation } from "../../src/econometrics/moderation.ts"
import { difference, oracle, usStates } from "./produc.ts"

const reference = oracle("linear-mediation").moderation
const { index, lemp, lgsp, lpc, lpcap, unemp } = usStates()
const model = { outcome: lgsp, treatment: lpcap, mediator: lpc, moderator: unemp, controls: [lemp] }
const raw = moderation(index, model, { form: "raw" })

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
      const { effects, region, values } = moderation(index, model, { form })
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
