import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "vitest"
import study from "../../examples/us-states/dag.ts"
import type { StoredTable } from "../../src/artifact/column.ts"
import { column, numbers } from "../stages/run-stage.ts"
import { runStudy } from "./run-study.ts"

// test/oracle/us-states-study.R computed all of it from the raw CSV, by other code.
const oracle = JSON.parse(readFileSync(new URL("../oracle/us-states-study.json", import.meta.url), "utf8"))
const { node } = runStudy(study, fileURLToPath(new URL("../../examples/us-states", import.meta.url)))

const LINEAR = 1e-8
const LIKELIHOOD = 1e-5

const near = (actual: ReadonlyArray<number>, expected: ReadonlyArray<number>, tolerance: number, what: string) => {
  assert.strictEqual(actual.length, expected.length, what)
  expected.forEach((value, i) => {
    assert.isAtMost(Math.abs(actual[i]! - value), tolerance * Math.max(Math.abs(value), 1e-12), `${what}[${i}]: ${actual[i]}, R ${value}`)
  })
}
/** A column's values in the rows whose `key` columns have the values asked for, in the order asked. */
const pick = (table: StoredTable | undefined, name: string, key: string, wanted: ReadonlyArray<string>): ReadonlyArray<number> => {
  const keys = Array.from(column(table, key) as ReadonlyArray<string>)
  return wanted.map((value) => {
    const row = keys.indexOf(value)
    if (row < 0) throw new Error(`no ${key} "${value}" among ${keys.join(", ")}`)
    return numbers(table, name)[row]!
  })
}
/** One equation's estimates: the cell of a term and a column. */
const equation = (table: StoredTable | undefined, name: string) => {
  const equations = column(table, "equation") as ReadonlyArray<string>
  const terms = column(table, "term") as ReadonlyArray<string>
  return (term: string, of: string): number => {
    const row = terms.findIndex((found, i) => found === term && equations[i] === name)
    if (row < 0) throw new Error(`no term "${term}" in equation "${name}"`)
    return numbers(table, of)[row]!
  }
}
/** Estimates, standard errors and p-values of an equation against R's. */
const agree = (
  ours: (term: string, of: string) => number,
  theirs: { readonly term: ReadonlyArray<string> } & Readonly<Record<"estimate" | "std_error" | "p_value", ReadonlyArray<number>>>,
  what: string
) => {
  for (const name of ["estimate", "std_error", "p_value"] as const)
    near(
      theirs.term.map((term) => ours(term, name)),
      theirs[name],
      LINEAR,
      `${what}: ${name}`
    )
}

