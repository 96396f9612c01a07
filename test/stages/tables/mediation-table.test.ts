import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/table/printed-text.ts"
import { published } from "../../../stages/published.ts"
import { mediationTable } from "../../../stages/tables/mediation-table.ts"
import { column, runStage } from "../run-stage.ts"
import { effects, publishedFile } from "./estimates.ts"

const method = "cluster bootstrap, bias-corrected, 5000 replicates"
const rows = [
  { effect: "indirect", method, triple: ["coagglo", 0.371, 0.09, 0.001] },
  { effect: "direct", method, triple: ["coagglo", 0.402, 0.11, 0.001] },
  { effect: "total", method, triple: ["coagglo", 0.773, 0.13, 0.001] }
] as const

describe("mediation table", () => {
  it.effect("shows effects with their intervals beside the paper's Table 8", () =>
    Effect.gen(function* () {
      const paper = (yield* runStage(published, { source: publishedFile("table-08") })).outputs["output"]!
      const params = { title: "Table 8", interval: "95% bias-corrected interval" }
      const { outputs } = yield* runStage(mediationTable, { effects: effects(rows), published: [paper] }, params)
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 120, colour: false })).toMatchFileSnapshot("expected/table-8.txt"))
    })
  )

  it.effect("heads even one term that has a label", () =>
    Effect.gen(function* () {
      const terms = [{ term: "coagglo", label: "Explained: ami; mediating: uic" }]
      const { outputs } = yield* runStage(mediationTable, { effects: effects(rows), published: [] }, { title: "", terms })
      expect([...new Set(column(outputs["output"], "row_label") as ReadonlyArray<string>)].slice(0, 2)).toEqual([
        "Explained: ami; mediating: uic",
        "  Indirect effect"
      ])
    })
  )

  it.effect("gives each method its block", () =>
    Effect.gen(function* () {
      const both = effects([...rows, { effect: "indirect", method: "Sobel", triple: ["coagglo", 0.371, 0.1, 0.001] }])
      const all = yield* runStage(mediationTable, { effects: both, published: [] }, { title: "" })
      expect(column(all.outputs["output"], "row_label")).toContain("Sobel")
    })
  )

  it.effect("gives each term its block under its label, and tells one method once", () =>
    Effect.gen(function* () {
      const at = (term: string) => ({ effect: "indirect", method, triple: [term, 0.371, 0.1, 0.001] }) as const
      const table = effects([at("coagglo | mi p16"), at("coagglo | mi p84"), at("coagglo | mi p84 - p16")])
      const terms = [{ term: "coagglo | mi p84", label: "Much intelligence" }, { term: "coagglo | mi p16" }]
      const { outputs } = yield* runStage(mediationTable, { effects: table, published: [] }, { title: "", terms })
      const labels = column(outputs["output"], "row_label") as ReadonlyArray<string>
      expect([...new Set(labels)].filter((label) => label !== "")).toEqual(["Much intelligence", "  Indirect effect", "coagglo | mi p16"])
      expect(column(outputs["output"], "text")).toContain(`Standard errors and intervals: ${method}.`)
    })
  )
})
