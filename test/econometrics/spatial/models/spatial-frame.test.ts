import { describe, expect, it } from "vitest"
import { correctionWarnings, weightsTrace } from "../../../../src/econometrics/spatial/models/correction-warnings.ts"
import { type Correction, type LagOrder, type SpatialEffectsOfPanel, spatialFrame } from "../../../../src/econometrics/spatial/models/spatial-frame.ts"
import { spatialSample } from "../../../../src/econometrics/spatial/models/spatial-sample.ts"
import { fromPairs, mapWeights, rowStandardize, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"
import { modelOf } from "../fit-of.ts"

const frameOf = (w: WeightsMatrix, effects: SpatialEffectsOfPanel, correction: Correction, order: LagOrder = "lag-then-demean") =>
  spatialFrame(spatialSample(modelOf(w, production)), [w], effects, correction, order)

describe("the frame of a spatial likelihood", () => {
  it("counts rows and determinants by effects and correction", () => {
    const counts = (effects: SpatialEffectsOfPanel, correction: Correction) => {
      const { copies, deflated, observations } = frameOf(weights.nested, effects, correction)
      return [observations, copies, deflated]
    }
    expect(counts("two-way", "lee-yu")).toEqual([47 * 16, 16, true])
    expect(counts("individual", "lee-yu")).toEqual([48 * 16, 16, false])
    expect(counts("time", "lee-yu")).toEqual([47 * 17, 17, true])
    for (const effects of ["two-way", "individual", "time"] as const) expect(counts(effects, "none")).toEqual([48 * 17, 17, false])
    for (const correction of ["lee-yu", "none"] as const) expect(counts("pooled", correction)).toEqual([48 * 17, 17, false])
  })
  it("weights that are not row-standardised are a fault under lee-yu with time effects that names the row, and the rest takes them", () => {
    const raw = mapWeights(weights.contiguity, () => 1)
    expect(() => frameOf(raw, "two-way", "lee-yu")).toThrow(/the row of "Alabama" sums to 4/)
    expect(() => frameOf(raw, "time", "lee-yu")).toThrow(/standardise by row/)
    expect(frameOf(raw, "individual", "lee-yu").deflated).toBe(false)
    expect(frameOf(raw, "two-way", "none").deflated).toBe(false)
  })
  it("only none is warned about, with the trace that tells how dense the weights are, and so is demeaning first", () => {
    const warned = (effects: SpatialEffectsOfPanel, correction: Correction, order: LagOrder = "lag-then-demean") =>
      correctionWarnings(weights.nested, frameOf(weights.nested, effects, correction, order))
    expect(warned("two-way", "lee-yu")).toEqual([])
    expect(warned("pooled", "none")).toEqual([])
    const [warning] = warned("two-way", "none")
    expect(warning?.message).toMatch(/make rho too low.*Use correction "lee-yu"/)
    expect(warning?.message).toContain(`is ${weightsTrace(weights.nested).toPrecision(4)} here (2.043 if all 48 entities weighed alike on each other).`)
    expect(warned("individual", "none")[0]?.message).not.toMatch(/rho too low/)
    expect(warned("time", "none")[0]?.message).not.toMatch(/sigma2/)
    expect(warned("two-way", "lee-yu", "demean-then-lag").map(({ code }) => code)).toEqual(["demeaned-before-lagging"])
    expect(warned("individual", "lee-yu", "demean-then-lag")).toEqual([])
  })
  it("tr(WW + W'W) of a complete map of N entities is 2N/(N-1)", () => {
    const complete = rowStandardize(fromPairs(["a", "b", "c", "d"], () => 1))
    expect(weightsTrace(complete)).toBeCloseTo((2 * 4) / 3, 12)
  })
  it("fewer than three entities or two years are a fault", () => {
    const pair = fromPairs(["a", "b"], () => 1)
    const model = { weights: pair, dependent: { name: "y", values: new Float64Array(10) }, regressors: [] }
    expect(() => spatialFrame(spatialSample(model), [pair], "two-way", "lee-yu", "lag-then-demean")).toThrow(/there are 2 and 5/)
  })
})
