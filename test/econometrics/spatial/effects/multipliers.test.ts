import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import { spatialMultiplier } from "../../../../src/econometrics/spatial/effects/multipliers.ts"
import { denseWeights, mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { luFactor, luInverse } from "../../../../src/linalg/lu.ts"
import { weights } from "../../us-states.ts"

const raw = mapWeights(weights.contiguity, () => 0.1)

describe("spatial multipliers", () => {
  it("are the mean diagonals and row sums of (I - rho W)^-1 and of it times W", () => {
    for (const w of [weights.contiguity, weights.nested, raw])
      for (const rho of [-0.7, 0.2, 0.9]) {
        const dense = denseWeights(w)
        const inverse = luInverse(
          luFactor(
            dense.map((value, at) => (at % 49 === 0 ? 1 : 0) - rho * value),
            48
          )
        )
        const lagged = multiply(inverse, dense, 48, 48, 48)
        const diagonal = (a: Float64Array) => Array.from({ length: 48 }, (_, i) => a[49 * i]!).reduce((x, y) => x + y) / 48
        const total = (a: Float64Array) => a.reduce((x, y) => x + y) / 48
        const { all, own } = spatialMultiplier(w).at(rho)
        expect(own.x).toBeCloseTo(diagonal(inverse), 11)
        expect(own.wx).toBeCloseTo(diagonal(lagged), 11)
        expect(all.x).toBeCloseTo(total(inverse), 9)
        expect(all.wx).toBeCloseTo(total(lagged), 9)
      }
  })
  it("are the same from a determinant without an eigenvalue 1, within the bounds of W", () => {
    const whole = spatialMultiplier(weights.nested)
    const deflated = spatialMultiplier(weights.nested, determinant(weights.nested.matrix, { deflated: true }), true)
    expect(deflated.at(0.4).own.x).toBeCloseTo(whole.at(0.4).own.x, 11)
    expect(deflated.slopes(0.4).own.wx).toBeCloseTo(whole.slopes(0.4).own.wx, 11)
    expect(deflated.upper).toBe(1)
  })
  it("slopes are the derivatives by rho", () => {
    for (const w of [weights.nested, raw]) {
      const multiplier = spatialMultiplier(w)
      const h = 1e-5
      const [low, high] = [multiplier.at(0.4 - h), multiplier.at(0.4 + h)]
      const slope = multiplier.slopes(0.4)
      for (const side of ["own", "all"] as const)
        for (const of of ["x", "wx"] as const) expect(slope[side][of]).toBeCloseTo((high[side][of] - low[side][of]) / (2 * h), 6)
    }
  })
})
