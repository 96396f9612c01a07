import { describe, expect, it } from "vitest"
import { Fault } from "../../../src/econometrics/fault.ts"
import { type Fe2slsFit, fe2sls } from "../../../src/econometrics/instruments/fe-2sls.ts"
import { within } from "../../../src/econometrics/regression/within.ts"
import { panelIndex, pickRows } from "../../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../../src/econometrics/sample/variable.ts"
import { stream } from "../../../src/stats/random.ts"
import { difference, oracle, usStates } from "../produc.ts"

const reference = oracle("linear-fe-2sls")

/** The US states with lags of log public capital by year, complete cases, without the rows named. */
const states = (lags: ReadonlyArray<number>, hole: ReadonlyArray<number> = []) => {
  const { index, state, year, ...v } = usStates()
  const lag = (k: number) => Float64Array.from(year, (t, i) => (t - k >= 1970 ? v.lpcap.values[i - k]! : Number.NaN))
  const instruments: ReadonlyArray<Variable> = lags.map((k) => ({ name: `L${k}.lpcap`, values: lag(k) }))
  const rows = Int32Array.from(state, (_, i) => i).filter((i) => !hole.includes(i) && instruments.every(({ values }) => !Number.isNaN(values[i]!)))
  const pick = ({ name, values }: Variable): Variable => ({ name, values: Float64Array.from(rows, (i) => values[i]!) })
  return {
    index: pickRows(index, rows),
    dependent: pick(v.lgsp),
    endogenous: [pick(v.lpcap)],
    exogenous: [v.lpc, v.lemp, v.unemp].map(pick),
    instruments: instruments.map(pick)
  }
}
const statistic = (fit: Fe2slsFit, name: string) => fit.tests.find(({ test }) => test === name)!

const agrees = ({ index, ...model }: ReturnType<typeof states>, r: Record<string, never>) => {
  const fit = fe2sls({ index, ...model })
  const iid = fe2sls({ index, ...model }, { variance: "iid" })
  expect(fit.nobs).toBe(r["n"])
  for (const [got, expected] of [
    [fit.inference.estimate, r["coefficients"]],
    [fit.inference.stdError, r["se"]],
    [iid.inference.stdError, r["se_iid"]],
    [fit.firstStages[0]!.inference.estimate, r["first"]],
    [fit.firstStages[0]!.inference.stdError, r["first_se"]]
  ] as const)
    expect(difference(got, expected!)).toBeLessThan(1e-8)
  const names = {
    first_stage_f: "first_f",
    kp_rk_lm: "kp_lm",
    kp_rk_wald_f: "kp_f",
    cragg_donald_f: "cd_f",
    anderson_rubin_wald: "ar_chi2",
    anderson_rubin_f: "ar_f",
    endogeneity: "endogeneity",
    endogeneity_c: "endog_c"
  }
  for (const [name, key] of Object.entries(names)) expect(difference([statistic(fit, name).statistic!], [r[key]!]), name).toBeLessThan(1e-8)
  expect(statistic(fit, "cragg_donald_f").df2).toBe(r["cd_df2"])
  expect(difference([fit.statistics.sigma], [r["sigma"]!])).toBeLessThan(1e-8)
  return fit
}

describe("FE-2SLS on the US states", () => {
  it("a test's note names what it tests as a hypothesis, not as a fact, and needs no other row beside it", () => {
    const { index, ...model } = states([1, 2])
    const fit = fe2sls({ index, ...model })
    for (const name of ["first_stage_f", "anderson_rubin_wald", "anderson_rubin_f", "endogeneity", "endogeneity_c", "hansen_j"])
      expect(statistic(fit, name).note, name).toMatch(/^H0: /)
    for (const { note } of fit.tests) expect(note).not.toContain("the same")
  })
  it("just identified: both stages and all tests agree with ivreg, sandwich and the formulas; no test of validity", () => {
    const fit = agrees(states([1]), reference.just)
    expect(statistic(fit, "hansen_j")).toMatchObject({ statistic: undefined, df: 0, note: "exactly identified: no test of instrument validity" })
    expect(fit.tests.filter(({ test, variant }) => test === "stock_yogo" && /size/.test(variant)).map(({ critical }) => critical)).toEqual([
      16.38, 8.96, 6.66, 5.53
    ])
    expect([statistic(fit, "kp_rk_wald_f").critical, statistic(fit, "cragg_donald_f").critical]).toEqual([16.38, 16.38])
    const set = fit.tests.filter(({ test }) => test === "anderson_rubin_set")
    expect(set.map(({ variant }) => variant)).toEqual(["an interval", "an interval"])
    expect(
      difference(
        set.map(({ statistic }) => statistic!),
        reference.just.ar_set
      )
    ).toBeLessThan(1e-8)
    // With one instrument the first-stage F is the square of the t that the first-stage table prints.
    expect(Math.abs(statistic(fit, "first_stage_f").statistic! / fit.firstStages[0]!.inference.statistic[0]! ** 2 - 1)).toBeLessThan(1e-10)
  })
  it("over-identified: Hansen's J too", () => {
    const fit = agrees(states([1, 2]), reference.over)
    expect(difference([statistic(fit, "hansen_j").statistic!], [reference.over.hansen_j])).toBeLessThan(1e-7)
  })
  it("unbalanced", () => {
    agrees(states([1, 2], reference.unbalanced_hole), reference.unbalanced)
  })
})

