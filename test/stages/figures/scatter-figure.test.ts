import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { scatterFigure } from "../../../stages/figures/scatter-figure.ts"
import { Panel } from "../../../stages/table-types.ts"
import { column, numbers, runStage, tableOf } from "../run-stage.ts"

const panelOf = (x: ReadonlyArray<number>, y: ReadonlyArray<number>) =>
  tableOf(Panel, {
    entity: x.map((_, i) => `e${i}`),
    year: Int32Array.from(x, () => 2003),
    rest: new Map([
      ["coagglo", { values: Float64Array.from(x) }],
      ["ami", { values: Float64Array.from(y) }]
    ])
  })
const params = { title: "Figure 3", x: "coagglo", y: "ami" }

describe("scatter figure", () => {
  it.effect("draws complete pairs and the least-squares line through them", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(scatterFigure, { panel: panelOf([1, 2, 3, Number.NaN], [5, 3, 1, 9]) }, params)
      expect(column(outputs["output"], "mark")).toEqual(["point", "point", "point", "line", "line"])
      expect(numbers(outputs["output"], "y")).toEqual([5, 3, 1, 5, 1])
      expect(column(outputs["output"], "series").at(-1)).toBe("ami = 7 - 2 coagglo (r = -1.000, n = 3)")
    })
  )

  it.effect("says which variable the panel lacks, and which is like it", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(scatterFigure, { panel: panelOf([1, 2], [1, 3]) }, { ...params, x: "coaglo" }))) as StageFailure
      expect(failure.faults[0]).toMatchObject({ code: "missing-variable", where: { column: "coaglo" } })
      expect(failure.faults[0].message).toContain('did you mean "coagglo"?')
    })
  )

  it.effect("refuses a variable that does not vary", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(scatterFigure, { panel: panelOf([2, 2], [1, 3]) }, params))) as StageFailure
      expect(failure.faults[0]).toMatchObject({ code: "no-fitted-line", where: { column: "coagglo" } })
    })
  )
})
