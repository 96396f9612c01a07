import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { track } from "../../src/artifact/tracked.ts"
import { denseWeights, fromMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { readWeights } from "../../stages/spatial-weights-table.ts"
import type { SpatialWeights } from "../../stages/table-types.ts"
import { linksOf } from "./spatial-inputs.ts"

const weights = fromMatrix(["a", "b", "c"], Float64Array.of(0, 0.25, 0.75, 1, 0, 0, 0, 0, 0))
const read = (names: ReadonlyArray<string>) =>
  readWeights(
    track<typeof SpatialWeights>(linksOf(weights), () => {}),
    names
  )

describe("weights as a table", () => {
  it.effect("come back as they were, the island too", () =>
    Effect.gen(function* () {
      expect(yield* read(["a", "b", "c"])).toEqual(weights)
    })
  )
  it.effect("come back in the panel's order", () =>
    Effect.gen(function* () {
      expect([...denseWeights(yield* read(["b", "c", "a"]))]).toEqual([0, 0, 1, 0, 0, 0, 0.25, 0.75, 0])
    })
  )
  it.effect("must cover exactly the panel's entities: both sides' strays are named together", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(read(["a", "x", "y"]))
      expect(failure.message).toMatch(/the panel has entities that the spatial weights lack: x, y;/)
      expect(failure.message).toMatch(/the spatial weights have entities that the panel lacks: b, c;/)
    })
  )
})