describe("the study of the US states agrees with its computation in R", () => {
  it("in the index and its sub-indices, state by state and year by year", async () => {
    const { outputs } = await node("index")
    for (const name of ["conditions", "public", "private", "labour"]) near(numbers(outputs["output"], name), oracle.panel[name], LINEAR, name)
  })

  it("in the entropy weights", async () => {
    const { outputs } = await node("weights")
    for (const name of ["entropy", "weight", "individual_weight"])
      near(pick(outputs["output"], name, "indicator", oracle.weights.indicator), oracle.weights[name], LINEAR, name)
  })

  it("in Munnell's production function: R's plm and lm", async () => {
    const { coefficients } = (await node("production-function")).outputs
    near(pick(coefficients, "estimate", "term", oracle.munnell.term), oracle.munnell.plm.estimate, LINEAR, "estimate")
    for (const name of ["std_error", "p_value"]) near(pick(coefficients, name, "term", oracle.munnell.term), oracle.munnell[name], LINEAR, name)
    // plm's Arellano variance has no small-sample factor; ours is xtreg's: G/(G-1) (n-1)/(n-K), K = 4 slopes, 16 years, constant.
    const factor = Math.sqrt(((48 / 47) * 815) / (816 - 21))
    near(
      pick(coefficients, "std_error", "term", oracle.munnell.term),
      oracle.munnell.plm.arellano.map((se: number) => se * factor),
      LINEAR,
      "plm's standard errors"
    )
  })

  it.each([
    ["baseline", "baseline"],
    ["parts", "by_dimension"]
  ])("in the two-way fixed effects of %s", async (name, of) => {
    const { coefficients, glance } = (await node(name)).outputs
    for (const column of ["estimate", "std_error", "p_value"]) near(pick(coefficients, column, "term", oracle[of].term), oracle[of][column], LINEAR, column)
    near(numbers(glance, "nobs"), [oracle[of].nobs], 0, "nobs")
    near(numbers(glance, "r_squared_within"), [oracle[of].r2_within], LINEAR, "within R squared")
  })

  it.each(["Northeast", "Midwest", "South", "West"])("in the fixed effects of the %s", async (region) => {
    const { coefficients } = (await node(`baseline[${region}]`)).outputs
    agree(equation(coefficients, "ln_output"), oracle.by_region[region], region)
  })

  it("with print, where all of Munnell's function is within rounding: under independent errors, no standard error under clustered ones", async () => {
    const outcomes = async (variance: string) =>
      column((await node(`published-comparison[${variance}]`)).outputs["numbers"], "outcome") as ReadonlyArray<string>
    assert.deepStrictEqual(
      await outcomes("iid"),
      Array.from({ length: 8 }, () => "rounding")
    )
    const clustered = await outcomes("clustered")
    assert.deepStrictEqual(
      clustered,
      Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? "rounding" : "beyond"))
    )
    const fits = (await node("variances")).outputs["output"]
    const whole = (column(fits, "table") as ReadonlyArray<string>).indexOf("all")
    assert.deepStrictEqual(
      [whole, whole + 1].map((row) => numbers(fits, "std_errors_nearest")[row]),
      [4, 0]
    )
  })

  it("in the Wald tests of equal coefficients in the regions, all together and two by two", async () => {
    const { tests } = (await node("region-difference")).outputs
    const variants = column(tests, "variant") as ReadonlyArray<string>
    const found = (test: string, variant: string) => {
      const row = (column(tests, "test") as ReadonlyArray<string>).findIndex((name, i) => name === test && variants[i] === `conditions: ${variant}`)
      return ["statistic", "df", "df2", "p_value"].map((name) => numbers(tests, name)[row]!)
    }
    const { all, pairs } = oracle.region_difference
    near(found("difference_f", "all groups"), [all.F, all.df, all.df2, all.p_value], LINEAR, "all groups")
    for (const { F, df, df2, difference, groups, p_value } of pairs) {
      const pair = groups.join(" - ")
      near(found("difference_f", pair), [F, df, df2, p_value], LINEAR, pair)
      near(found("permutation", pair).slice(0, 1), [difference], LINEAR, `difference ${pair}`)
    }
  })

  it("in both stages of FE-2SLS", async () => {
    const { coefficients, glance } = (await node("iv")).outputs
    agree(equation(coefficients, "conditions"), oracle.iv.first_stage, "first stage")
    agree(equation(coefficients, "ln_output"), oracle.iv, "second stage")
    near(numbers(glance, "nobs"), [oracle.iv.nobs, oracle.iv.nobs], 0, "nobs")
  })

  it("in the Hausman test and the random effects behind it", async () => {
    const { coefficients, tests } = (await node("hausman")).outputs
    const random = equation(coefficients, "random effects")
    const terms = ["conditions", "ln_emp"]
    near(
      terms.map((term) => random(term, "estimate")),
      oracle.hausman.re,
      LINEAR,
      "random effects"
    )
    near(
      terms.map((term) => random(term, "std_error")),
      oracle.hausman.re_std_error,
      LINEAR,
      "their standard errors"
    )
    for (const name of ["statistic", "df"]) near(pick(tests, name, "test", ["hausman"]), [oracle.hausman[name]], LINEAR, name)
  })

  it("in the mediation and its indirect effect", async () => {
    const { coefficients, effects } = (await node("mediation")).outputs
    const equations = { "ln_output ~ public": "total", "ln_capital ~ public": "mediator", "ln_output ~ public + ln_capital": "outcome" }
    for (const [name, of] of Object.entries(equations)) agree(equation(coefficients, name), oracle.mediation[of], name)
    near(pick(effects, "estimate", "effect", ["indirect", "direct"]), [oracle.mediation.indirect, oracle.mediation.direct], LINEAR, "effects")
    near(pick(effects, "statistic", "effect", ["indirect"]), [oracle.mediation.sobel], LINEAR, "Sobel's z")
  })

  it("in the moderation and the effects at percentiles of unemployment", async () => {
    const { coefficients, effects, tests } = (await node("moderation")).outputs
    const equations = {
      "ln_output ~ public*unemp": "outcome",
      "ln_capital ~ public*unemp": "mediator",
      "ln_output ~ public*unemp + ln_capital*unemp": "joint"
    }
    for (const [name, of] of Object.entries(equations)) agree(equation(coefficients, name), oracle.moderation[of], name)
    near(pick(tests, "statistic", "variant", ["p16", "p50", "p84"]), oracle.moderation.values, LINEAR, "percentiles")
    const kinds = column(effects, "effect") as ReadonlyArray<string>
    const estimates = numbers(effects, "estimate")
    for (const kind of ["indirect", "direct"])
      near(estimates.filter((_, i) => kinds[i] === kind).slice(0, 3), oracle.moderation[kind], LINEAR, `${kind} effects`)
  })

  it("in the bootstrap's centre: the replicates of the indirect effect scatter around R's estimate", async () => {
    const effects = (await node("mediation-intervals")).outputs["output"]
    const [low, high] = [pick(effects, "conf_low", "effect", ["indirect"])[0]!, pick(effects, "conf_high", "effect", ["indirect"])[0]!]
    assert.isTrue(low < oracle.mediation.indirect && oracle.mediation.indirect < high, `${low} to ${high}`)
  })

  it.each([
    ["moran-nested", "ln_output", "nested"],
    ["moran-borders", "ln_output", "contiguity"],
    ["moran-nested", "conditions", "index"]
  ])("in Moran's I by year: %s of %s", async (name, variable, of) => {
    const { moran } = (await node(name)).outputs
    const rows = Array.from(column(moran, "variable") as ReadonlyArray<string>).flatMap((found, i) => (found === variable ? [i] : []))
    const expected = oracle.space.moran[of]
    const columns = {
      year: "year",
      statistic: "i",
      expected: "expected",
      variance_randomisation: "variance_randomisation",
      variance_normality: "variance_normality"
    }
    for (const [ours, theirs] of Object.entries(columns)) {
      const values = numbers(moran, ours)
      near(
        rows.map((i) => values[i]!),
        expected[theirs],
        LINEAR,
        ours
      )
    }
  })

  it.each(["nested", "borders"])("in the LM tests, pooled and within: %s", async (name) => {
    const tests = (await node(`lm-${name}`)).outputs["output"]
    const expected = oracle.space.lm[name === "borders" ? "contiguity" : name]
    const variants = column(tests, "variant") as ReadonlyArray<string>
    const names = column(tests, "test") as ReadonlyArray<string>
    const statistics = numbers(tests, "statistic")
    for (const variant of ["pooled", "within"])
      for (const test of ["lm_lag", "lm_error", "robust_lm_lag", "robust_lm_error"]) {
        const row = names.findIndex((found, i) => found === test && variants[i] === variant)
        near([statistics[row]!], [expected[variant][test]], LINEAR, `${variant} ${test}`)
      }
  })

  it.each([
    ["sdm-nested", "nested"],
    ["sdm-borders", "contiguity"],
    ["sdm-nested-uncorrected", "nested_none"]
  ])("in the spatial Durbin model, its effects and Wald tests: %s", async (name, of) => {
    const { coefficients, effects, tests } = (await node(name)).outputs
    const expected = oracle.space.sdm[of]
    for (const column of ["estimate", "std_error"]) near(pick(coefficients, column, "term", expected.term), expected[column], LIKELIHOOD, column)
    const terms = column(effects, "term") as ReadonlyArray<string>
    const kinds = column(effects, "effect") as ReadonlyArray<string>
    const estimates = numbers(effects, "estimate")
    for (const [term, of] of Object.entries(expected.effects) as Array<[string, Record<string, number>]>)
      for (const [kind, value] of Object.entries(of))
        near([estimates[terms.findIndex((found, i) => found === term && kinds[i] === kind)]!], [value], LIKELIHOOD, `${kind} effect of ${term}`)
    near(pick(tests, "statistic", "test", ["wald_sar", "wald_sem"]), [expected.wald_sar, expected.wald_sem], LIKELIHOOD, "Wald tests")
  })
})
