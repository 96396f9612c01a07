import { describe, expect, it } from "vitest"
import { instrumentTests } from "../../../src/econometrics/instruments/instrument-tests.ts"
import { type TwoStageFit, type TwoStageModel, twoStage } from "../../../src/econometrics/instruments/two-stage.ts"
import type { Test } from "../../../src/econometrics/linear/inference.ts"
import { type Factor, pickFactor } from "../../../src/econometrics/sample/factor.ts"
import { laggedRows } from "../../../src/econometrics/sample/lag.ts"
import type { Variable } from "../../../src/econometrics/sample/variable.ts"
import type { SmallSample } from "../../../src/econometrics/variance/small-sample.ts"
import { covariance, type Variance } from "../../../src/econometrics/variance/variance.ts"
import { oracleData } from "../panels.ts"
import { difference, oracle } from "../produc.ts"

const reference = oracle("instruments")

/** A case of the oracle: lags by year within the entity, rows with all variables, some left out. */
const modelOf = (r: Record<string, never>): TwoStageModel => {
  const data = oracleData(r["file"]!)
  const [entity, year] = [data.factor(r["entity"]!), data.factor(r["year"]!)]
  const years = Int32Array.from(year.codes, (code) => Number(year.labels[code]))
  const variable = (term: string): Variable => {
    const [, lag, of] = /^L(\d)\.(.*)$/.exec(term) ?? [undefined, undefined, term]
    const { values } = data.variable(of!)
    if (lag === undefined) return { name: term, values }
    const rows = laggedRows(data.text(r["entity"]!), years, Number(lag))
    return { name: term, values: Float64Array.from(rows, (row) => values[row] ?? Number.NaN) }
  }
  const [endogenous, exogenous, instruments] = ["endogenous", "exogenous", "instruments"].map((role) => (r[role]! as Array<string>).map(variable)) as [
    Array<Variable>,
    Array<Variable>,
    Array<Variable>
  ]
  const dependent = variable(r["dependent"]!)
  const hole = String(r["left_out"]).includes("mod 13")
  const rows = Array.from({ length: data.rows }, (_, row) => row).filter(
    (row) =>
      !(hole && (row * 7 + 7) % 13 === 0) && [dependent, ...endogenous, ...exogenous, ...instruments].every(({ values }) => Number.isFinite(values[row]!))
  )
  const pick = ({ name, values }: Variable): Variable => ({ name, values: Float64Array.from(rows, (row) => values[row]!) })
  const pickGroup = (group: Factor): Factor => pickFactor(group, rows)
  return {
    dependent: pick(dependent),
    endogenous: endogenous.map(pick),
    exogenous: exogenous.map(pick),
    instruments: instruments.map(pick),
    effects: [entity, year].map(pickGroup)
  }
}

const errors = (fit: TwoStageFit, variance: Variance, convention: SmallSample): Float64Array => {
  const { matrix } = covariance(fit, variance, convention)
  return Float64Array.from(fit.terms, (_, j) => Math.sqrt(matrix[j * fit.terms.length + j]!))
}

type Reference = Record<string, never>
const ESTIMATE = 1e-9
const STATISTIC = 1e-8

