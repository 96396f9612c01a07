import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { islands, isRowStandardized, nest, rowStandardize, rowSums, type WeightsMatrix } from "../../../src/econometrics/spatial/weights.ts"

const matrices: fc.Arbitrary<WeightsMatrix> = fc.integer({ min: 2, max: 8 }).chain((size) =>
  fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: size * size, maxLength: size * size }).map((values) => ({
    entities: values.slice(0, size).map((_, i) => `e${i}`),
    matrix: Float64Array.from(values, (w, at) => (Math.floor(at / size) === at % size ? 0 : w))
  }))
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
        const once = rowStandardize(weights).matrix
        const again = rowStandardize({ entities: weights.entities, matrix: once.map((w) => w * scale) }).matrix
        for (let at = 0; at < once.length; at++) expect(again[at]).toBeCloseTo(once[at]!, 14)
      })
    )
  })
  it("nested row-standardised weights are row-standardised, and phi of 1 gives the first", () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: 0, max: 1, noNaN: true }), (weights, phi) => {
        const a = rowStandardize(weights)
        const b = rowStandardize({ entities: weights.entities, matrix: weights.matrix.map((w) => w * w) })
        expect(isRowStandardized(nest(a, b, phi))).toBe(true)
        expect(nest(a, b, 1).matrix).toEqual(a.matrix)
      })
    )
  })
  it("an island stays a row of zeros and is named", () => {
    const weights = { entities: ["a", "b", "c"], matrix: Float64Array.of(0, 2, 0, 2, 0, 0, 0, 0, 0) }
    expect([...rowStandardize(weights).matrix]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0])
    expect(islands(weights)).toEqual(["c"])
    expect(isRowStandardized(rowStandardize(weights))).toBe(false)
  })
})
