import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { fromMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { nestWeights } from "../../stages/nest-weights.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"
import { linksOf } from "./spatial-inputs.ts"

const panel = panelOf(["a", "b", "c"], [2003, 2004], { pgdp: [1, 3, 4, 4, 9, 9] })
const borders = linksOf(fromMatrix(["a", "b", "c"], Float64Array.of(0, 1, 0, 0.5, 0, 0.5, 0, 1, 0)))

describe("stage nest-weights", () => {
  it.effect("contiguity by element, by a diagonal and convex, standardised anew", () =>
    Effect.gen(function* () {
      const of = (params: Readonly<Record<string, unknown>>) =>
        Effect.map(runStage(nestWeights, { weights: borders, panel }, { economy: "pgdp", ...params }), ({ outputs: { output } }) => output)
      const product = yield* of({ nesting: "product" })
      // 1/|4 - 2| and 1/|4 - 9|
      expect(numbers(product, "weight")).toEqual([1, expect.closeTo(5 / 7, 12), expect.closeTo(2 / 7, 12), 1])
      expect(column(product, "kind")[0]).toBe("nested: (test) times economic (pgdp), by element")
      expect(numbers(yield* of({ nesting: "diagonal" }), "weight")).toEqual([1, expect.closeTo(2 / 11, 12), expect.closeTo(9 / 11, 12), 1])
      expect(numbers(yield* of({ phi: 0.75 }), "weight")[2]).toBeCloseTo(0.75 * 0.5 + 0.25 * (5 / 7), 12)
    })
  )
  it.effect("weights of other entities are a fault", () =>
    Effect.gen(function* () {
      const other = panelOf(["a", "b"], [2003], { pgdp: [1, 2] })
      expect((yield* faultsOf(nestWeights, { weights: borders, panel: other }, { economy: "pgdp" }))[0]?.message).toMatch(/the panel lacks: c;/)
    })
  )
})
