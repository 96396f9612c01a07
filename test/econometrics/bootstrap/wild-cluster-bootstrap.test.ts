import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { wildClusterBootstrap } from "../../../src/econometrics/bootstrap/wild-cluster-bootstrap.ts"
import { wildDrawer, wildScores, wildStatistic } from "../../../src/econometrics/bootstrap/wild-scores.ts"
import { enumeratedDraw, randomDraw } from "../../../src/econometrics/bootstrap/wild-weights.ts"
import { type FixedEffectsFit, type FixedEffectsModel, fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { within } from "../../../src/econometrics/regression/within.ts"
import { factor } from "../../../src/econometrics/sample/factor.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { covariance } from "../../../src/econometrics/variance/variance.ts"
import { stream } from "../../../src/stats/random.ts"
import { oracleData } from "../panels.ts"
import { difference, oracle } from "../produc.ts"

const reference = oracle("wild-bootstrap")

const dataOf = (states: ReadonlyArray<string> | undefined, holes: boolean) => {
  const all = oracleData(reference.file)
  const state = all.text("state")
  return oracleData(
    reference.file,
    Array.from({ length: all.rows }, (_, row) => row).filter(
      (row) => (states === undefined || states.includes(state[row]!)) && !(holes && (7 * row + 7) % 13 === 0)
    )
  )
}
const fitOf = (data: ReturnType<typeof oracleData>): FixedEffectsFit =>
  fixedEffects({
    dependent: data.variable(reference.dependent),
    regressors: reference.regressors.map(data.variable),
    effects: reference.effects.map(data.factor)
  })

describe("the wild cluster bootstrap agrees with full enumeration in R", () => {
  it.each(Object.keys(reference.cases))("%s: p-values at two nulls, ties, the smallest p, confidence sets", (name) => {
    const r = reference.cases[name]
    const fit = fitOf(dataOf(r.states, name.endsWith("_unbalanced")))
    expect(fit.nobs).toBe(r.n)
    for (const slope of r.slopes)
      for (const weights of ["rademacher", "webb"] as const) {
        const expected = slope[weights]
        if (expected === undefined) continue
        const common = { term: slope.regressor, wildWeights: weights, seed: 1, replicates: 9999 }
        for (const [value, p] of [
          [0, expected.zero],
          [expected.half_se_above.null, expected.half_se_above]
        ]) {
          const strict = wildClusterBootstrap(fit, { ...common, value, ties: "strict", confidenceSet: false })
          const counted = wildClusterBootstrap(fit, { ...common, value, confidenceSet: false })
          const half = wildClusterBootstrap(fit, { ...common, value, ties: "half", confidenceSet: false })
          expect([strict.enumerated, strict.replicates, strict.above, strict.tied]).toEqual([true, p.draws, p.larger, p.ties])
          expect(strict.pValue).toBeCloseTo(p.p_strict, 12)
          expect(counted.pValue).toBeCloseTo(p.p_ties, 12)
          expect(half.pValue).toBeCloseTo((p.p_strict + p.p_ties) / 2, 12)
          expect(strict.pValueEqualTailed).toBeCloseTo(p.p_equal_tailed_strict, 12)
          expect(counted.pValueEqualTailed).toBeCloseTo(Math.min(1, (2 * (Math.min(p.lower, p.upper) + p.ties_signed)) / p.draws), 12)
          expect([counted.smallestPValue, strict.smallestPValue]).toEqual([expect.closeTo(expected.smallest_p_ties, 12), expected.smallest_p_strict])
          if (value === 0) expect(difference([counted.statistic], [slope.t_xtreg])).toBeLessThan(1e-9)
        }
        for (const [ties, set] of [
          ["strict", expected.set_strict],
          ["counted", expected.set_ties]
        ] as const) {
          if (set === undefined) continue
          const { confidenceSet } = wildClusterBootstrap(fit, { ...common, ties })
          expect(confidenceSet!.kind).toBe(set.kind)
          const bounds = confidenceSet!.intervals.flat().filter(Number.isFinite)
          expect(bounds.length).toBe(set.bounds.length)
          // In standard errors: R finds bounds to its tolerance of ties.
          for (const [i, bound] of bounds.entries()) expect(Math.abs(bound - set.bounds[i]) / slope.se_xtreg).toBeLessThan(1e-7)
        }
      }
  })
  it("draws that are given: p-values and the first t* of 48 states, xtreg's factor", () => {
    const r = reference.given
    const data = dataOf(undefined, false)
    const fit = fitOf(data)
    const cluster = fit.groups[0]!
    // The oracle numbers clusters in the order of the file.
    const order = [...new Set(data.text("state"))].map((state) => cluster.labels.indexOf(state))
    const factorOf = covariance(fit, { kind: "cluster", by: ["state"] }).smallSample.value
    for (const [j, slope] of r.slopes.entries())
      for (const weights of ["rademacher", "webb"] as const) {
        const scores = wildScores(fit, j, cluster)
        const draw = wildDrawer(scores)
        const z = -scores.estimate / scores.standardError
        let s = 12_345
        let larger = 0
        const first: Array<number> = []
        for (let b = 0; b < r.draws; b++) {
          const v = new Float64Array(r.clusters)
          for (let g = 0; g < r.clusters; g++) {
            s = Number((16_807n * BigInt(s)) % 2_147_483_647n)
            const webb = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)]
            v[order[g]!] = weights === "rademacher" ? (s > 2 ** 30 ? 1 : -1) : webb[Math.floor((6 * s) / 2_147_483_647)]!
          }
          const t = wildStatistic(draw(v), z)
          if (b < 5) first.push(t / Math.sqrt(factorOf))
          if (Math.abs(t) > Math.abs(z)) larger++
        }
        expect(larger).toBe(slope[weights].zero.larger)
        expect(difference(first, slope[weights].first_t)).toBeLessThan(1e-9)
      }
  })
})

