import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { publishedFigure } from "../../../stages/figures/published-figure.ts"
import { publishedComparison } from "../../../stages/published-comparison.ts"
import { type Printed, publishedTable, shownTable } from "../published-comparison/comparison-inputs.ts"
import { column, numbers, runStage } from "../run-stage.ts"

const paper: ReadonlyArray<Printed> = [
  { term: "a", text: "1.00 **" },
  { term: "a", kind: "std_error", text: "(0.50)" },
  { term: "b", text: "-0.60" },
  { term: "b", kind: "std_error", text: "(0.20)" },
  { term: "c", text: "3.00" },
  { term: "c", kind: "std_error", text: "(0.10)" },
  { table: "5", term: "a", text: "2.00" }
]
const run: Readonly<Record<string, readonly [number, string]>> = { a: [1.1, "1.10*"], b: [0.2, "0.20"], c: [9, "9.00"] }
const drawn = (rows: ReadonlyArray<Printed>) =>
  Effect.gen(function* () {
    const shown = shownTable(rows, ({ kind, term }) => (kind === undefined ? { value: run[term]![0], text: run[term]![1] } : { value: 1, text: "" }))
    const { outputs } = yield* runStage(publishedComparison, { tables: [shown], published: [publishedTable(rows)] })
    const figure = yield* runStage(publishedFigure, { numbers: outputs["numbers"]! }, { title: "Against the paper", named: 1 })
    return figure.outputs["output"]!
  })

describe("estimates against the published ones", () => {
  it.effect("are points in published standard errors, told apart by sign and stars; those far away are drawn at the limit, with their number", () =>
    Effect.gen(function* () {
      const figure = yield* drawn(paper)
      const [mark, series, label] = ["mark", "series", "label"].map((name) => column(figure, name) as ReadonlyArray<string>)
      const points = mark!.flatMap((name, i) => (name === "point" ? [[series![i], numbers(figure, "x")[i], numbers(figure, "y")[i], label![i]]] : []))
      expect(points).toEqual([
        ["sign and stars as published", 30, 20, "(1) c: 90"],
        ["other stars", 2, 2.2, ""],
        ["other sign", expect.closeTo(-3, 12), 1, ""]
      ])
      // The line of equality reaches from the least published estimate to the largest.
      expect(mark!.flatMap((name, i) => (name === "line" ? [numbers(figure, "x")[i] === numbers(figure, "y")[i]] : []))).toEqual([true, true])
      expect(new Set(column(figure, "panel") as ReadonlyArray<string>)).toEqual(new Set(["Table 4"]))
    })
  )

  it.effect("need a published standard error somewhere", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(drawn(paper.slice(-1)))) as StageFailure
      expect(failure.faults.map(({ code }) => code)).toEqual(["nothing-to-draw"])
    })
  )
})
