import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { fromMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { transformWeights } from "../../stages/transform-weights.ts"
import { faultsOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"
import { linksOf } from "./spatial-inputs.ts"

// a - b - c - d, of which d has c for a neighbour, and c only b.
const chain = linksOf(fromMatrix(["a", "b", "c", "d"], Float64Array.of(0, 1, 0, 0, 0.25, 0, 0.75, 0, 0, 1, 0, 0, 0, 0, 1, 0)))
const transformed = (params: Readonly<Record<string, unknown>>) =>
  Effect.map(runStage(transformWeights, { weights: chain }, params), ({ outputs: { output } }) => ({
    kind: column(output, "kind")[0],
    standardize: column(output, "standardize")[0],
    links: (column(output, "from") as ReadonlyArray<string>).map((from, at) => `${from}${column(output, "to")[at]} ${numbers(output, "weight")[at]}`)
  }))

describe("stage transform-weights", () => {
  it.effect("neighbours of an order, cumulated or not", () =>
    Effect.gen(function* () {
      expect(yield* transformed({ order: 2, standardize: "none", allowIslands: true })).toEqual({
        kind: "test; neighbours of order 2",
        standardize: "none",
        links: ["ac 1", "bb 0", "ca 1", "db 1"]
      })
      expect(yield* transformed({ order: 2, cumulated: true })).toEqual({
        kind: "test; neighbours of order 2 or less",
        standardize: "row",
        links: ["ab 0.5", "ac 0.5", "ba 0.5", "bc 0.5", "ca 0.5", "cb 0.5", "db 0.5", "dc 0.5"]
      })
      const [island] = yield* faultsOf(transformWeights, { weights: chain }, { order: 2 })
      expect(island?.message).toMatch(/^these entities have no neighbour in the transformed weights: "b"; take another order/)
    })
  )
  it.effect("a power without its diagonal, symmetric weights, and another standardisation alone", () =>
    Effect.gen(function* () {
      expect((yield* transformed({ power: 3, standardize: "none" })).links).toEqual(["ab 1", "ba 0.25", "bc 0.75", "cb 1", "da 0.25", "dc 0.75"])
      expect(yield* transformed({ symmetric: "either", standardize: "none" })).toEqual({
        kind: "test; symmetric (either)",
        standardize: "none",
        links: ["ab 1", "ba 1", "bc 1", "cb 1", "cd 1", "dc 1"]
      })
      expect((yield* transformed({ standardize: "min-max" })).links).toEqual(["ab 1", "ba 0.25", "bc 0.75", "cb 1", "dc 1"])
    })
  )
  it.effect("an order and a power are refused together, and cumulated alone", () =>
    Effect.gen(function* () {
      const refused = (params: unknown) => Effect.map(Effect.flip(runStage(transformWeights, { weights: chain }, params)), String)
      expect(yield* refused({ order: 2, power: 2 })).toMatch(/give one of the two/)
      expect(yield* refused({ cumulated: true })).toMatch(/it goes with order alone/)
    })
  )
})