/** A panel of few clusters. */
const panel = (seed: number, N: number, T: number) => {
  const s = stream(seed, 0)
  const cells = Array.from({ length: N * T }, (_, i) => [Math.floor(i / T), i % T] as const).filter(() => s.uniform() > 0.05)
  const x = Float64Array.from(cells, () => s.normal())
  const z = Float64Array.from(cells, () => s.normal())
  const weights = Float64Array.from(cells, () => 0.5 + s.uniform())
  return { s, cells, x, z, weights, y: x.map((v, i) => 0.3 * v - z[i]! + cells[i]![0] + s.normal()) }
}
type Panel = Omit<ReturnType<typeof panel>, "s">
const modelOf = ({ cells, weights, x, y, z }: Panel, label: (i: number) => number | string = (i) => i): FixedEffectsModel => ({
  dependent: { name: "y", values: y },
  regressors: [
    { name: "x", values: x },
    { name: "z", values: z }
  ],
  effects: [
    factor("entity", cells.map(([i]) => label(i)) as Array<string>),
    factor(
      "year",
      cells.map(([, t]) => t)
    )
  ],
  weights: { kind: "aweight", values: weights }
})
const shapes = fc.record({ seed: fc.integer(), N: fc.integer({ min: 4, max: 7 }), T: fc.integer({ min: 5, max: 8 }) })
const law = (claim: string, check: (p: ReturnType<typeof panel>) => void, numRuns = 20) =>
  it(claim, () => {
    fc.assert(
      fc.property(shapes, ({ N, seed, T }) => check(panel(seed, N, T))),
      { numRuns }
    )
  })