describe.each(Object.entries(reference.cases as Record<string, Reference>))("two-stage least squares: %s, as AER's ivreg and matrix algebra in R", (_, r) => {
  const model = modelOf(r)
  const entity = model.effects[0]!.name
  const clusteredFit = twoStage(model)
  const at = (path: string): never => {
    let value = r
    for (const key of path.split(".")) value = value[key]!
    return value as never
  }
  const agree = (found: ArrayLike<number | undefined>, path: string, tolerance = STATISTIC) => {
    const expected: never | ReadonlyArray<number> = at(path)
    expect(
      difference(
        Array.from(found, (value) => value ?? Number.NaN),
        typeof expected === "number" ? [expected] : expected
      ),
      path
    ).toBeLessThan(tolerance)
  }
  const testsOf = (variance: "cluster" | "HC1" | "iid") => {
    const tests = instrumentTests(twoStage(model, { variance }))
    return (name: string, variant = ""): Test => tests.find((test) => test.test === name && test.variant.includes(variant))!
  }

  it("coefficients and standard errors under every variance and convention", () => {
    expect([clusteredFit.nobs, clusteredFit.endogenous.length, clusteredFit.instruments.length]).toEqual([r["n"], r["K1"], r["L1"]])
    agree(clusteredFit.coefficients, "coefficients", ESTIMATE)
    agree([clusteredFit.statistics.sigma], "sigma", ESTIMATE)
    const cluster: Variance = { kind: "cluster", by: [entity] }
    for (const [variance, convention, path] of [
      [{ kind: "iid" }, "xtreg", "se_iid"],
      [{ kind: "HC1" }, "none", "se_hc0"],
      [{ kind: "HC1" }, "xtreg", "se_hc1"],
      [cluster, "none", "se_cluster.none"],
      [cluster, "xtreg", "se_cluster.xtreg.se"],
      [cluster, "xtivreg2", "se_cluster.xtivreg2.se"],
      [cluster, "areg", "se_cluster.all_effects.se"]
    ] as const)
      agree(errors(clusteredFit, variance, convention), path, ESTIMATE)
    expect(covariance(clusteredFit, cluster, "xtivreg2").smallSample).toMatchObject({
      numbers: { K: at("se_cluster.xtivreg2.K") },
      formula: /K = slopes \+ year dummies$/
    })
  })

  it("first stages", () => {
    for (const [variance, se, f] of [
      ["cluster", "se_xtreg", "F_xtreg"],
      ["iid", "se_iid", "F_iid"]
    ] as const) {
      const fit = twoStage(model, { variance })
      const tests = instrumentTests(fit).filter(({ test }) => test === "first_stage_f")
      for (const [j, first] of fit.firstStages.entries()) {
        agree(first.coefficients, `first_stages.${j}.coefficients`, ESTIMATE)
        agree(first.inference.stdError, `first_stages.${j}.${se}`, ESTIMATE)
        agree([tests[j]!.statistic], `first_stages.${j}.${f}`)
      }
    }
  })

  it("Cragg-Donald and Kleibergen-Paap; under iid the latter is the former, and Anderson's", () => {
    const [clustered, robust, iid] = [testsOf("cluster"), testsOf("HC1"), testsOf("iid")]
    agree([clustered("cragg_donald_f", "effects counted").statistic], "cragg_donald.F_absorbed_counted")
    agree([clustered("cragg_donald_f", "not counted").statistic], "cragg_donald.F_absorbed_not_counted")
    agree([clustered("cragg_donald_f", "fixest").statistic], "cragg_donald.F_fixest_cd")
    agree([iid("kp_rk_wald_f").statistic], "cragg_donald.F_absorbed_counted")
    agree([iid("kp_rk_lm").statistic], "anderson_lm_iid.chi2")
    agree([iid("kp_rk_lm").pValue], "anderson_lm_iid.p", 1e-7)
    agree([clustered("kp_rk_lm").df], "kleibergen_paap.df")
    agree([clustered("kp_rk_lm").statistic], "kleibergen_paap.clustered.lm_chi2")
    agree([clustered("kp_rk_wald_f").statistic], "kleibergen_paap.clustered.wald_F")
    agree([robust("kp_rk_lm").statistic], "kleibergen_paap.unclustered.lm_chi2")
    agree([robust("kp_rk_wald_f").statistic], "kleibergen_paap.unclustered.wald_F")
  })

  it("Anderson-Rubin, and the set of one coefficient", () => {
    const [clustered, robust] = [testsOf("cluster"), testsOf("HC1")]
    agree([clustered("anderson_rubin_wald").statistic], "anderson_rubin.clustered.chi2")
    agree([clustered("anderson_rubin_wald").pValue], "anderson_rubin.clustered.p")
    agree([clustered("anderson_rubin_f").statistic], "anderson_rubin.clustered.F")
    agree([clustered("anderson_rubin_f").df2], "anderson_rubin.clustered.df2")
    agree([robust("anderson_rubin_f").statistic], "anderson_rubin.unclustered.F")
    // ivreg2 counts the absorbed effects: (N - dofminus)/N.
    const [dofminus, n]: [number, number] = [at("dofminus"), at("n")]
    agree([(robust("anderson_rubin_wald").statistic! * n) / (n - dofminus)], "anderson_rubin.unclustered.chi2")
    if ((r["K1"]! as number) > 1) return
    const set = instrumentTests(clusteredFit).filter(({ test }) => test === "anderson_rubin_set")
    const bounds: ReadonlyArray<number> = at("anderson_rubin.set_F_clustered.bounds")
    expect(set[0]!.variant).toContain(at("anderson_rubin.set_F_clustered.kind"))
    expect(
      difference(
        set.flatMap(({ statistic }) => (statistic === undefined ? [] : [statistic])),
        bounds
      )
    ).toBeLessThan(STATISTIC)
  })

  it("endogeneity and over-identification", () => {
    const [clustered, robust, iid] = [testsOf("cluster"), testsOf("HC1"), testsOf("iid")]
    agree([clustered("endogeneity").statistic], "endogeneity.regression_based.F")
    agree([clustered("endogeneity").df2], "endogeneity.regression_based.df2")
    agree([clustered("endogeneity_c").statistic], "endogeneity.c_statistic.clustered")
    const [K1, L1, dofminus, n]: [number, number, number, number] = [at("K1"), at("L1"), at("dofminus"), at("n")]
    agree([(robust("endogeneity_c").statistic! * n) / (n - dofminus)], "endogeneity.c_statistic.unclustered")
    if (K1 === L1) {
      expect(clustered("hansen_j")).toMatchObject({ statistic: undefined, df: 0, note: "exactly identified: no test of instrument validity" })
      return
    }
    agree([clustered("hansen_j").statistic], "hansen_j.clustered")
    agree([clustered("hansen_j").pValue], "hansen_j.p_clustered")
    agree([(robust("hansen_j").statistic! * n) / (n - dofminus)], "hansen_j.unclustered")
    agree([iid("sargan").statistic], "hansen_j.sargan_iid_dofminus")
  })

  it("the effective F and its critical values, and tF", () => {
    if ((r["K1"]! as number) > 1) {
      expect(instrumentTests(clusteredFit).filter(({ test }) => test === "effective_f" || test === "tf")).toEqual([])
      return
    }
    for (const [variance, path] of [
      ["cluster", "clustered"],
      ["HC1", "unclustered"],
      ["iid", "iid"]
    ] as const) {
      const tests = instrumentTests(twoStage(model, { variance })).filter(({ test }) => test === "effective_f")
      agree([tests[0]!.statistic], `effective_f.${path}.F`)
      // The oracle's search for the worst bias has seven digits.
      for (const [t, tau] of [5, 10, 20, 30].entries())
        for (const [how, key, tolerance] of [
          ["2SLS", "tsls", 1e-6],
          ["simplified", "simplified", STATISTIC]
        ] as const) {
          const test = tests.find(({ variant }) => variant === `tau ${tau}%, ${how}`)!
          agree([test.critical], `effective_f.${path}.${key}.${t}.critical`, tolerance)
          agree([test.df], `effective_f.${path}.${key}.${t}.K_eff`, tolerance)
        }
    }
    const tf = instrumentTests(clusteredFit).filter(({ test }) => test === "tf")
    if (r["tf"] === undefined) expect(tf).toEqual([])
    else if (at("tf.critical") === null) expect(tf.map(({ statistic, variant }) => [variant, statistic])).toEqual([["no bounded interval", undefined]])
    else {
      agree([tf[0]!.critical], "tf.critical")
      agree([tf[0]!.statistic], "tf.se_adjusted")
    }
  })
})
