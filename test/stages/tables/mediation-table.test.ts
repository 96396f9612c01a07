import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/printed-text.ts"
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

  it.effect("gives each method its block, or shows the methods asked for", () =>
    Effect.gen(function* () {
      const both = effects([...rows, { effect: "indirect", method: "Sobel", triple: ["coagglo", 0.371, 0.1, 0.001] }])
      const all = yield* runStage(mediationTable, { effects: both, published: [] }, { title: "" })
      expect(column(all.outputs["output"], "row_label")).toContain("Sobel")
      const one = yield* runStage(mediationTable, { effects: both, published: [] }, { title: "", methods: ["Sobel"] })
      expect(column(one.outputs["output"], "text")).toContain("Standard errors and intervals: Sobel.")
      expect(column(one.outputs["output"], "row_label")).not.toContain("Direct effect")
    })
  )
})
