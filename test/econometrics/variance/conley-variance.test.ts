import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Coordinates } from "../../../src/econometrics/linear/linear-fit.ts"
import { type FixedEffectsModel, fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { factor } from "../../../src/econometrics/sample/factor.ts"
import { greatCircle } from "../../../src/econometrics/sample/great-circle.ts"
import { nearbyPlaces } from "../../../src/econometrics/variance/nearby-places.ts"
import { nearestSemiDefinite } from "../../../src/econometrics/variance/semi-definite.ts"
import { covariance, type Variance } from "../../../src/econometrics/variance/variance.ts"
import { stream } from "../../../src/stats/random.ts"
import { oracleData } from "../panels.ts"
import { difference, oracle } from "../produc.ts"

const reference = oracle("fixed-effects")

const produc = (unbalanced: boolean) => {
  const r = reference.two_way.produc
  const rows = Array.from({ length: r.n }, (_, row) => row).filter((row) => !unbalanced || (7 * row + 7) % 13 !== 0)
  const data = oracleData(r.file, rows)
  return fixedEffects({
    dependent: data.variable(r.dependent),
    regressors: r.regressors.map(data.variable),
    effects: [data.factor("state"), data.factor("year")],
    coordinates: { latitude: data.variable("latitude").values, longitude: data.variable("longitude").values }
  })
}

describe("Conley's variance agrees with its formula in R", () => {
  it.each(["conley", "conley_unbalanced"])("%s: two kernels, two cutoffs, within periods and pooled, with lags within states", (name) => {
    const r = reference[name]
    const fit = produc(name === "conley_unbalanced")
    const k = fit.slopes
    expect(r.cases.length).toBe(16)
    for (const { cutoff, kernel, lag, periods, covariance: expected } of r.cases) {
      const variance: Variance = {
        kind: "conley",
        cutoff,
        kernel,
        ...(periods === "pooled" ? { pooled: true } : { time: "year" }),
        ...(lag > 0 ? { lag, entity: "state" } : {})
      }
      const { df, matrix, smallSample, warnings } = covariance(fit, variance)
      const repaired = nearestSemiDefinite(Float64Array.from(expected.flat()), k)
      for (let i = 0; i < k; i++)
        for (let j = 0; j < k; j++) {
          const value = repaired === undefined ? expected[i][j] : repaired[i * k + j]
          expect(Math.abs(matrix[i * k + j]! - value) / Math.sqrt(expected[i][i] * expected[j][j])).toBeLessThan(1e-9)
        }
      expect(warnings.map(({ code }) => code)).toEqual(repaired === undefined ? [] : ["variance-not-definite"])
      expect(repaired !== undefined).toBe(kernel === "uniform" && cutoff === 1000 && periods === "pooled")
      if (name === "conley") expect(smallSample.numbers["pairs"]).toBe(r.pairs_within[cutoff] * (periods === "pooled" ? 1 : 17))
      expect(df[0]).toBe(fit.dfResidual)
    }
  })
})

const shapes = fc.record({ seed: fc.integer(), N: fc.integer({ min: 6, max: 12 }), T: fc.integer({ min: 4, max: 6 }) })
const make = ({ N, T, seed }: { seed: number; N: number; T: number }) => {
  const s = stream(seed, 0)
  const cells = Array.from({ length: N * T }, (_, i) => [Math.floor(i / T), i % T] as const)
  const x = Float64Array.from(cells, () => s.normal())
  const places = Array.from({ length: N }, () => [s.uniform() * 8 - 4, s.uniform() * 8 + 176] as const)
  return { s, cells, x, y: x.map((v, i) => v + cells[i]![0] + s.normal()), places }
}
type Made = Omit<ReturnType<typeof make>, "s">
const modelOf = ({ cells, places, x, y }: Made): FixedEffectsModel => ({
  dependent: { name: "y", values: y },
  regressors: [{ name: "x", values: x }],
  effects: [
    factor(
      "entity",
      cells.map(([i]) => i)
    ),
    factor(
      "year",
      cells.map(([, t]) => t)
    )
  ],
  coordinates: {
    latitude: Float64Array.from(cells, ([i]) => places[i]![0]),
    longitude: Float64Array.from(cells, ([i]) => places[i]![1])
  }
})
const matrixOf = (p: Made, variance: Variance) => covariance(fixedEffects(modelOf(p)), variance).matrix

describe("laws of Conley's variance", () => {
  const law = (claim: string, check: (p: ReturnType<typeof make>) => void) =>
    it(claim, () => {
      fc.assert(
        fc.property(shapes, (shape) => check(make(shape))),
        { numRuns: 30 }
      )
    })
  const bartlett = { kind: "conley", cutoff: 400, kernel: "bartlett", time: "year", entity: "entity", lag: 2 } as const
  law("it is the sum over all pairs of rows, weighted or not, places shared by entities, rows missing, time uneven", (p) => {
    const kept = [...p.cells.keys()].filter(() => p.s.uniform() < 0.85)
    const pick = (values: Float64Array) => Float64Array.from(kept, (i) => values[i]!)
    const cells = kept.map((i) => p.cells[i]!)
    // Entities 0 and 1 are at one place, and a year is left out.
    const made: Made = {
      cells: cells.map(([i, t]) => [i, t < 2 ? t : t + 1] as const),
      places: p.places.map((at, i) => (i === 1 ? p.places[0]! : at)),
      x: pick(p.x),
      y: pick(p.y)
    }
    const weights = Float64Array.from(cells, () => 1 + p.s.integer(3))
    for (const kind of ["aweight", "fweight", undefined] as const) {
      const fit = fixedEffects({ ...modelOf(made), ...(kind === undefined ? {} : { weights: { kind, values: weights } }) }, { variance: "iid" })
      if (fit.rows.length < cells.length) return
      for (const kernel of ["uniform", "bartlett"] as const)
        for (const lag of [0, 2, undefined]) {
          const cutoff = 500
          let meat = 0
          const score = (i: number) => fit.design[0]![i]! * fit.residuals[i]! * (kind === undefined ? 1 : weights[i]!)
          for (const [i, [a, s]] of made.cells.entries())
            for (const [j, [b, t]] of made.cells.entries()) {
              const d = greatCircle(made.places[a]![0], made.places[a]![1], made.places[b]![0], made.places[b]![1])
              const near = d > cutoff || (lag !== undefined && s !== t) ? 0 : kernel === "uniform" ? 1 : 1 - d / cutoff
              const serial = lag !== undefined && a === b && s !== t ? Math.max(0, 1 - Math.abs(s - t) / (lag + 1)) : 0
              meat += (near + serial) * score(i) * score(j)
            }
          const expected = fit.bread[0]! ** 2 * meat
          // Where the sum is not positive there is no variance: that is refused elsewhere.
          if (!(expected > 1e-6 * fit.covariance.matrix[0]!)) continue
          const variance: Variance = {
            kind: "conley",
            cutoff,
            kernel,
            ...(lag === undefined ? { pooled: true } : { time: "year" }),
            ...(lag === undefined || lag === 0 ? {} : { lag, entity: "entity" })
          }
          expect(Math.abs(covariance(fit, variance).matrix[0]! - expected)).toBeLessThan(1e-9 * (expected + fit.covariance.matrix[0]!))
        }
    }
  })
  law("the order of rows, the entities' names and whole turns of the globe change nothing", (p) => {
    const order = p.cells
      .map((_, i) => [p.s.word(), i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i)
    const moved = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!)
    const name = (i: number) => (i * 7) % 13
    const places: Array<readonly [number, number]> = []
    for (const [i, [north, east]] of p.places.entries()) places[name(i)] = [north, east > 180 ? east - 360 : east]
    const other = { cells: order.map((i) => [name(p.cells[i]![0]), p.cells[i]![1]] as const), places, x: moved(p.x), y: moved(p.y) }
    expect(difference(matrixOf(other, bartlett), matrixOf(p, bartlett))).toBeLessThan(1e-7)
  })
  law("a regressor in other units has its standard error in these", (p) => {
    expect(
      difference(
        matrixOf({ ...p, x: p.x.map((v) => v / 100) }, bartlett),
        matrixOf(p, bartlett).map((v) => v * 1e4)
      )
    ).toBeLessThan(1e-8)
  })
  law("where no place is near another, it is HC1 without a factor, or pooled, clustered by entity", (p) => {
    const none = { ...p, places: p.places.map((_, i) => [i * 5 - 30, 10] as const) }
    const fit = fixedEffects(modelOf(none))
    const within = covariance(fit, { kind: "conley", cutoff: 100, kernel: "uniform", time: "year" })
    expect(within.warnings.map(({ code }) => code)).toEqual(["no-neighbours"])
    expect(difference(within.matrix, covariance(fit, { kind: "HC1" }, "none").matrix)).toBeLessThan(1e-12)
    const pooled = covariance(fit, { kind: "conley", cutoff: 100, kernel: "bartlett", pooled: true })
    expect(difference(pooled.matrix, covariance(fit, { kind: "cluster", by: ["entity"] }, "none").matrix)).toBeLessThan(1e-12)
  })
})

describe("places within a cutoff", () => {
  it("are those of all pairs whose great-circle distance is at most that, across the date line and around the poles", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(5, 300, 4000, 15_000, 30_000), (seed, cutoff) => {
        const s = stream(seed, 0)
        const n = 30
        const spread = cutoff < 100 ? 0.05 : 1
        const at: Coordinates = {
          latitude: Float64Array.from({ length: n }, () => 90 * (1 - spread * s.uniform() * (s.uniform() < 0.5 ? 1 : 1.9))),
          longitude: Float64Array.from({ length: n }, () => 360 * s.uniform() - 180)
        }
        const places = Array.from({ length: n - 5 }, (_, i) => (i * 7) % n)
        const found = new Map<string, number>()
        nearbyPlaces(at, places, cutoff, (i, j, d) => {
          expect(found.has(`${i} ${j}`) || found.has(`${j} ${i}`)).toBe(false)
          found.set(`${Math.min(i, j)} ${Math.max(i, j)}`, d)
        })
        for (const [i, a] of places.entries())
          for (const [j, b] of places.entries()) {
            if (i >= j) continue
            const distance = greatCircle(at.latitude[a]!, at.longitude[a]!, at.latitude[b]!, at.longitude[b]!)
            const d = found.get(`${i} ${j}`)
            expect(d !== undefined).toBe(distance <= cutoff)
            // At the antipode the arc sine itself keeps half the digits.
            if (d !== undefined) expect(Math.abs(d - distance)).toBeLessThan(distance > 19_900 ? 1e-2 : 1e-7)
          }
      }),
      { numRuns: 50 }
    )
  })
  it("are found among a hundred thousand without looking at all pairs", () => {
    const s = stream(9, 0)
    const n = 100_000
    const at: Coordinates = {
      latitude: Float64Array.from({ length: n }, () => 20 + 30 * s.uniform()),
      longitude: Float64Array.from({ length: n }, () => 75 + 50 * s.uniform())
    }
    let pairs = 0
    nearbyPlaces(
      at,
      Int32Array.from({ length: n }, (_, i) => i),
      5,
      () => pairs++
    )
    expect(pairs).toBeGreaterThan(10_000)
  })
})