describe("laws of the wild cluster bootstrap", () => {
  law("t* is that of a regression of y*, effects absorbed anew, weighted or not", (p) => {
    for (const weighted of [true, false]) {
      const { weights, ...rest } = modelOf(p)
      const model: FixedEffectsModel = weighted ? { ...rest, weights } : rest
      const fit = fixedEffects(model)
      if (fit.rows.length < p.cells.length) return
      const cluster = fit.groups[0]!
      const value = 0.7
      const without = fixedEffects({
        ...model,
        dependent: { name: "y", values: p.y.map((v, i) => v - value * p.x[i]!) },
        regressors: [model.regressors[1]!]
      })
      const scores = wildScores(fit, 0, cluster)
      const draw = wildDrawer(scores)
      for (const b of [1, 2, 3]) {
        const v = new Float64Array(cluster.levels)
        randomDraw("webb", 4, b, v)
        const star = p.y.map((y, i) => y - without.residuals[i]! + v[cluster.codes[i]!]! * without.residuals[i]!)
        const again = fixedEffects({ ...model, dependent: { name: "y*", values: star } }, { variance: "cluster", smallSample: "none" })
        const t = (again.coefficients[0]! - value) / again.inference.stdError[0]!
        expect(Math.abs(wildStatistic(draw(v), (value - scores.estimate) / scores.standardError) - t)).toBeLessThan(1e-7 * (1 + Math.abs(t)))
      }
    }
  })
  law("the order of rows, the clusters' names and the unit of the regressor change no enumerated p", (p) => {
    const order = p.cells
      .map((_, i) => [p.s.word(), i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i)
    const moved = (values: Float64Array, scale = 1) => Float64Array.from(order, (i) => scale * values[i]!)
    const fit = fixedEffects(modelOf(p))
    const other = fixedEffects(
      modelOf(
        { cells: order.map((i) => p.cells[i]!), x: moved(p.x, 1000), y: moved(p.y), z: moved(p.z), weights: moved(p.weights, 3) },
        (i) => `g${(i * 5) % 9}`
      )
    )
    const options = { term: "x", seed: 1, ties: "counted" } as const
    const [a, b] = [wildClusterBootstrap(fit, options), wildClusterBootstrap(other, options)]
    expect([b.above, b.tied, b.pValue, b.pValueEqualTailed, b.confidenceSet!.kind]).toEqual([
      a.above,
      a.tied,
      a.pValue,
      a.pValueEqualTailed,
      a.confidenceSet!.kind
    ])
    const ends = (intervals: ReadonlyArray<readonly [number, number]>) => intervals.flat().filter(Number.isFinite)
    for (const [i, end] of ends(b.confidenceSet!.intervals).entries()) expect(end * 1000).toBeCloseTo(ends(a.confidenceSet!.intervals)[i]!, 5)
  })
  law("the confidence set is the values that the test does not reject", (p) => {
    const fit = fixedEffects(modelOf(p))
    for (const weights of ["rademacher", "webb"] as const) {
      const common = { term: "x", seed: 5, wildWeights: weights, replicates: 199, level: 0.8 } as const
      const { confidenceSet: set, estimate } = wildClusterBootstrap(fit, common)
      const se = fit.inference.stdError[0]!
      for (let step = -40; step <= 40; step++) {
        const value = estimate + (step / 7 + 0.01) * se
        const { pValue } = wildClusterBootstrap(fit, { ...common, value, confidenceSet: false })
        const near = set!.intervals.flat().some((bound) => Math.abs(bound - value) < 1e-6 * se)
        if (!near) expect(set!.intervals.some(([low, high]) => low <= value && value <= high)).toBe(pValue > 0.2 + 1e-12)
      }
    }
  })
  it("a replicate of a seed does not depend on how many are drawn, and weights have mean 0 and variance 1", () => {
    const means = { rademacher: [0, 0], webb: [0, 0] }
    for (const weights of ["rademacher", "webb"] as const) {
      const [a, b] = [new Float64Array(12), new Float64Array(6)]
      randomDraw(weights, 7, 3, a)
      randomDraw(weights, 7, 3, b)
      expect(Array.from(b)).toEqual(Array.from(a.subarray(0, 6)))
      const v = new Float64Array(1)
      const points = weights === "webb" ? 6 : 2
      for (let i = 0; i < points; i++) {
        enumeratedDraw(weights, i, v)
        means[weights][0]! += v[0]! / points
        means[weights][1]! += v[0]! ** 2 / points
      }
      expect(means[weights][0]).toBeCloseTo(0, 12)
      expect(means[weights][1]).toBeCloseTo(1, 12)
    }
  })
})

describe("what the wild cluster bootstrap tells and refuses", () => {
  const three = fitOf(dataOf(["MAINE", "NEW_HAMPSHIRE", "VERMONT"], false))
  const term = "log(pcap)"
  it("with three clusters Rademacher weights cannot reject, and Webb's are offered", () => {
    const { confidenceSet, pValue, smallestPValue, warnings } = wildClusterBootstrap(three, { term, seed: 1 })
    expect([pValue, smallestPValue]).toEqual([0.75, 0.25])
    expect(warnings.map(({ code }) => code)).toEqual(["test-cannot-reject", "confidence-set"])
    expect(warnings[0]!.message).toMatch(/3 clusters \(by state\) and Rademacher weights no p-value is below 0.250.*Webb weights reach 0.028/)
    expect(confidenceSet).toEqual({ level: 0.95, kind: "whole line", intervals: [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]] })
    expect(wildClusterBootstrap(three, { term, seed: 1, wildWeights: "webb" }).warnings).toEqual([])
  })
  it("random draws where enumeration is not wanted or not possible; the seed decides them", () => {
    const fit = fitOf(dataOf(undefined, false))
    const p = (seed: number) => wildClusterBootstrap(fit, { term, seed, replicates: 199, confidenceSet: false }).pValue
    expect(p(1)).toBe(p(1))
    expect(new Set([1, 2, 3, 4].map(p)).size).toBeGreaterThan(1)
    const far = wildClusterBootstrap(fit, { term, value: 30, seed: 1, replicates: 50, ties: "strict", confidenceSet: false })
    expect([far.pValue, far.warnings]).toEqual([0, [{ code: "p-below-resolution", message: expect.stringContaining("known to be below 0.02 only") }]])
    const drawn = wildClusterBootstrap(three, { term, seed: 1, replicates: 400, enumerate: "never" })
    expect([drawn.enumerated, drawn.replicates]).toEqual([false, 400])
    expect(Math.abs(drawn.pValue - 0.75)).toBeLessThan(0.1)
  })
  it("the constant of within has no bootstrap, its slopes have that of the same regression", () => {
    const data = dataOf(["MAINE", "NEW_HAMPSHIRE", "VERMONT"], false)
    const fit = within({
      index: panelIndex(data.text("state"), data.text("year").map(Number)),
      dependent: data.variable(reference.dependent),
      regressors: reference.regressors.map(data.variable)
    })
    expect(wildClusterBootstrap(fit, { term, seed: 1, wildWeights: "webb" }).pValue).toBe(
      wildClusterBootstrap(three, { term, seed: 1, wildWeights: "webb" }).pValue
    )
    expect(() => wildClusterBootstrap(fit, { term: "(constant)", seed: 1 })).toThrow(/no slope \(constant\); it has log\(pcap\), log\(pc\)/)
  })
  it("all that is wrong in the options, together", () => {
    expect(() => wildClusterBootstrap(three, { term: "gdp", by: "region", replicates: 0, seed: -1, level: 95, value: Number.NaN })).toThrow(
      /no slope gdp.*no factor region to cluster by; it has state, year; the null is a number.*0 replicates.*seed.*a level of 95/
    )
  })
})
