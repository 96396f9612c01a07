import { describe, expect, it } from "vitest"
import { logDeterminant, spectrum } from "../../../../src/econometrics/spatial/determinant/spectrum.ts"
import { correctionWarnings, twoWayLikelihood, weightsTrace } from "../../../../src/econometrics/spatial/models/spatial-likelihood.ts"
import { denseWeights, fromPairs, mapWeights, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { weights } from "../../us-states.ts"

describe("the likelihood of a spatial model with two-way effects", () => {
  it("under lee-yu counts (N-1)(T-1) rows and ln|I - rho W| - ln(1 - rho), T-1 times", () => {
    for (const w of [weights.contiguity, weights.nested]) {
      const likelihood = twoWayLikelihood(w, 17, "lee-yu")
      expect([likelihood.observations, likelihood.periods]).toEqual([47 * 16, 16])
      for (const rho of [-1.3, -0.5, 0.2, 0.9])
        expect(logDeterminant(likelihood.spectrum, rho)).toBeCloseTo(logDeterminant(spectrum(denseWeights(w), 48), rho) - Math.log(1 - rho), 9)
    }
  })
  it("under none counts NT rows and ln|I - rho W|, T times", () => {
    const likelihood = twoWayLikelihood(weights.nested, 17, "none")
    expect([likelihood.observations, likelihood.periods]).toEqual([48 * 17, 17])
    expect(likelihood.matrix).toEqual(denseWeights(weights.nested))
  })
  it("weights that are not row-standardised are a fault under lee-yu that names the row, and none takes them", () => {
    const raw = mapWeights(weights.contiguity, () => 1)
    expect(() => twoWayLikelihood(raw, 17, "lee-yu")).toThrow(/the row of "Alabama" sums to 4/)
    expect(twoWayLikelihood(raw, 17, "none").spectrum.upper).toBeLessThan(1)
  })
  it("only none is warned about, with the trace that tells how dense the weights are", () => {
    expect(correctionWarnings(weights.nested, "lee-yu")).toEqual([])
    const [warning] = correctionWarnings(weights.nested, "none")
    expect(warning?.message).toMatch(/make rho too low.*Use correction "lee-yu"/)
    expect(warning?.message).toContain(`is ${weightsTrace(weights.nested).toPrecision(4)} here (2.043 if all 48 entities weighed alike on each other).`)
  })
  it("tr(WW + W'W) of a complete map of N entities is 2N/(N-1)", () => {
    const complete = rowStandardize(fromPairs(["a", "b", "c", "d"], () => 1))
    expect(weightsTrace(complete)).toBeCloseTo((2 * 4) / 3, 12)
  })
  it("fewer than three entities or two years are a fault", () => {
    expect(() =>
      twoWayLikelihood(
        fromPairs(["a", "b"], () => 1),
        5,
        "lee-yu"
      )
    ).toThrow(/there are 2 and 5/)
  })
})
