import { describe, expect, it } from "vitest"
import { instrumentTests } from "../../../src/econometrics/instruments/instrument-tests.ts"
import { type TwoStageFit, type TwoStageModel, twoStage } from "../../../src/econometrics/instruments/two-stage.ts"
import { pickFactor } from "../../../src/econometrics/sample/factor.ts"
import { laggedRows } from "../../../src/econometrics/sample/lag.ts"
import type { Variable } from "../../../src/econometrics/sample/variable.ts"
import { covariance, type Variance } from "../../../src/econometrics/variance/variance.ts"
import { oracleData } from "../panels.ts"
import { difference, oracle } from "../produc.ts"

const stata = oracle("instruments-ivreg2")

/** A panel without effects: the columns of named formulas, of their lags (`L.`) and differences (`D.`, `D2.`), and groups to cluster by; complete rows. */
const panelModel = (
  file: string,
  keys: readonly [string, string],
  roles: Readonly<Record<"endogenous" | "exogenous" | "instruments", ReadonlyArray<string>>>,
  dependent: string,
  weightOf?: (key: number, year: number) => number
): TwoStageModel => {
  const data = oracleData(file)
  const [entity, year] = [data.factor(keys[0]), data.factor(keys[1])]
  const years = Int32Array.from(data.text(keys[1]), Number)
  const column = (term: string): Variable => {
    const difference = /^D(2?)\.(.*)$/.exec(term)
    const lag = /^L\.(.*)$/.exec(term)
    const back = (values: Float64Array): Float64Array => Float64Array.from(laggedRows(data.text(keys[0]), years, 1), (row) => values[row] ?? Number.NaN)
    const less = (values: Float64Array): Float64Array => {
      const before = back(values)
      return values.map((value, i) => value - before[i]!)
    }
    if (lag !== null) return { name: term, values: back(data.variable(lag[1]!).values) }
    if (difference === null) return { name: term, values: data.variable(term).values }
    const once = less(data.variable(difference[2]!).values)
    return { name: term, values: difference[1] === "2" ? less(once) : once }
  }
  const y = column(dependent)
  const [endogenous, exogenous, instruments] = [roles.endogenous.map(column), roles.exogenous.map(column), roles.instruments.map(column)]
  const rows = Array.from({ length: data.rows }, (_, i) => i).filter((i) =>
    [y, ...endogenous, ...exogenous, ...instruments].every(({ values }) => Number.isFinite(values[i]!))
  )
  const pick = ({ name, values }: Variable): Variable => ({ name, values: Float64Array.from(rows, (row) => values[row]!) })
  const ids = data.text(keys[0]).map(Number)
  return {
    dependent: pick(y),
    endogenous: endogenous.map(pick),
    exogenous: exogenous.map(pick),
    instruments: instruments.map(pick),
    effects: [],
    groups: [pickFactor(entity, rows), pickFactor(year, rows)],
    ...(weightOf === undefined ? {} : { weights: { kind: "aweight" as const, values: Float64Array.from(rows, (row) => weightOf(ids[row]!, years[row]!)) } })
  }
}

const statistic = (fit: TwoStageFit, name: string): number => instrumentTests(fit).find(({ test }) => test === name)!.statistic ?? Number.NaN

describe("two-stage least squares without effects, as Stata's ivreg2", () => {
  const cigar = (weightOf?: (state: number) => number) =>
    panelModel(
      "data/cigar.csv",
      ["state", "year"],
      { endogenous: ["log(price/cpi)"], exogenous: ["log(ndi/cpi)"], instruments: ["log(pimin/cpi)", "L.log(price/cpi)"] },
      "log(sales)",
      weightOf
    )
  const both: Variance = { kind: "cluster", by: ["state", "year"] }

  it.each([
    ["unweighted", cigar(), stata.cigar],
    ["with analytic weights", cigar((state) => (state % 4) + 1), stata.cigar_weighted]
  ] as const)("clustered two ways, %s", (_, model, r) => {
    const fit = twoStage(model, { variance: both, smallSample: "none" })
    expect(fit.nobs).toBe(r.n)
    // ivreg2 has the constant last.
    const order = [0, 2, 1]
    expect(
      difference(
        order.map((j) => fit.coefficients[j]!),
        r.coefficients
      )
    ).toBeLessThan(1e-9)
    expect(
      difference(
        order.map((j) => fit.inference.stdError[j]!),
        r.se
      )
    ).toBeLessThan(1e-9)
    if (r.se_small !== undefined) {
      const { matrix } = covariance(fit, both, "xtivreg2")
      expect(
        difference(
          order.map((j) => Math.sqrt(matrix[4 * j]!)),
          r.se_small
        )
      ).toBeLessThan(1e-9)
    }
    for (const name of ["kp_rk_lm", "kp_rk_wald_f", "cragg_donald_f", "anderson_rubin_f", "anderson_rubin_wald", "stock_wright_s", "hansen_j", "endogeneity_c"])
      expect(difference([statistic(fit, name)], [r[name]]), name).toBeLessThan(name === "endogeneity_c" ? 1e-7 : 1e-8)
    expect(instrumentTests(fit).find(({ test }) => test === "kp_rk_wald_f")!.df2).toBe(r.df2)
    if (r.first_stage_f !== undefined)
      expect(difference([statistic(twoStage(model, { variance: both, smallSample: "areg" }), "first_stage_f")], [r.first_stage_f])).toBeLessThan(1e-8)
  })

  // abdata's logs have seven digits.
  const SINGLE = 2e-5
  const abdata = (weightOf?: (firm: number, year: number) => number) => {
    const [w, k, ys] = ["log(wage)", "log(capital)", "log(output)"] as const
    return panelModel(
      "data/empluk.csv",
      ["firm", "year"],
      { endogenous: [w, k, ys], exogenous: [], instruments: [w, k, ys].flatMap((name) => [`D.${name}`, `D2.${name}`]) },
      "log(emp)",
      weightOf
    )
  }
  const byFirm: Variance = { kind: "cluster", by: ["firm"] }

  it("three endogenous regressors: the rank tests", () => {
    const r = stata.abdata
    const fit = twoStage(abdata(), { variance: byFirm })
    expect(fit.nobs).toBe(r.n)
    for (const name of ["kp_rk_lm", "kp_rk_wald_f", "cragg_donald_f", "anderson_rubin_f", "anderson_rubin_wald", "stock_wright_s", "hansen_j"])
      expect(difference([statistic(fit, name)], [r[name]]), name).toBeLessThan(SINGLE)
    const tests = instrumentTests(fit)
    const df = (name: string) => tests.find(({ test }) => test === name)!.df
    expect([df("kp_rk_lm"), df("hansen_j")]).toEqual([r.kp_rk_lm_df, r.hansen_j_df])
  })

  it.each(["cluster", "HC1", "iid", "weighted"])("three endogenous regressors: conditional F statistics, %s", (kind) => {
    const r = stata.abdata.first_stages[kind]
    const variance: Variance = kind === "cluster" || kind === "weighted" ? byFirm : { kind: kind as "HC1" | "iid" }
    const model = kind === "weighted" ? abdata((_, year) => (year % 3) + 1) : abdata()
    const tests = instrumentTests(twoStage(model, { variance, smallSample: "areg" }))
    for (const [name, key] of [
      ["first_stage_f", "F"],
      ["sanderson_windmeijer_f", "sw"],
      ["angrist_pischke_f", "ap"]
    ] as const)
      expect(
        difference(
          tests.filter(({ test }) => test === name).map(({ statistic }) => statistic ?? Number.NaN),
          r[key]
        ),
        name
      ).toBeLessThan(SINGLE)
  })
})
