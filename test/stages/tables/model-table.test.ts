import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { published } from "../../../stages/published.ts"
import { modelTable } from "../../../stages/tables/model-table.ts"
import { column, runStage } from "../run-stage.ts"
import { estimates, glance, publishedFile, tests } from "./estimates.ts"

const baseline = estimates({
  ami: [
    ["coagglo", 0.7704, 0.1281, 0.0001],
    ["hcl", 0.0041, 0.133, 0.97],
    ["(constant)", -43.0021, 18.7, 0.03]
  ]
})
const instrumented = estimates({
  coagglo: [
    ["L.coagglo", 0.6111, 0.0921, 0.0001],
    ["hcl", -0.1061, 0.074, 0.16]
  ],
  ami: [
    ["coagglo", 1.3021, 0.6013, 0.038],
    ["hcl", 0.0971, 0.718, 0.89]
  ]
})
const instrumentTests = tests([
  { test: "first_stage_f", statistic: 44.02, df: 1, df2: 30, p: 0.0001 },
  { test: "kp_rk_lm", statistic: 7.4021, df: 1, p: 0.0065 },
  { test: "kp_rk_wald_f", statistic: 44.02, critical: 16.38, note: "the critical value is for iid errors" }
])
const inputs = {
  coefficients: [baseline, instrumented],
  glances: [
    glance([{ equation: "ami", nobs: 589, r2: 0.527 }]),
    glance([
      { equation: "coagglo", nobs: 558 },
      { equation: "ami", nobs: 558, r2: 0.53 }
    ])
  ],
  tests: [instrumentTests]
}
const params = {
  title: "Table 4",
  columns: [
    { label: "(1) ami", group: "Baseline regression" },
    { label: "(2) coagglo", group: "IV", model: 1, equation: "coagglo", tests: 0 },
    { label: "(3) ami", group: "IV", model: 1, equation: "ami", tests: 0 }
  ],
  rows: [{ term: "coagglo" }, { term: "L.coagglo" }, { term: "hcl", label: "Human capital" }, { term: "(constant)", label: "constant" }],
  marks: [{ label: "Provincial fixed effects", published: "province_effects" }],
  tests: [
    { label: "First-stage F", test: "first_stage_f", columns: [2] },
    { label: "Kleibergen-Paap rk LM", test: "kp_rk_lm", below: "p_value", columns: [3] },
    { label: "Kleibergen-Paap rk Wald F", test: "kp_rk_wald_f", below: "critical", columns: [3] }
  ],
  fit: [
    { label: "N", statistic: "nobs" },
    { label: "R2", statistic: "r_squared_within", published: "r2" }
  ]
}
const paper = Effect.map(runStage(published, { source: publishedFile("table-04") }), ({ outputs }) => outputs["output"]!)
const text = (table: StoredTable | undefined) => printedText(table!, { width: 120, colour: false })

describe("model table", () => {
  it.effect("puts the paper's Table 4 beside the run, cell by cell", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(modelTable, { ...inputs, published: [yield* paper] }, params)
      expect(warnings).toEqual([])
      yield* Effect.promise(() => expect(text(outputs["output"])).toMatchFileSnapshot("expected/table-4.txt"))
    })
  )

  it.effect("needs no published numbers, no tests and no list of rows", () =>
    Effect.gen(function* () {
      const one = { coefficients: [baseline], glances: [inputs.glances[0]!], tests: [], published: [] }
      const { outputs } = yield* runStage(modelTable, one, { title: "", columns: [{ label: "(1)" }] })
      expect(text(outputs["output"])).toContain("(constant)")
      expect([...column(outputs["output"], "published")].every((cell) => cell === "")).toBe(true)
    })
  )

  it.effect.each([
    ["std_error", "(0.128)"],
    ["statistic", "(6.01)"],
    ["p_value", "[<0.001]"],
    ["interval", "[0.514, 1.027]"]
  ] as const)("prints %s in brackets", ([brackets, expected]) =>
    Effect.gen(function* () {
      const one = { coefficients: [baseline], glances: [inputs.glances[0]!], tests: [], published: [] }
      const { outputs } = yield* runStage(modelTable, one, { title: "", columns: [{ label: "(1)" }], brackets })
      expect(column(outputs["output"], "text")).toContain(expected)
    })
  )

  it.effect("reads only the columns that it prints", () =>
    Effect.gen(function* () {
      const one = { coefficients: [baseline], glances: [inputs.glances[0]!], tests: [], published: [] }
      const { reads } = yield* runStage(modelTable, one, { title: "", columns: [{ label: "(1)" }], stars: false })
      const coefficients = reads.filter((read) => read.startsWith("coefficients"))
      expect(coefficients.sort()).toEqual(["equation", "estimate", "std_error", "term"].map((name) => `coefficients[0] column ${name}`))
      expect(reads).not.toContain("glances[0] column r_squared_within")
    })
  )

  it.effect("tells all columns that do not fit, together", () =>
    Effect.gen(function* () {
      const columns = [{ label: "(1)" }, { label: "(2)" }, { label: "(3)" }, { label: "(4)", model: 1, equation: "amj" }]
      const failure = (yield* Effect.flip(runStage(modelTable, { ...inputs, published: [] }, { title: "", columns }))) as StageFailure
      expect(failure.faults.map(({ code, where }) => [code, where?.parameter])).toEqual([
        ["no-such-equation", "columns[1]"],
        ["no-such-model", "columns[2]"],
        ["no-such-equation", "columns[3]"]
      ])
      expect(failure.message).toContain('its model has "coagglo", "ami"')
    })
  )

  it.effect("warns of a row that no column has an estimate of", () =>
    Effect.gen(function* () {
      const { warnings } = yield* runStage(modelTable, { ...inputs, published: [] }, { ...params, rows: [{ term: "coaglo" }] })
      expect(warnings.map(({ code, where }) => [code, where?.parameter])).toEqual([["row-without-estimate", "rows[0]"]])
    })
  )

  it.effect("warns of a model that is wired and not shown, and of a label that is for none of its terms but nearly", () =>
    Effect.gen(function* () {
      const columns = [{ label: "(1) ami" }]
      const labels = { coaglo: "Co-agglomeration", gdp: "for another table", ami: "what is explained" }
      const { warnings } = yield* runStage(modelTable, { ...inputs, published: [] }, { title: "", columns, labels })
      expect(warnings.map(({ code, message }) => [code, message])).toEqual([
        ["model-not-shown", "coefficients[1] is wired, and no column shows it: give it one, or do not wire it"],
        ["label-of-nothing", 'labels.coaglo: no model has a term of that name; did you mean "coagglo"?']
      ])
    })
  )

  it.effect("says which columns differ in how their standard errors were made", () =>
    Effect.gen(function* () {
      const glances = [glance([{ equation: "ami", nobs: 57, entities: 3, sample: "northeast" }]), inputs.glances[1]!]
      const { outputs } = yield* runStage(modelTable, { ...inputs, glances, published: [] }, params)
      const notes = column(outputs["output"], "text")
      expect(notes).toContain("Variance: clustered by entity; small-sample convention xtreg.")
      expect(notes).toContain("Column 1: 3 entities, so few that clustered standard errors are too small; sample: northeast. Columns 2-3: 31 entities.")
    })
  )
})
