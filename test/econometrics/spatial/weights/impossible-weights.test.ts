import { describe, expect, it } from "vitest"
import { nearestNeighbours } from "../../../../src/econometrics/spatial/weights/distance-weights.ts"
import { nest, nestProduct } from "../../../../src/econometrics/spatial/weights/nesting.ts"
import { standardize } from "../../../../src/econometrics/spatial/weights/standardize.ts"
import { fromLinks, fromMatrix, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"

const pair = fromMatrix(["a", "b"], Float64Array.of(0, 1, 1, 0))

describe("weights that cannot be", () => {
  it("links name entities and have finite weights", () => {
    expect(() => fromLinks(["a", "b"], [0, 5], [1, 0], [1, 1])).toThrow(/join entities 0 to 1; these do not: 5 - 0 \(1\)/)
    expect(() => fromLinks(["a", "b"], [0], [1], [Number.NaN])).toThrow(/0 - 1 \(NaN\)/)
    expect(() => fromLinks(["a", "b"], [0], [1, 0], [1, 1])).toThrow(/there are 1, 2 and 2/)
    expect(() => fromMatrix(["a", "b"], Float64Array.of(0, 1, 1))).toThrow(/has 4 numbers; this one has 3/)
  })
  it("rows that sum to zero and negative weights cannot be standardised", () => {
    const cancelling = fromLinks(["a", "b", "c"], [0, 0, 1], [1, 2, 0], [1, -1, 1])
    expect(() => rowStandardize(cancelling)).toThrow(/sum to zero cannot be divided by their sum: a;/)
    expect(() => standardize(cancelling, "spectral")).toThrow(/spectral standardisation needs weights that are not negative/)
  })
  it("weights are nested over the same entities, by a share", () => {
    const other = fromMatrix(["b", "a"], Float64Array.of(0, 1, 1, 0))
    expect(() => nest(pair, other, 0.5)).toThrow(/over the same entities in the same order/)
    expect(() => nestProduct(pair, other)).toThrow(/over the same entities in the same order/)
    expect(() => nest(pair, pair, 2)).toThrow(/from 0 to 1, not 2/)
  })
  it("every entity has coordinates", () => {
    const points = { metric: "planar", x: Float64Array.of(0), y: Float64Array.of(0, 1) } as const
    expect(() => nearestNeighbours(["a", "b"], points, 1)).toThrow(/2 entities need as many coordinates; there are 1 and 2/)
  })
})