describe("what Conley's variance refuses, all together", () => {
  const p = make({ seed: 1, N: 6, T: 4 })
  it("a variance that comes out negative, with what to do", () => {
    // Three places in a row, the outer ones too far apart: the uniform kernel is not positive semi-definite.
    const refused = Array.from({ length: 200 }, (_, seed) => {
      const one = make({ seed, N: 6, T: 4 })
      try {
        covariance(fixedEffects(modelOf({ ...one, places: one.places.map((_, i) => [0, i] as const) })), {
          kind: "conley",
          cutoff: 120,
          kernel: "uniform",
          time: "year"
        })
        return ""
      } catch (error) {
        return (error as Error).message
      }
    }).filter((message) => message !== "")
    expect(refused.length).toBeGreaterThan(0)
    for (const message of refused) expect(message).toMatch(/x has no standard error: the variance came out negative or nothing; take the Bartlett kernel/)
  })
  it("options that are missing or do not go together, and rows without a place", () => {
    const given = modelOf(p)
    const { coordinates: at, ...bare } = given
    const lost = { latitude: at!.latitude.map((v, i) => (i === 2 || i === 4 ? Number.NaN : v)), longitude: at!.longitude }
    const fit = fixedEffects({ ...given, coordinates: lost })
    expect(() => covariance(fit, { kind: "conley", cutoff: -1, kernel: "uniform", lag: 2 })).toThrow(
      /a cutoff of -1.*which rows can depend.*name the factor that is `entity`; .*name the factor that is `time`; 2 rows have no place: row 3 of the sample has latitude NaN/
    )
    expect(() => covariance(fixedEffects(bare), { kind: "conley", cutoff: 10, kernel: "uniform", time: "month", pooled: true })).toThrow(
      /no factor month to take as time; it has entity, year; .*leave one out; the model has no coordinates/
    )
  })
  it("a lag in time that is text", () => {
    const given = modelOf(p)
    const fit = fixedEffects({
      ...given,
      groups: [
        factor(
          "season",
          p.cells.map(([, t]) => `s${t}`)
        )
      ]
    })
    expect(() => covariance(fit, { kind: "conley", cutoff: 10, kernel: "uniform", time: "season", entity: "entity", lag: 1 })).toThrow(
      /season has texts \(s0\)/
    )
  })
})
