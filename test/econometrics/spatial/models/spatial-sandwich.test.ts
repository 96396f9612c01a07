import { describe, expect, it } from "vitest"
import { spatialSolver } from "../../../../src/econometrics/spatial/determinant/spatial-solver.ts"
import { rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../../../../src/stats/random.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf } from "../fit-of.ts"
import { cigar } from "../spatial-data.ts"

/** y = .4 W y + x + entity + year + e over the 46 states and six years, e by `error` of its entity. */
const draw = (replicate: number, error: (i: number, normal: () => number) => number) => {
  const w = rowStandardize(cigar().binary)
  const random = stream(77, replicate)
  const normal = () => random.normal()
  const [size, periods] = [46, 6]
  const x = Float64Array.from({ length: size * periods }, normal)
  const own = Float64Array.from({ length: size }, normal)
  const mean = x.map((value, at) => value + 3 * own[Math.floor(at / periods)]! + (at % periods) + error(Math.floor(at / periods), normal))
  return { w, columns: { dependent: spatialSolver(w.matrix, 0.4).solve(mean, periods), regressors: [x], names: ["x"] } }
}

describe("variances clustered by entity", () => {
  it("come near the information matrix's where errors are independent and alike, for every parameter; sums of scores do not for rho", () => {
    const ratios = { cluster: [0, 0, 0, 0], "cluster-scores": [0, 0, 0, 0] }
    const draws = 60
    for (let r = 0; r < draws; r++) {
      const { columns, w } = draw(r, (_, normal) => normal())
      for (const specification of ["sar", "sem"] as const) {
        const expected = fitOf(w, columns, specification)
        for (const variance of ["cluster", "cluster-scores"] as const) {
          const { inference } = fitOf(w, columns, specification, { variance })
          const at = specification === "sar" ? 0 : 2
          ratios[variance][at]! += (inference.stdError[0]! / expected.inference.stdError[0]!) ** 2 / draws
          ratios[variance][at + 1]! += (inference.stdError[1]! / expected.inference.stdError[1]!) ** 2 / draws
        }
      }
    }
    for (const ratio of ratios.cluster) expect(Math.abs(ratio - 1)).toBeLessThan(0.12)
    expect(ratios["cluster-scores"][3]).toBeLessThan(0.8)
  })
  it("are larger where the errors' variances differ with the regressor over entities", () => {
    const { columns, w } = draw(1, (i, normal) => (i < 8 ? 4 : 0.3) * normal())
    const heavy = { ...columns, regressors: [columns.regressors[0]!.map((value, at) => (at < 48 ? 3 : 0.5) * value)] }
    const [plain, robust] = (["expected", "cluster"] as const).map((variance) => fitOf(w, heavy, "sar", { variance }).inference.stdError[0]!)
    expect(robust!).toBeGreaterThan(1.3 * plain!)
  })
  it("scale with y, and say what they are", () => {
    const [one, ten] = [1, 10].map((factor) =>
      fitOf(weights.contiguity, { ...production, dependent: production.dependent.map((y) => factor * y) }, "sdm", { variance: "cluster" })
    )
    one!.inference.stdError.forEach((error, i) => {
      const unit = i < 8 ? 10 : i === 8 ? 1 : 100
      expect(ten!.inference.stdError[i]! / (unit * error)).toBeCloseTo(1, 6)
    })
    expect(one!.variance).toEqual({ kind: "cluster", description: "clustered by entity, robust scores" })
  })
})