describe("laws and refusals of FE-2SLS", () => {
  const { index, ...model } = states([1])
  it("a regressor that is its own instrument gives ordinary least squares", () => {
    const fit = fe2sls({ index, ...model, instruments: [{ ...model.endogenous[0]!, name: "same" }] })
    const ols = within({ index, dependent: model.dependent, regressors: [model.endogenous[0]!, ...model.exogenous] })
    expect(difference(fit.inference.estimate, ols.coefficients.slice(0, -1))).toBeLessThan(1e-9)
    expect(difference(fit.inference.stdError, ols.inference.stdError.slice(0, -1))).toBeLessThan(1e-9)
  })
  it("an instrument in other units changes no coefficient and no test", () => {
    const scaled = fe2sls({ index, ...model, instruments: model.instruments.map(({ name, values }) => ({ name, values: values.map((v) => 1e5 * v) })) })
    const plain = fe2sls({ index, ...model })
    expect(difference(scaled.inference.estimate, plain.inference.estimate)).toBeLessThan(1e-9)
    for (const [i, { statistic }] of plain.tests.entries())
      if (statistic !== undefined) expect(difference([scaled.tests[i]!.statistic!], [statistic])).toBeLessThan(1e-8)
  })
  it("a redundant instrument is dropped and told; none left is a fault", () => {
    const double = { name: "double", values: model.instruments[0]!.values.map((v) => 2 * v) }
    const fit = fe2sls({ index, ...model, instruments: [...model.instruments, double] })
    expect(fit.warnings.map(({ code }) => code)).toEqual(["collinear"])
    expect(difference(fit.inference.estimate, fe2sls({ index, ...model }).inference.estimate)).toBeLessThan(1e-9)
    const time = { name: "time", values: Float64Array.from(index.year, (t) => t) }
    expect(() => fe2sls({ index, ...model, instruments: [time] })).toThrow(Fault)
    expect(() => fe2sls({ index, ...model, endogenous: [time] })).toThrow(/time/)
  })
  it("an instrument that says little has an Anderson-Rubin set without bounds: two rays or the whole line", () => {
    const kinds = new Set<string>()
    for (let seed = 0; seed < 30; seed++) {
      const s = stream(seed, 0)
      const draw = (name: string) => ({ name, values: Float64Array.from(index.entity, () => s.normal()) })
      const fit = fe2sls({ index, dependent: draw("y"), endogenous: [draw("x")], exogenous: [], instruments: [draw("z")] })
      kinds.add(statistic(fit, "anderson_rubin_set").variant)
    }
    expect([...kinds]).toContain("the whole line: the instrument tells nothing")
    expect([...kinds]).toContain("two rays: outside the bounds")
  })
  it("a strong instrument removes the bias of an endogenous regressor that OLS keeps (one large sample)", () => {
    const s = stream(2, 0)
    const names: Array<string> = []
    const years: Array<number> = []
    for (let i = 0; i < 200; i++) for (let t = 0; t < 10; t++) names.push(`e${String(i).padStart(3, "0")}`) && years.push(t)
    const n = names.length
    const draw = () => Float64Array.from({ length: n }, () => s.normal())
    const [z, u, e] = [draw(), draw(), draw()]
    const x = z.map((v, i) => v + u[i]!)
    const y = x.map((v, i) => v + u[i]! + e[i]!)
    const panel = panelIndex(names, years)
    const fit = fe2sls({
      index: panel,
      dependent: { name: "y", values: y },
      endogenous: [{ name: "x", values: x }],
      exogenous: [],
      instruments: [{ name: "z", values: z }]
    })
    expect(Math.abs(fit.inference.estimate[0]! - 1)).toBeLessThan(4 * fit.inference.stdError[0]!)
    expect(within({ index: panel, dependent: { name: "y", values: y }, regressors: [{ name: "x", values: x }] }).coefficients[0]!).toBeGreaterThan(1.4)
    expect(statistic(fit, "endogeneity").pValue!).toBeLessThan(1e-10)
  })
})
