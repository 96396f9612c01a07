import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { RowWeights } from "../../../src/econometrics/linear/linear-fit.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { factor } from "../../../src/econometrics/sample/factor.ts"
import type { SmallSample } from "../../../src/econometrics/variance/small-sample.ts"
import { covariance } from "../../../src/econometrics/variance/variance.ts"
import { stream } from "../../../src/stats/random.ts"
import { oracleData } from "../panels.ts"
import { difference, oracle } from "../produc.ts"

const reference = oracle("fixed-effects")

const sampleOf = (name: string, unbalanced: boolean) => {
  const r = reference[unbalanced ? "unbalanced" : "two_way"][name]
  const all = oracleData(r.file)
  const data = unbalanced
    ? oracleData(
        r.file,
        Array.from({ length: all.rows }, (_, row) => row).filter((row) => (7 * row + 7) % 13 !== 0)
      )
    : all
  const fit = fixedEffects({
    dependent: data.variable(r.dependent),
    regressors: r.regressors.map(data.variable),
    effects: [data.factor(r.entity), data.factor(r.year)]
  })
  return { r, fit }
}

describe("Driscoll and Kraay's variance agrees with plm's vcovSCC and, by formula, with xtscc and fixest", () => {
  it.each([
    ...["produc", "grunfeld", "empluk", "cigar", "fatalities", "petersen"].map((name) => ({ name, unbalanced: false })),
    ...["produc", "grunfeld", "cigar"].map((name) => ({ name, unbalanced: true }))
  ])("$name, rows left out: $unbalanced", ({ name, unbalanced }) => {
    const { fit, r } = sampleOf(name, unbalanced)
    expect(r.driscoll_kraay.length).toBe(4)
    for (const one of r.driscoll_kraay) {
      const variance = { kind: "driscoll-kraay", time: r.year, lag: one.lag } as const
      const { matrix } = covariance(fit, variance, "none")
      const k = fit.slopes
      for (let i = 0; i < k; i++)
        for (let j = 0; j < k; j++)
          expect(Math.abs(matrix[i * k + j]! - one.covariance[i][j]) / Math.sqrt(one.covariance[i][i] * one.covariance[j][j])).toBeLessThan(1e-9)
      const conventions: ReadonlyArray<readonly [string, SmallSample]> = [
        ["plm_hc0", "none"],
        ["plm_sss", "plm"],
        ["xtscc", "xtreg"],
        ["fixest", "reghdfe"]
      ]
      for (const [named, convention] of conventions) {
        const expected = one.conventions[named]
        const found = covariance(fit, variance, convention)
        expect(difference([found.smallSample.value], [expected.factor])).toBeLessThan(1e-12)
        if (expected.K !== undefined) expect(found.smallSample.numbers["K"]).toBe(expected.K)
        expect(
          difference(
            Array.from({ length: k }, (_, j) => Math.sqrt(found.matrix[j * k + j]!)),
            expected.se
          )
        ).toBeLessThan(1e-9)
        expect(found.df.every((df) => df === r.years - 1)).toBe(true)
      }
    }
  })
  it("takes floor(T^(1/4)) lags where none is given, and says so", () => {
    const { fit, r } = sampleOf("produc", false)
    const found = covariance(fit, { kind: "driscoll-kraay", time: "year" }, "plm")
    expect([found.name, found.smallSample.numbers["L"]]).toEqual(["Driscoll-Kraay over year, lag 2", 2])
    expect(difference([Math.sqrt(found.matrix[0]!)], [r.driscoll_kraay[2].conventions.plm_sss.se[0]])).toBeLessThan(1e-9)
    expect(found.warnings.map(({ code }) => code)).toEqual(["few-periods"])
  })
})

const shapes = fc.record({ seed: fc.integer(), N: fc.integer({ min: 4, max: 8 }), T: fc.integer({ min: 5, max: 9 }), lag: fc.integer({ min: 0, max: 4 }) })
const make = ({ N, seed, T }: { seed: number; N: number; T: number }) => {
  const s = stream(seed, 0)
  const cells = Array.from({ length: N * T }, (_, i) => [Math.floor(i / T), i % T] as const)
  const x = Float64Array.from(cells, () => s.normal())
  return { s, cells, x, y: x.map((v, i) => v + cells[i]![0] + s.normal()) }
}
const fitOf = (cells: ReadonlyArray<readonly [number, number]>, x: Float64Array, y: Float64Array, weights?: RowWeights) =>
  fixedEffects({
    weights,
    dependent: { name: "y", values: y },
    regressors: [{ name: "x", values: x }],
    effects: [
      factor(
        "entity",
        cells.map(([i]) => i)
      )
    ],
    groups: [
      factor(
        "year",
        cells.map(([, t]) => t)
      )
    ]
  })

