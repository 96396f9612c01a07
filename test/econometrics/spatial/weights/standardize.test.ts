import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { distanceBand } from "../../../../src/econometrics/spatial/weights/distance-weights.ts"
import { STANDARDIZATIONS, standardize } from "../../../../src/econometrics/spatial/weights/standardize.ts"
import { fromLinks, fromMatrix, mapWeights, rowSums, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { columbus, expectWeights, spdep } from "./spdep.ts"

/** Binary weights of neighbours by index. */
const binary = (neighbours: ReadonlyArray<ReadonlyArray<number>>): WeightsMatrix => {
  const to = neighbours.flat()
  return fromLinks(
    neighbours.map((_, i) => `${i}`),
    neighbours.flatMap((row, i) => row.map(() => i)),
    to,
    to.map(() => 1)
  )
}
const cases = {
  "binary contiguity": [binary(spdep.columbus.gal), spdep.columbus.styles],
  "general weights": [distanceBand(columbus.entities, columbus.points, { from: 0, to: 4 }, { kind: "inverse", power: 1 }), spdep.columbus.general_styles]
} as const

describe("standardisation", () => {
  it.each(Object.entries(cases))("of %s is spdep's in each style", (_, [weights, styles]) => {
    expectWeights(standardize(weights, "none"), styles.B)
    expectWeights(standardize(weights, "row"), styles.W)
    expectWeights(standardize(weights, "global"), styles.C)
    expectWeights(standardize(weights, "unit"), styles.U)
    expectWeights(standardize(weights, "variance-stabilising"), styles.S)
    expectWeights(standardize(weights, "min-max"), styles.minmax)
    expectWeights(standardize(weights, "spectral"), styles.spectral.weights)
  })
  it("leaves islands alone, as spdep does with zero.policy", () => {
    expectWeights(standardize(binary(spdep.islands.neighbours), "row"), spdep.islands.W)
    expect(standardize(binary(spdep.islands.neighbours), "global").matrix.values.reduce((a, b) => a + b)).toBeCloseTo(47, 11)
  })
  it("does not depend on the scale, and does nothing the second time", () => {
    const matrices = fc.integer({ min: 2, max: 7 }).chain((size) =>
      fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 10, noNaN: true })), { minLength: size * size, maxLength: size * size }).map((values) =>
        fromMatrix(
          values.slice(0, size).map((_, i) => `e${i}`),
          // A circle at least, so that the largest eigenvalue is above 0.
          Float64Array.from(values, (w, at) => {
            const [i, j] = [Math.floor(at / size), at % size]
            return i === j ? 0 : j === (i + 1) % size ? Math.max(w, 0.5) : w
          })
        )
      )
    )
    fc.assert(
      fc.property(
        matrices,
        fc.constantFrom(...STANDARDIZATIONS.filter((one) => one !== "none")),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        (weights, style, scale) => {
          const once = standardize(weights, style)
          const others = [
            standardize(once, style),
            standardize(
              mapWeights(weights, (_i, _j, w) => w * scale),
              style
            )
          ]
          for (const { matrix } of others)
            matrix.values.forEach((w, at) => {
              expect(w).toBeCloseTo(once.matrix.values[at]!, 8)
            })
          if (style === "row") for (const sum of rowSums(once)) expect(sum).toBeCloseTo(1, 14)
        }
      )
    )
  })
  it("weights without a link are a fault", () => {
    const none = fromMatrix(["a", "b"], new Float64Array(4))
    for (const style of ["global", "unit", "variance-stabilising", "min-max", "spectral"] as const)
      expect(() => standardize(none, style)).toThrow(/cannot be standardised: there is no link/)
  })
})
