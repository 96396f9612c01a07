import { describe, expect, it } from "vitest"
import { Fault } from "../../../src/econometrics/fault.ts"
import { instrumentTests } from "../../../src/econometrics/instruments/instrument-tests.ts"
import { type TwoStageModel, twoStage } from "../../../src/econometrics/instruments/two-stage.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { simulated } from "./simulated.ts"

describe("equations that are not identified", () => {
  const model = simulated(7, { endogenous: 2, instruments: 3 })
  const fails = (changed: Partial<TwoStageModel>, message: RegExp, code = "under-identified") => {
    let found: unknown
    try {
      twoStage({ ...model, ...changed })
    } catch (error) {
      found = error
    }
    expect(found).toBeInstanceOf(Fault)
    expect((found as Fault).code).toBe(code)
    expect((found as Fault).message).toMatch(message)
  }
  it("are faults that name what is lacking", () => {
    fails({ endogenous: [] }, /no endogenous regressor/, "no-endogenous")
    fails({ instruments: [] }, /x1, x2: no instrument was given/)
    fails({ instruments: model.instruments.slice(0, 1) }, /2 endogenous regressors need as many instruments at least, and there is one \(z1\)/)
    const twice = { name: "twice", values: model.instruments[0]!.values.map((v) => 2 * v) }
    fails({ instruments: [model.instruments[0]!, twice] }, /there is one \(z1\) beside twice, which .* explain/)
    const year = { name: "trend", values: Float64Array.from(model.effects[1]!.codes) }
    fails({ instruments: [year] }, /trend: entity and year effects and exogenous regressors explain every instrument/)
    fails({ endogenous: [model.endogenous[0]!, { ...model.exogenous[0]!, name: "again" }] }, /again: .*no variation of its own/, "collinear")
    fails({ endogenous: [model.endogenous[0]!, model.endogenous[0]!] }, /x1 is given twice/, "input")
  })
  it("a weight that is none is told before anything rests on it", () => {
    const values = model.dependent.values.map(() => 1)
    values[4] = -2
    fails({ weights: { kind: "aweight", values } }, /row 5 has the weight -2: analytic weights are positive numbers/, "input")
  })
  it("as the rank condition fails: instruments that move but one combination of the regressors", () => {
    const flat = { ...simulated(8, { endogenous: 1, instruments: 2 }), effects: [], exogenous: [] }
    const { values } = flat.endogenous[0]!
    const noise = simulated(9).dependent
    // What the instruments leave of the noise: the second regressor's first stage is twice the first's.
    const left = fixedEffects({ dependent: noise, regressors: flat.instruments, effects: [] }).residuals
    const second = { name: "double", values: values.map((v, i) => 2 * v + left[i]!) }
    expect(() => twoStage({ ...flat, endogenous: [flat.endogenous[0]!, second] })).toThrow(
      /double: the instruments \(z1, z2\) move it apart from the other endogenous regressors not at all/
    )
  })
})

describe("published values", () => {
  const rows = (endogenous: number, instruments: number) =>
    instrumentTests(twoStage(simulated(1, { endogenous, instruments, entities: 60 }), { variance: "iid" }))
  const critical = (tests: ReturnType<typeof rows>, name: string, what: RegExp) =>
    tests.filter(({ test, variant }) => test === name && what.test(variant)).map((one) => one.critical)
  it("Stock and Yogo's by numbers of regressors and instruments; what the tables lack is told", () => {
    expect(critical(rows(1, 3), "stock_yogo", /bias/)).toEqual([13.91, 9.08, 6.46, 5.39])
    expect(critical(rows(1, 30), "stock_yogo", /size/)).toEqual([86.17, 44.78, 30.72, 23.65])
    expect(critical(rows(2, 4), "stock_yogo", /./)).toEqual([16.87, 9.93, 7.54, 6.28, 11.04, 7.56, 5.57, 4.73])
    expect(critical(rows(3, 5), "stock_yogo", /bias/)).toEqual([9.53, 6.61, 4.99, 4.3])
    const note = (tests: ReturnType<typeof rows>, what: string) => tests.find(({ test, variant }) => test === "stock_yogo" && variant === what)!.note
    expect(note(rows(3, 5), "maximal IV size")).toBe("not tabulated for 3 endogenous regressors and 5 instruments")
    expect(note(rows(1, 2), "maximal IV relative bias")).toMatch(/the bias of 2SLS exists with two instruments more/)
    expect(note(rows(1, 31), "maximal IV size")).toMatch(/not tabulated/)
  })
  it("Montiel Olea and Pflueger's for one instrument: 37.42, 23.11, 15.06, 12.05", () => {
    const found = critical(rows(1, 1), "effective_f", /2SLS/)
    expect(found.map((value) => value!.toFixed(2))).toEqual(["37.42", "23.11", "15.06", "12.05"])
  })
})
