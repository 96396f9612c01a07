import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { trendFigure } from "../../../stages/figures/trend-figure.ts"
import { Panel } from "../../../stages/table-types.ts"
import { column, numbers, runStage, tableOf } from "../run-stage.ts"

const panel = tableOf(Panel, {
  entity: ["a", "a", "a", "b", "b", "b", "c", "c", "c"],
  year: Int32Array.of(2003, 2004, 2005, 2003, 2004, 2005, 2003, 2004, 2005),
  rest: new Map([["ami", { values: Float64Array.of(1, 2, 3, 7, Number.NaN, 9, 5, 6, 5), unit: "0 to 100" }]])
})
const params = { title: "Figure 2", variable: "ami", top: 2 }

describe("trend figure", () => {
  it.effect("draws the entities that lead in the last year, the first one first", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(trendFigure, { panel }, { ...params, years: { from: 2004, to: 2005 } })
      expect(column(outputs["output"], "series")).toEqual(["b", "c", "c"])
      expect(numbers(outputs["output"], "y")).toEqual([9, 6, 5])
      expect(column(outputs["output"], "y_label")[0]).toBe("ami (0 to 100)")
    })
  )

  it.effect("warns where values are missing among those drawn", () =>
    Effect.gen(function* () {
      const { warnings } = yield* runStage(trendFigure, { panel }, params)
      expect(warnings.map(({ code, where }) => [code, where?.entity, where?.year])).toEqual([["missing-points", "b", 2004]])
    })
  )

  it.effect("does not read the unit where the label is given", () =>
    Effect.gen(function* () {
      const { reads } = yield* runStage(trendFigure, { panel }, { ...params, yLabel: "index" })
      expect(reads).toEqual(["panel has ami", "panel column entity", "panel column year", "panel column ami"])
    })
  )

  it.effect("refuses years that the panel does not have", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(trendFigure, { panel }, { ...params, years: { from: 2010, to: 2011 } }))) as StageFailure
      expect(failure.message).toContain("no year is left")
    })
  )
})
