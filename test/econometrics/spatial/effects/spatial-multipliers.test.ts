import { describe, expect, it } from "vitest"
import { spectrum } from "../../../../src/econometrics/spatial/determinant/spectrum.ts"
import { multiplierSlopes, multipliers, multipliersOf } from "../../../../src/econometrics/spatial/effects/spatial-multipliers.ts"
import { denseWeights, mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { weights } from "../../us-states.ts"

const raw = mapWeights(weights.contiguity, () => 0.1)

describe("spatial multipliers", () => {
  it("row-standardised weights have a total multiplier of 1/(1 - rho) for x and for W x", () => {
    for (const w of [weights.contiguity, weights.nested])
      for (const rho of [-0.7, 0.2, 0.9]) {
        const { all, own } = multipliers(w, spectrum(denseWeights(w), 48), rho)
        expect(all.x).toBeCloseTo(1 / (1 - rho), 10)
        expect(all.wx).toBeCloseTo(1 / (1 - rho), 10)
        const quick = multipliersOf(w, spectrum(denseWeights(w), 48))(rho)
        expect(quick.all.x).toBeCloseTo(all.x, 10)
        expect(quick.own).toEqual(own)
      }
  })
  it("other weights are solved for", () => {
    expect(multipliersOf(raw, spectrum(denseWeights(raw), 48))(0.5)).toEqual(multipliers(raw, spectrum(denseWeights(raw), 48), 0.5))
  })
  it("slopes are the derivatives by rho", () => {
    for (const w of [weights.nested, raw]) {
      const eigen = spectrum(denseWeights(w), 48)
      const h = 1e-5
      const [low, high] = [multipliers(w, eigen, 0.4 - h), multipliers(w, eigen, 0.4 + h)]
      const slope = multiplierSlopes(w, eigen, 0.4)
      for (const side of ["own", "all"] as const)
        for (const of of ["x", "wx"] as const) expect(slope[side][of]).toBeCloseTo((high[side][of] - low[side][of]) / (2 * h), 6)
    }
  })
})
