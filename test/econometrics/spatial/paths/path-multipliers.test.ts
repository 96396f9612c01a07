import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { spatialMultiplier } from "../../../../src/econometrics/spatial/effects/multipliers.ts"
import { pathMeans, productMeans } from "../../../../src/econometrics/spatial/paths/path-multipliers.ts"
import { denseWeights, mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { luFactor, luSolve } from "../../../../src/linalg/lu.ts"
import { weights } from "../../us-states.ts"

const unequal = mapWeights(weights.contiguity, (i, j) => 1 / 8 + ((i + 2 * j) % 3) / 60)

/** (I - rho W)^-1 (b I + theta W). */
const pathMatrix = (dense: Float64Array, { b, rho, theta }: Parameters<typeof pathMeans>[0]) =>
  luSolve(
    luFactor(
      dense.map((w, at) => (at % 49 === 0 ? 1 : 0) - rho * w),
      48
    ),
    dense.map((w, at) => (at % 49 === 0 ? b : 0) + theta * w),
    48
  )
const meansOf = (matrix: Float64Array) => ({
  own: matrix.reduce((sum, value, at) => sum + (at % 49 === 0 ? value : 0), 0) / 48,
  all: matrix.reduce((sum, value) => sum + value, 0) / 48
})

describe("paths and their products", () => {
  for (const [name, w] of Object.entries({ contiguity: weights.contiguity, nested: weights.nested, unequal }))
    it(`have the means of their N x N matrices, wherever both rho lie (${name})`, () => {
      const multiplier = spatialMultiplier(w)
      const dense = denseWeights(w)
      const rho = fc.double({ min: 0.9 * Math.max(multiplier.lower, -2), max: 0.9 * multiplier.upper, noNaN: true })
      const slope = fc.double({ min: -2, max: 2, noNaN: true })
      const path = fc.record({ rho, b: slope, theta: slope })
      const near = fc.oneof(fc.constant(undefined), fc.constantFrom(0, 1e-12, 1e-6, 1e-3, -4e-3, 0.009, 0.011))
      fc.assert(
        fc.property(path, path, near, (first, second, distance) => {
          const other = distance === undefined ? second : { ...second, rho: 0.9 * first.rho + distance }
          const one = distance === undefined ? first : { ...first, rho: 0.9 * first.rho }
          const [a, b] = [pathMatrix(dense, one), pathMatrix(dense, other)]
          for (const [found, expected] of [
            [pathMeans(one, multiplier), meansOf(a)],
            [productMeans(one, other, multiplier), meansOf(multiply(a, b, 48, 48, 48))]
          ] as const)
            for (const side of ["own", "all"] as const) expect(Math.abs(found[side] - expected[side])).toBeLessThan(1e-9 * (1 + Math.abs(expected[side])))
        }),
        { numRuns: 40 }
      )
    })
})
