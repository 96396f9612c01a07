import { it, describe as suite } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../src/sediment.ts"
import { describe } from "../../stages/describe.ts"
import { published } from "../../stages/published.ts"
import { Panel } from "../../stages/table-types.ts"
import { column, runStage, tableOf } from "./run-stage.ts"
import { publishedFile } from "./tables/estimates.ts"

const panel = tableOf(Panel, {
  entity: ["Anhui", "Anhui", "Beijing", "Beijing"],
  year: Int32Array.of(2003, 2004, 2003, 2004),
  rest: new Map([
    ["ami", { values: Float64Array.of(30, 32, 35, 40.5) }],
    ["fdi", { values: Float64Array.of(21.5, Number.NaN, 19.25, 20) }],
    ["empty", { values: new Float64Array(4).fill(Number.NaN) }]
  ])
})
const variables = [{ name: "ami", label: "Advanced Manufacturing Industry" }, { name: "fdi" }, { name: "empty" }]

suite("descriptive statistics", () => {
  it.effect("count what is there, and stand beside the paper's Table 3", () =>
    Effect.gen(function* () {
      const paper = (yield* runStage(published, { source: publishedFile("table-03") })).outputs["output"]!
      const { outputs } = yield* runStage(describe, { panel, published: [paper] }, { title: "Table 3", variables })
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 120, colour: false })).toMatchFileSnapshot("expected/table-3.txt"))
    })
  )

  it.effect("have no column of names where the rows are called by them", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(describe, { panel, published: [] }, { title: "", variables: [{ name: "ami" }] })
      expect([...new Set(column(outputs["output"], "column_label") as ReadonlyArray<string>)]).toEqual(["Obs", "Mean", "Sd", "Min", "Max"])
    })
  )

  it.effect("name all variables that the panel lacks", () =>
    Effect.gen(function* () {
      const wanted = { title: "", variables: [{ name: "amy" }, { name: "fdy" }] }
      const failure = (yield* Effect.flip(runStage(describe, { panel, published: [] }, wanted))) as StageFailure
      expect(failure.faults.map(({ where }) => where?.column)).toEqual(["amy", "fdy"])
    })
  )

  it.effect("are those that are asked for, with the panel's units, labels of the dictionary and decimals of the variable", () =>
    Effect.gen(function* () {
      const units = tableOf(Panel, {
        entity: ["Anhui", "Anhui", "Anhui", "Anhui", "Anhui"],
        year: Int32Array.of(2003, 2004, 2005, 2006, 2007),
        rest: new Map([["fdi", { values: Float64Array.of(1, 2, 3, 10, Number.NaN), unit: "bn USD" }]])
      })
      const asked = {
        variables: [{ name: "fdi", significant: 3 }],
        statistics: ["missing", "p25", "median", "p75", "n"],
        units: true,
        labels: { fdi: "Investment" }
      }
      const { outputs } = yield* runStage(describe, { panel: units, published: [] }, { title: "", ...asked })
      expect(column(outputs["output"], "text")).toEqual(["fdi", "1", "1.75", "2.50", "4.75", "4"])
      expect(column(outputs["output"], "row_label")).toContain("Investment (bn USD)")
      expect(column(outputs["output"], "column_label")).toEqual(["Variable", "Missing", "P25", "Median", "P75", "Obs"])
    })
  )

  it.effect("read the named variables alone", () =>
    Effect.gen(function* () {
      const { reads } = yield* runStage(describe, { panel, published: [] }, { title: "", variables: [{ name: "ami" }] })
      expect(reads).toEqual(["panel has ami", "panel column ami"])
    })
  )
})
