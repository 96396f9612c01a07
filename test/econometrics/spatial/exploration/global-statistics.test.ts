import { describe, expect, it } from "vitest"
import { geary } from "../../../../src/econometrics/spatial/exploration/geary.ts"
import { generalG } from "../../../../src/econometrics/spatial/exploration/general-g.ts"
import type { GlobalTest } from "../../../../src/econometrics/spatial/exploration/global-test.ts"
import { moran } from "../../../../src/econometrics/spatial/exploration/moran.ts"
import { weightSums } from "../../../../src/econometrics/spatial/exploration/weight-sums.ts"
import { residualMoran } from "../../../../src/econometrics/spatial/tests/residual-moran.ts"
import { denseWeights, fromPairs, rowStandardize, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { cigar } from "../spatial-data.ts"
import { expectClose } from "../spatial-oracle.ts"
import { small } from "../spatial-small.ts"
import { boston, columbus, islandWeights, oracle, type Row, type Style } from "./exploration-oracle.ts"

const STYLES: ReadonlyArray<Style> = ["W", "B"]
type Reference = Readonly<Record<"randomisation" | "normality", Row>>
const expectTest = (greater: GlobalTest, twoSided: GlobalTest, reference: Reference) => {
  for (const under of ["randomisation", "normality"] as const) {
    const found = [greater.statistic, greater.expected, greater[under].variance, greater[under].z, greater[under].pValue, twoSided[under].pValue]
    expectClose(found, reference[under], 1e-9)
  }
}

const modelOf = (weights: WeightsMatrix, dependent: Float64Array, regressors: ReadonlyArray<Float64Array>) => ({
  weights,
  dependent: { name: "y", values: dependent },
  regressors: regressors.map((values, k) => ({ name: `x${k}`, values }))
})

describe("global statistics against spdep", () => {
  for (const style of STYLES)
    for (const [name, data, reference] of [
      ["columbus", columbus, oracle.columbus],
      ["boston", boston, oracle.boston]
    ] as const)
      it(`Moran's I and Geary's C of ${name}, style ${style}, under both variances, one- and two-sided`, () => {
        const w = data.weights[style]
        expectTest(moran(w, data.x, "x"), moran(w, data.x, "x", "two-sided"), reference[style].moran)
        expectTest(geary(w, data.x, "x"), geary(w, data.x, "x", "two-sided"), reference[style].geary)
      })
  it("the general G with binary weights", () => {
    for (const [data, reference] of [
      [columbus, oracle.columbus.global_g],
      [boston, oracle.boston.global_g]
    ] as const) {
      const found = generalG(data.weights.B, data.x, "x")
      const twoSided = generalG(data.weights.B, data.x, "x", "two-sided").pValue
      expectClose([found.statistic, found.expected, found.variance, found.z, found.pValue, twoSided], reference, 1e-9)
    }
  })
  it("islands: counted and not", () => {
    for (const style of STYLES) {
      const w = islandWeights[style]
      for (const [policy, reference] of [
        ["uncounted", oracle.islands.adjusted],
        ["counted", oracle.islands.unadjusted]
      ] as const) {
        const sums = weightSums(w, policy)
        expectTest(moran(w, columbus.x, "x", "greater", sums), moran(w, columbus.x, "x", "two-sided", sums), reference[style].moran)
        const c = geary(w, columbus.x, "x", "greater", sums)
        expectClose([c.statistic], [reference[style].geary.normality[0]], 1e-9)
        // Where islands are not counted, spdep mixes the two N in the variance of C.
        if (policy === "counted") expectTest(c, geary(w, columbus.x, "x", "two-sided", sums), reference[style].geary)
      }
    }
  })
  it("islands that are refused are named together", () => {
    expect(() => moran(islandWeights.W, columbus.x, "crime")).toThrow(/no neighbour in the weights: 4, 18; .* islands to "uncounted" or "counted"/)
  })
  it("residuals of least squares: exact expectation and variance", () => {
    for (const [w, y, regressors, reference] of [
      [columbus.weights.W, columbus.x, columbus.regressors, oracle.columbus.residuals],
      [boston.weights.W, boston.columns.dependent, boston.columns.regressors, oracle.boston.residuals]
    ] as const) {
      const found = residualMoran(modelOf(w, y, regressors))
      const twoSided = residualMoran(modelOf(w, y, regressors), { alternative: "two-sided" }).pValue
      expectClose([found.statistic, found.expected, found.variance, found.z, found.pValue, twoSided], reference, 1e-9)
    }
  })
  it("residuals of a pooled panel are those of the block-diagonal weights of all years", () => {
    const { data, entities: n, periods, weights } = small
    const dense = denseWeights(weights)
    const stacked = fromPairs(
      Array.from({ length: n * periods }, (_, at) => String(at)),
      (i, j) => (i % periods === j % periods ? dense[Math.floor(i / periods) * n + Math.floor(j / periods)]! : 0)
    )
    const pooled = residualMoran(modelOf(weights, data.dependent, data.regressors))
    const whole = residualMoran(modelOf(stacked, data.dependent, data.regressors))
    for (const key of ["statistic", "expected", "variance", "z", "pValue"] as const) expectClose([pooled[key]], [whole[key]], 1e-9)
  })
  it("by year: log sales of the 46 states", () => {
    const { binary, columns } = cigar()
    const w = rowStandardize(binary)
    const { years, rows } = oracle.by_year
    const sums = weightSums(w)
    for (const [t, row] of rows.entries()) {
      const x = Float64Array.from(binary.entities, (_, i) => columns.dependent[i * years.length + t]!)
      const { expected, normality: n, randomisation: r, statistic } = moran(w, x, "sales", "greater", sums)
      expectClose([statistic, expected, r.variance, r.z, r.pValue, n.variance, n.z, n.pValue], row, 1e-9)
    }
  })
})
