import { describe, expect, it } from "vitest"
import { spatialSolver } from "../../../../src/econometrics/spatial/determinant/spatial-solver.ts"
import { spatialDynamic } from "../../../../src/econometrics/spatial/dynamic/spatial-dynamic.ts"
import { spatialRandomEffects } from "../../../../src/econometrics/spatial/random/spatial-random-effects.ts"
import { spatialLag } from "../../../../src/econometrics/spatial/weights/spatial-lag.ts"
import { fromRows, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { stream } from "../../../../src/stats/random.ts"

/** A square lattice of 26 x 26 places, neighbours by their sides: more than dense matrices are taken for. */
const side = 26
const n = side * side
const weights = rowStandardize(
  fromRows(
    Array.from({ length: n }, (_, i) => `${i}`),
    (i) => {
      const columns = [i - side, i + side, ...(i % side === 0 ? [] : [i - 1]), ...(i % side === side - 1 ? [] : [i + 1])].filter((j) => j >= 0 && j < n)
      return { columns, values: columns.map(() => 1) }
    }
  )
)
const normals = (random: { readonly normal: () => number }, count: number) => Float64Array.from({ length: count }, () => random.normal())
const near = (estimates: ArrayLike<number>, errors: ArrayLike<number>, truths: ReadonlyArray<number>) =>
  truths.forEach((truth, i) => {
    expect(Math.abs(estimates[i]! - truth)).toBeLessThan(4 * errors[i]!)
  })

describe("spatial panels of many entities", () => {
  it("have random effects without dense matrices: the truth within four standard errors, both informations alike", () => {
    const T = 3
    const random = stream(11, 0)
    const x = normals(random, n * T)
    const own = normals(random, n)
    const filter = spatialSolver(weights.matrix, 0.4)
    const e = normals(random, n * T)
    for (const errors of ["kapoor-kelejian-prucha", "baltagi-song-koh"] as const) {
      const entity = errors === "baltagi-song-koh" ? own : filter.solve(own)
      const filtered = filter.solve(e, T)
      const y = x.map((value, at) => 1 + value + entity[Math.floor(at / T)]! + filtered[at]!)
      const model = { weights, dependent: { name: "y", values: y }, regressors: [{ name: "x", values: x }] }
      const fit = spatialRandomEffects(model, { specification: "sem", errors, yearDummies: false })
      expect(fit.variance.kind).toBe(errors === "baltagi-song-koh" ? "observed" : "expected")
      near(fit.estimates, fit.inference.stdError, [1, 1, 0.4, 1, 1])
      if (errors === "kapoor-kelejian-prucha") {
        const observed = spatialRandomEffects(model, { specification: "sem", errors, yearDummies: false, variance: "observed" })
        for (const [i, error] of observed.inference.stdError.entries()) expect(Math.abs(error / fit.inference.stdError[i]! - 1)).toBeLessThan(0.05)
      }
    }
  })
  it("are dynamic: the truth within four standard errors", () => {
    const [T, before] = [6, 30]
    const random = stream(12, 0)
    const own = normals(random, n)
    const { solve } = spatialSolver(weights.matrix, 0.3)
    const [y, x] = [new Float64Array(n * T), new Float64Array(n * T)]
    let last: Float64Array = new Float64Array(n)
    for (let t = -before; t < T; t++) {
      const now = normals(random, n)
      const lagged = spatialLag(weights, last)
      last = solve(last.map((value, i) => 0.4 * value + 0.1 * lagged[i]! + now[i]! + own[i]! + random.normal()))
      if (t < 0) continue
      for (let i = 0; i < n; i++) {
        y[i * T + t] = last[i]!
        x[i * T + t] = now[i]!
      }
    }
    const model = { weights, dependent: { name: "y", values: y }, regressors: [{ name: "x", values: x }] }
    const fit = spatialDynamic(model, { specification: "sar" })
    // What is left of the bias is of order 1/T^2, and of several standard errors with so many entities and so few years.
    expect(fit.estimates[0]).toBeCloseTo(0.4, 1)
    expect(fit.uncorrected.estimates[0]).toBeLessThan(0.32)
    near(fit.estimates.slice(1, 4), fit.inference.stdError.slice(1, 4), [0.1, 1, 0.3])
    expect(fit.stability.radius).toBeLessThan(1)
    expect(fit.stability.radius).toBeCloseTo((fit.estimates[0]! + fit.estimates[1]!) / (1 - fit.estimates[3]!), 9)
  })
})
