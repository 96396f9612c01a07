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
})
