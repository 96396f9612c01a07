import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import { spatialDynamic } from "../../../../src/econometrics/spatial/dynamic/spatial-dynamic.ts"
import { spatialMl } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import { spatialRandomEffects } from "../../../../src/econometrics/spatial/random/spatial-random-effects.ts"
import { fromRows, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../../../../src/stats/random.ts"
import { modelOf } from "../fit-of.ts"
import { cigar, columbus } from "../spatial-data.ts"

const { binary, columns } = columbus()
const city = { columns, weights: rowStandardize(binary) }
const states = cigar()

const told = ({ warnings }: { readonly warnings: ReadonlyArray<{ readonly code: string; readonly message: string }> }) =>
  warnings.filter(({ code }) => code === "approximate-determinant").map(({ message }) => message)

describe("an approximate determinant", () => {
  it("is told with what it may be off by at the estimate", () => {
    const fit = spatialMl(modelOf(city.weights, city.columns), { specification: "sar", determinant: "monte-carlo" })
    const rho = fit.estimates[fit.terms.indexOf("rho")]!
    const off = determinant(city.weights.matrix, { method: "monte-carlo" }).error!(rho).toPrecision(2)
    expect(told(fit)).toEqual([
      expect.stringContaining(`determinant "monte-carlo" is an approximation: at rho = ${rho.toPrecision(4)} it may be off by ${off}, and lnL as much`)
    ])
    expect(
      told(spatialMl(modelOf(city.weights, city.columns), { specification: "sac", determinant: "monte-carlo" })).map((text) => /at (\w+)/.exec(text)![1])
    ).toEqual(["rho", "lambda"])
    expect(told(spatialMl(modelOf(city.weights, city.columns), { specification: "sar", determinant: "sparse" }))).toEqual([])
  })
  it("counts as often as there are years that the likelihood counts", () => {
    const model = modelOf(rowStandardize(states.binary), states.columns)
    const options = { specification: "sar", determinant: "monte-carlo" } as const
    expect(told(spatialMl(model, options))).toEqual([expect.stringContaining("as it counts 29 times")])
    expect(told(spatialRandomEffects(model, options))).toEqual([expect.stringContaining("as it counts 30 times")])
    expect(told(spatialDynamic(model, options))).toEqual([expect.stringContaining("as it counts 29 times")])
  })
  it("comes of itself with many entities whose links are neither few nor near, with traces that say how they were estimated", () => {
    const size = 9000
    const random = stream(1, 0)
    const draws = () => Float64Array.from({ length: size }, () => random.normal())
    const scattered = fromRows(
      Array.from({ length: size }, (_, i) => `${i}`),
      (i) => {
        const others = new Set<number>()
        while (others.size < 8) others.add((i + 1 + Math.floor(random.uniform() * (size - 1))) % size)
        const columns = [...others].sort((a, b) => a - b)
        return { columns, values: columns.map(() => 1 / 8) }
      }
    )
    const x = draws()
    const e = draws()
    const model = { weights: scattered, dependent: { name: "y", values: x.map((value, i) => value + e[i]!) }, regressors: [{ name: "x", values: x }] }
    const fit = spatialMl(model, { specification: "sar" })
    expect(fit.variance.description).toBe("information matrix, traces by Hutchinson's estimate, 30 draws")
    expect(told(fit)).toHaveLength(1)
    expect(Math.abs(fit.estimates[2]! / fit.inference.stdError[2]!)).toBeLessThan(4)
  })
})
