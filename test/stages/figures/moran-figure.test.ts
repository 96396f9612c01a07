import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { moranFigure } from "../../../stages/figures/moran-figure.ts"
import { moranResult, scatterResult } from "../moran-results.ts"
import { column, numbers, runStage } from "../run-stage.ts"

const inputs = { moran: moranResult, scatter: scatterResult }
const params = { title: "Moran scatter plots", variable: "coagglo" }

describe("Moran figure", () => {
  it.effect("has a panel a year: axes through the origin, the entities, and the line whose slope is I", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(moranFigure, inputs, { ...params, named: 0 })
      expect([...new Set(column(outputs["output"], "panel") as ReadonlyArray<string>)]).toEqual(["2003: I = 0.250*", "2004: I = 0.500***"])
      expect((column(outputs["output"], "mark") as ReadonlyArray<string>).slice(0, 10)).toEqual([
        "rule",
        "text",
        "text",
        "text",
        "text",
        "point",
        "point",
        "point",
        "line",
        "line"
      ])
      expect(numbers(outputs["output"], "y").slice(8, 10)).toEqual([-0.25, 0.25])
    })
  )

  it.effect("names the entities furthest from the origin", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(moranFigure, inputs, { ...params, years: [2004], named: 2 })
      expect(column(outputs["output"], "label")).toEqual(["", "HH", "LH", "LL", "HL", "Anhui", "", "Hebei", "", ""])
    })
  )

  it.effect("refuses a year or a variable that has no scatter, and tells those that have", () =>
    Effect.gen(function* () {
      const year = (yield* Effect.flip(runStage(moranFigure, inputs, { ...params, years: [2003, 2010] }))) as StageFailure
      expect(year.message).toBe('there is no Moran scatter of "coagglo" in 2010; the years are 2003, 2004')
      const variable = (yield* Effect.flip(runStage(moranFigure, inputs, { ...params, variable: "ami" }))) as StageFailure
      expect(variable.message).toContain('the variables are "coagglo"')
    })
  )
})
