import { describe, expect, it } from "vitest"
import { greatCircle } from "../../../../src/econometrics/sample/great-circle.ts"
import { inverseDistance } from "../../../../src/econometrics/spatial/weights/inverse-distance.ts"
import { denseWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { entities, located, weights } from "../../us-states.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"

describe("distance weights", () => {
  it("distances between the states' capitals agree with R", () => {
    const distances = entities
      .slice(1)
      .map((_, j) => greatCircle(located.latitude[0]!, located.longitude[0]!, located.latitude[j + 1]!, located.longitude[j + 1]!))
    expectClose(distances, oracle.distances.slice(1), 1e-12)
  })
  it("a quarter of the equator and the way to a pole are the same length, across the date line too", () => {
    const quarter = (Math.PI / 2) * 6371.0088
    expect(greatCircle(0, 0, 0, 90)).toBeCloseTo(quarter, 8)
    expect(greatCircle(0, 17, 90, -33)).toBeCloseTo(quarter, 8)
    expect(greatCircle(0, 179, 0, -179)).toBeCloseTo(greatCircle(0, 0, 0, 2), 8)
  })
  it("antipodes are half the earth apart, not NaN", () => {
    expect(greatCircle(30, 20, -30, -160)).toBeCloseTo(Math.PI * 6371.0088, 6)
  })
  it("weights are symmetric, with a zero diagonal", () => {
    const matrix = denseWeights(inverseDistance(["a", "b", "c"], Float64Array.of(0, 0, 10), Float64Array.of(0, 90, 0)))
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) expect(matrix[i * 3 + j]).toBe(matrix[j * 3 + i])
    expect([matrix[0], matrix[4], matrix[8]]).toEqual([0, 0, 0])
    expect(matrix[1]).toBe(1 / greatCircle(0, 0, 0, 90))
  })
  it("names every pair of entities at one point", () => {
    expect(() => inverseDistance(["Hebei", "Beijing", "Tianjin"], Float64Array.of(39, 39, 39), Float64Array.of(116, 116, 116))).toThrow(
      /"Hebei" and "Beijing" \(latitude 39, longitude 116\); "Hebei" and "Tianjin".*; "Beijing" and "Tianjin"/
    )
  })
  it("contiguity and nested weights of the states are R's", () => {
    for (const name of MATRICES) {
      const matrix = denseWeights(weights[name])
      const sums = entities.map((_, i) => entities.reduce((sum, _state, j) => sum + matrix[i * entities.length + j]! * (j + 1), 0))
      expectClose(sums, oracle.weights[name], 1e-11)
    }
  })
})
