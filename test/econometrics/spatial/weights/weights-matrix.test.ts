import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { nest } from "../../../../src/econometrics/spatial/weights/nesting.ts"
import {
  denseWeights,
  fromMatrix,
  islands,
  isRowStandardized,
  mapWeights,
  rowStandardize,
  rowSums,
  type WeightsMatrix
} from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"

const matrices: fc.Arbitrary<WeightsMatrix> = fc.integer({ min: 2, max: 8 }).chain((size) =>
  fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: size * size, maxLength: size * size }).map((values) =>
    fromMatrix(
      values.slice(0, size).map((_, i) => `e${i}`),
      Float64Array.from(values, (w, at) => (Math.floor(at / size) === at % size ? 0 : w))
    )
  )
)

describe("weights", () => {
  it("row-standardised rows sum to one", () => {
    fc.assert(
      fc.property(matrices, (weights) => {
        for (const sum of rowSums(rowStandardize(weights))) expect(sum).toBeCloseTo(1, 14)
        expect(isRowStandardized(rowStandardize(weights))).toBe(true)
      })
    )
  })
  it("standardising twice is standardising once, whatever the scale", () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: 0.1, max: 100, noNaN: true }), (weights, scale) => {
        const once = rowStandardize(weights)
        const again = rowStandardize(mapWeights(once, (_i, _j, w) => w * scale)).matrix.values
        again.forEach((w, at) => {
          expect(w).toBeCloseTo(once.matrix.values[at]!, 14)
        })
      })
    )
  })
  it("nested row-standardised weights are row-standardised, and phi of 1 gives the first", () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: 0, max: 1, noNaN: true }), (weights, phi) => {
        const a = rowStandardize(weights)
        const b = rowStandardize(mapWeights(weights, (_i, _j, w) => w * w))
        expect(isRowStandardized(nest(a, b, phi))).toBe(true)
        expect(denseWeights(nest(a, b, 1))).toEqual(denseWeights(a))
      })
    )
  })
  it("an island stays a row of zeros and is named", () => {
    const weights = fromMatrix(["a", "b", "c"], Float64Array.of(0, 2, 0, 2, 0, 0, 0, 0, 0))
    expect([...denseWeights(rowStandardize(weights))]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0])
    expect(islands(weights)).toEqual(["c"])
    expect(isRowStandardized(rowStandardize(weights))).toBe(false)
  })
})
