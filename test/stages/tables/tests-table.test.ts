import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { published } from "../../../stages/published.ts"
import { testsTable } from "../../../stages/tables/tests-table.ts"
import { column, runStage } from "../run-stage.ts"
import { publishedFile, tests } from "./estimates.ts"

const lm = tests([
  { test: "lm_lag", variant: "within", statistic: 1.2, df: 1, p: 0.273 },
  { test: "lm_lag", variant: "pooled", statistic: 183.7, df: 1, p: 1e-9, note: "rejects wherever there are entity effects" },
  { test: "wald_sar", statistic: 32.4, df: 8, p: 1e-4 }
])
const hausman = tests([{ test: "hausman", statistic: 31.2, df: 9, df2: 30, p: 0.0003 }])
const rows = [
  { test: "lm_lag", variant: "within", label: "LM (lag)", published: "" },
  { test: "lm_lag", variant: "pooled", label: "LM (lag)" },
  { test: "wald_sar", label: "Wald (SAR)" },
  { test: "hausman", label: "Hausman", published: "spatial_hausman" }
]

describe("table of tests", () => {
  it.effect("shows each test with its convention, and the published statistic beside the one that follows it", () =>
    Effect.gen(function* () {
      const paper = (yield* runStage(published, { source: publishedFile("text") })).outputs["output"]!
      const { outputs } = yield* runStage(testsTable, { tests: [lm, hausman], published: [paper] }, { title: "Section 5.6", rows })
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 120, colour: false })).toMatchFileSnapshot("expected/section-5.6.txt"))
    })
  )

  it.effect("shows all tests without a list of rows", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(testsTable, { tests: [lm, hausman], published: [] }, { title: "" })
      expect(new Set(column(outputs["output"], "row_label") as ReadonlyArray<string>)).toEqual(new Set(["lm_lag", "wald_sar", "hausman", ""]))
    })
  )

  it.effect("shows every statistic of a test that has several", () =>
    Effect.gen(function* () {
      const roots = tests([
        { test: "johnson_neyman", variant: "outside", statistic: -1.38, df: 1, p: Number.NaN },
        { test: "johnson_neyman", variant: "outside", statistic: 0.06, df: 1, p: Number.NaN }
      ])
      for (const params of [{ title: "" }, { title: "", rows: [{ test: "johnson_neyman" }] }]) {
        const { outputs } = yield* runStage(testsTable, { tests: [roots], published: [] }, params)
        expect(printedText(outputs["output"]!, { width: 120, colour: false })).toMatch(/-1\.380[\s\S]*0\.060/)
      }
    })
  )

  it.effect("names every test that is not there", () =>
    Effect.gen(function* () {
      const wrong = [{ test: "lm_lagg" }, { test: "wald_sar", variant: "x" }]
      const failure = (yield* Effect.flip(runStage(testsTable, { tests: [lm], published: [] }, { title: "", rows: wrong }))) as StageFailure
      expect(failure.message).toBe('there is no test "lm_lagg", "wald_sar" (x); the tests are "lm_lag" (within), "lm_lag" (pooled), "wald_sar"')
    })
  )
})
