import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StageFailure } from "../../src/sediment.ts"
import { published } from "../../stages/published.ts"
import { column, fileOf, numbers, readFile, runStage } from "./run-stage.ts"

const header = "table,column,column_label,term,label,kind,value,stars,text"

describe("published numbers", () => {
  it.effect("keep the number, the stars and the printed text of each cell", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(published, { source: readFile("data/published/table-04.csv") })
      const at = (column(outputs["output"], "term") as ReadonlyArray<string>).indexOf("coagglo")
      expect(numbers(outputs["output"], "value")[at]).toBe(0.767)
      expect(column(outputs["output"], "stars")[at]).toBe("***")
      expect(column(outputs["output"], "text")[at]).toBe("0.767 ***")
    })
  )

  it.effect("may be words: their value is missing", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(published, { source: fileOf("p.csv", `${header}\n4,1,ami,province_effects,,flag,,,Yes\n`) })
      expect(numbers(outputs["output"], "value")).toEqual([Number.NaN])
    })
  )

  it.effect("that are nothing at all are told", () =>
    Effect.gen(function* () {
      const source = fileOf("p.csv", "table,column,column_label,term,label,kind,value,stars,text\n4,1,,hcl,,estimate,,,\n4,1,,fe,,flag,,,Yes\n")
      const failure = (yield* Effect.flip(runStage(published, { source }))) as StageFailure
      expect(failure.faults.map(({ code, where }) => [code, where?.row])).toEqual([["nothing-printed", 2]])
    })
  )

  it.effect("that are not numbers, and columns that are absent, are told together", () =>
    Effect.gen(function* () {
      const source = fileOf("p.csv", "table,column,term,label,kind,value,stars,text\n4,1,hcl,,estimate,0.0o4,,0.0o4\n4,1,gov,,estimate,x,,x\n")
      const failure = (yield* Effect.flip(runStage(published, { source }))) as StageFailure
      expect(failure.faults.map(({ code, where }) => [code, where?.row, where?.column, where?.value])).toEqual([
        ["missing-column", 1, "column_label", undefined],
        ["not-a-number", 2, "value", "0.0o4"],
        ["not-a-number", 3, "value", "x"]
      ])
    })
  )
})
