import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { RankIntervals } from "../../../stages/comparison/comparison-types.ts"
import { rankFigure } from "../../../stages/figures/rank-figure.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage, tableOf } from "../run-stage.ts"

const table = (entity: ReadonlyArray<string>, reference: ReadonlyArray<number>) => {
  const of = (shift: number) => Float64Array.from(reference, (rank) => rank + shift)
  return tableOf(RankIntervals, {
    entity,
    reference: of(0),
    median: of(0.5),
    mean: of(0.4),
    rank_low: of(-1),
    rank_high: of(2),
    best: of(-1),
    worst: of(3),
    unchanged: of(0)
  })
}

describe("rank figure", () => {
  it.effect("a row an entity in the order of the reference, an interval for each table, the reference as a dot", () =>
    Effect.gen(function* () {
      const ranks = [table(["a", "b", "c"], [3, 1, 2]), table(["c", "b", "a"], [1, 2, 3])]
      const { outputs } = yield* runStage(rankFigure, { ranks }, { title: "t", series: ["one", "other"] })
      const [mark, label] = [column(outputs["output"], "mark") as ReadonlyArray<string>, column(outputs["output"], "label") as ReadonlyArray<string>]
      expect(label.filter((_, i) => mark[i] === "tick")).toEqual(["b", "c", "a"])
      const of = (name: string, kind: string) => numbers(outputs["output"], name).filter((_, i) => mark[i] === kind)
      expect(of("x", "point")).toEqual([1, 2, 3])
      expect(of("y", "point").map(Math.abs)).toEqual([0, 1, 2])
      expect(of("x_low", "interval")).toEqual([2, 0, 1, 0, 1, 2])
      // The second table's rows are by entity too: c, b, a.
      expect(of("y", "interval").slice(3).map(Math.round)).toEqual([-1, -0, -2])
    })
  )

  it.effect("tables of other entities are refused", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(rankFigure, { ranks: [table(["a"], [1]), table(["b"], [1])] }, { title: "t", series: ["one", "other"] })
      expect(faults).toMatchObject([{ code: "other-entities", message: expect.stringContaining("other has other entities than one: b") }])
      expect((yield* faultsOf(rankFigure, { ranks: [] }, { title: "t", series: ["one"] }))[0]!.code).toBe("wiring")
    })
  )
})