describe("laws of Driscoll and Kraay's variance", () => {
  const law = (claim: string, check: (p: ReturnType<typeof make>, lag: number) => void) =>
    it(claim, () => {
      fc.assert(
        fc.property(shapes, ({ lag, ...shape }) => check(make(shape), lag)),
        { numRuns: 30 }
      )
    })
  const of = (fit: ReturnType<typeof fitOf>, lag: number) => covariance(fit, { kind: "driscoll-kraay", time: "year", lag }).matrix
  law("it is the sum over all pairs of rows at most so many periods apart, weighted or not", (p, lag) => {
    const weights = Float64Array.from(p.cells, () => 1 + p.s.integer(3))
    for (const kind of ["aweight", "fweight", undefined] as const) {
      const { covariance: own, ...fit } = fitOf(p.cells, p.x, p.y, kind === undefined ? undefined : { kind, values: weights })
      const score = (i: number) => fit.design[0]![i]! * fit.residuals[i]! * (kind === undefined ? 1 : weights[i]!)
      let meat = 0
      for (const [i, [, s]] of p.cells.entries())
        for (const [j, [, t]] of p.cells.entries()) meat += Math.max(0, 1 - Math.abs(s - t) / (lag + 1)) * score(i) * score(j)
      const found = covariance(fit, { kind: "driscoll-kraay", time: "year", lag }, "none").matrix[0]!
      expect(Math.abs(found - fit.bread[0]! ** 2 * meat)).toBeLessThan(1e-10 * (found + own.matrix[0]!))
    }
  })
  law("the order of rows, the entities' names and the direction of time change nothing", (p, lag) => {
    const order = p.cells
      .map((_, i) => [p.s.word(), i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i)
    const moved = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!)
    const other = fitOf(
      order.map((i) => [(p.cells[i]![0] * 7) % 11, 3 - p.cells[i]![1]] as const),
      moved(p.x),
      moved(p.y)
    )
    expect(difference(of(other, lag), of(fitOf(p.cells, p.x, p.y), lag))).toBeLessThan(1e-8)
  })
  law("a regressor in other units has its standard error in these", (p, lag) => {
    const scaled = fitOf(
      p.cells,
      p.x.map((v) => 100 * v),
      p.y
    )
    expect(difference([of(scaled, lag)[0]! * 1e4], [of(fitOf(p.cells, p.x, p.y), lag)[0]!])).toBeLessThan(1e-9)
  })
  law("without lags it is the variance clustered by time", (p) => {
    const fit = fitOf(p.cells, p.x, p.y)
    for (const convention of ["none", "plm", "areg", "reghdfe"] as const)
      expect(
        difference(
          covariance(fit, { kind: "driscoll-kraay", time: "year", lag: 0 }, convention).matrix,
          covariance(fit, { kind: "cluster", by: ["year"] }, convention).matrix
        )
      ).toBeLessThan(1e-12)
  })
})

describe("what Driscoll and Kraay's variance tells and refuses", () => {
  const { cells, x, y } = make({ seed: 1, N: 5, T: 8 })
  const fit = fitOf(cells, x, y)
  it.each([-1, 1.5, 8, Number.NaN])("a lag of %d", (lag) => {
    expect(() => covariance(fit, { kind: "driscoll-kraay", time: "year", lag })).toThrow(/whole number from 0 to 7, year having 8 periods/)
  })
  it("an unknown factor", () => {
    expect(() => covariance(fit, { kind: "driscoll-kraay", time: "month" })).toThrow(/no factor month to take as time; it has entity, year/)
  })
  it("periods that are not evenly spaced are told where lags are counted", () => {
    const gapped = fitOf(
      cells.map(([i, t]) => [i, t < 4 ? t : t + 3] as const),
      x,
      y
    )
    const codes = (lag: number) => covariance(gapped, { kind: "driscoll-kraay", time: "year", lag }).warnings.map(({ code }) => code)
    expect([codes(0), codes(1)]).toEqual([["few-periods"], ["few-periods", "uneven-periods"]])
    expect(covariance(gapped, { kind: "driscoll-kraay", time: "year", lag: 1 }).warnings[1]!.message).toContain("3 is followed by 7")
  })
  it("scores that cancel in every period", () => {
    const two = make({ seed: 2, N: 6, T: 2 })
    const both = fixedEffects({
      dependent: { name: "y", values: two.y },
      regressors: [{ name: "x", values: two.x }],
      effects: [
        factor(
          "entity",
          two.cells.map(([i]) => i)
        ),
        factor(
          "year",
          two.cells.map(([, t]) => t)
        )
      ]
    })
    expect(() => covariance(both, { kind: "driscoll-kraay", time: "year", lag: 0 })).toThrow(/sum to zero in every period/)
  })
})
