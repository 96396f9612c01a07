import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Fault } from "../../../src/econometrics/fault.ts"
import { slopesOnly } from "../../../src/econometrics/linear/linear-fit.ts"
import { type WithinFit, within } from "../../../src/econometrics/regression/within.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../../src/econometrics/sample/variable.ts"
import { covariance } from "../../../src/econometrics/variance/variance.ts"
import { stream } from "../../../src/stats/random.ts"
import { difference, oracle, usStates } from "../produc.ts"

const reference = oracle("linear-within")

const agrees = (fit: WithinFit, iid: WithinFit, r: Record<string, never>) => {
  const k = fit.slopes
  const slopes = fit.coefficients.slice(0, k)
  expect(difference(slopes, r["coefficients"]!)).toBeLessThan(1e-9)
  expect(difference(slopes, r["plm"]!)).toBeLessThan(1e-9)
  expect(difference(fit.inference.stdError.slice(0, k), r["se_cluster"]!)).toBeLessThan(1e-9)
  expect(difference(iid.inference.stdError.slice(0, k), r["se_iid"]!)).toBeLessThan(1e-9)
  expect(difference(slopesOnly(fit.covariance.matrix, fit), (r["covariance"]! as Array<Array<number>>).flat())).toBeLessThan(1e-8)
  expect(difference(fit.inference.statistic.slice(0, k), r["t"]!)).toBeLessThan(1e-9)
  expect(difference(fit.inference.pValue.slice(0, k), r["p"]!)).toBeLessThan(1e-8)
  expect(
    difference([fit.inference.estimate[k]!, fit.inference.stdError[k]!, iid.inference.stdError[k]!], [r["constant"]!, r["constant_se"]!, r["constant_se_iid"]!])
  ).toBeLessThan(1e-9)
  const s = fit.statistics
  expect(
    difference(
      [fit.wald.statistic, s.rSquaredWithin, s.rSquaredWithinTwoWay, s.rSquaredOverall, s.rSquared, s.rSquaredAdjusted, s.sigma],
      [r["wald"]!, r["r2_within"]!, r["r2_within_two_way"]!, r["r2_overall"]!, r["r2"]!, r["r2_adjusted"]!, r["sigma"]!]
    )
  ).toBeLessThan(1e-8)
  expect([fit.nobs, fit.sample.absorption.index.entities.length, fit.covariance.smallSample.numbers["K"]]).toEqual([r["n"], r["G"], r["K"]])
}

describe("two-way fixed effects on the US states", () => {
  it("agree with lm and dummies, sandwich and plm, balanced", () => {
    const { index, lgsp, lpcap, lpc, lemp, unemp } = usStates()
    const x = [lpcap, lpc, lemp, unemp]
    const fit = within({ index, dependent: lgsp, regressors: x })
    agrees(fit, within({ index, dependent: lgsp, regressors: x }, { variance: "iid" }), reference.balanced)
    expect(difference([fit.inference.estimate[4]!], [reference.balanced.constant_sum_to_zero])).toBeLessThan(1e-9)
    expect(fit.warnings).toEqual([])
  })
  it("agree unbalanced, a state with one year being dropped as a singleton and named", () => {
    const { index, lgsp, lpcap, lpc, lemp, unemp } = usStates(reference.unbalanced.dropped_rows)
    const x = [lpcap, lpc, lemp, unemp]
    const fit = within({ index, dependent: lgsp, regressors: x })
    agrees(fit, within({ index, dependent: lgsp, regressors: x }, { variance: "iid" }), reference.unbalanced)
    expect(fit.warnings).toEqual([{ code: "singletons", message: "1 row is alone in an entity or a year and dropped: OHIO 1975" }])
  })
})

/** A random panel with holes: y = x'b + effects + noise. */
const panel = (seed: number, N: number, T: number, k: number, holes: number) => {
  const s = stream(seed, 0)
  const names: Array<string> = []
  const years: Array<number> = []
  for (let i = 0; i < N; i++)
    for (let t = 0; t < T; t++)
      if (s.uniform() >= holes) {
        names.push(`p${String(i).padStart(2, "0")}`)
        years.push(2000 + t)
      }
  const n = names.length
  const x: Array<Variable> = Array.from({ length: k }, (_, j) => ({ name: `x${j}`, values: Float64Array.from({ length: n }, () => s.normal()) }))
  const y: Variable = {
    name: "y",
    values: Float64Array.from({ length: n }, (_, i) => x.reduce((sum, v) => sum + v.values[i]!, 0) + s.normal() + years[i]! / 10)
  }
  return { names, years, x, y }
}
// Large enough to leave degrees of freedom: residuals that are nothing but rounding obey no law.
const shapes = fc.record({
  seed: fc.integer(),
  N: fc.integer({ min: 5, max: 9 }),
  T: fc.integer({ min: 5, max: 7 }),
  k: fc.integer({ min: 1, max: 3 }),
  holes: fc.constantFrom(0, 0.2)
})
const fitted = (p: ReturnType<typeof panel>, y = p.y, x = p.x) => within({ index: panelIndex(p.names, p.years), dependent: y, regressors: x })
const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-7) => {
  for (let i = 0; i < b.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(tolerance * (1 + Math.abs(b[i]!)))
}
const law = (claim: string, check: (p: ReturnType<typeof panel>, seed: number) => void) =>
  it(claim, () => {
    fc.assert(
      fc.property(shapes, ({ seed, N, T, k, holes }) => check(panel(seed, N, T, k, holes), seed)),
      { numRuns: 40 }
    )
  })

describe("laws of two-way fixed effects", () => {
  law("the order of rows does not matter", (p, seed) => {
    const s = stream(seed, 1)
    const order = p.names
      .map((_, i) => [s.word(), i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i)
    const move = (v: Variable): Variable => ({ name: v.name, values: Float64Array.from(order, (i) => v.values[i]!) })
    const moved = within({
      index: panelIndex(
        order.map((i) => p.names[i]!),
        order.map((i) => p.years[i]!)
      ),
      dependent: move(p.y),
      regressors: p.x.map(move)
    })
    close(moved.inference.estimate, fitted(p).inference.estimate)
    close(moved.inference.stdError, fitted(p).inference.stdError)
  })
  law("x in other units divides its slope and standard error", (p) => {
    const scaled = p.x.map((v) => ({ ...v, values: v.values.map((value) => value * 1000 + 5) }))
    const [a, b] = [fitted(p), fitted(p, p.y, scaled)]
    close(b.coefficients.map((v) => v * 1000).slice(0, -1), a.coefficients.slice(0, -1))
    close(b.inference.stdError.map((v) => v * 1000).slice(0, -1), a.inference.stdError.slice(0, -1))
    close(b.inference.statistic.slice(0, -1), a.inference.statistic.slice(0, -1))
  })
  law("constants by entity and by year in y change no slope and no standard error", (p) => {
    const effect = new Map(p.names.map((name, i) => [name, i * 3.7]))
    const y = { name: "y", values: p.y.values.map((v, i) => v + effect.get(p.names[i]!)! - (p.years[i]! % 5) * 11) }
    const [a, b] = [fitted(p), fitted(p, y)]
    close(b.coefficients.slice(0, -1), a.coefficients.slice(0, -1))
    close(b.inference.stdError.slice(0, -1), a.inference.stdError.slice(0, -1))
  })
  law("residuals sum to zero in every entity and every year and are orthogonal to the regressors", (p) => {
    const fit = fitted(p)
    const { index } = fit.sample.absorption
    const sums = new Map<string, number>()
    const add = (key: string, v: number) => sums.set(key, (sums.get(key) ?? 0) + v)
    for (let i = 0; i < index.rows; i++) {
      add(`e${index.entity[i]}`, fit.residuals[i]!)
      add(`y${index.year[i]}`, fit.residuals[i]!)
      for (const { name, values } of fit.regressors) add(name, fit.residuals[i]! * values[i]!)
    }
    for (const sum of sums.values()) expect(Math.abs(sum)).toBeLessThan(1e-9)
  })
  law("frequency weights are repeated rows, the constant and its standard errors too", (p, seed) => {
    const s = stream(seed, 2)
    const values = Float64Array.from(p.names, () => 1 + s.integer(3))
    const rows = Array.from(values, (w, row) => Array<number>(w).fill(row)).flat()
    const again = ({ name, values: of }: Variable): Variable => ({ name, values: Float64Array.from(rows, (row) => of[row]!) })
    const weighted = within({ index: panelIndex(p.names, p.years), dependent: p.y, regressors: p.x, weights: { kind: "fweight", values } })
    // A row that is alone in its entity is dropped where it is weighted, and is none where it is repeated.
    if (weighted.rows.length < p.names.length) return
    const index = panelIndex(
      rows.map((row) => p.names[row]!),
      rows.map((row) => p.years[row]!)
    )
    const repeated = within({ index, dependent: again(p.y), regressors: p.x.map(again) })
    close(weighted.coefficients, repeated.coefficients)
    for (const variance of [{ kind: "iid" }, { kind: "HC1" }, { kind: "HC3" }, { kind: "cluster", by: ["entity"] }] as const)
      close(covariance(weighted, variance).matrix, covariance(repeated, variance).matrix)
    const { rSquaredOverall, rSquaredWithin, rSquaredWithinTwoWay } = weighted.statistics
    const of = repeated.statistics
    close([rSquaredOverall, rSquaredWithin, rSquaredWithinTwoWay], [of.rSquaredOverall, of.rSquaredWithin, of.rSquaredWithinTwoWay])
  })
  law("doubling every entity changes no slope; the sandwich without its factor halves", (p) => {
    const twice = within({
      index: panelIndex([...p.names, ...p.names.map((name) => `${name}'`)], [...p.years, ...p.years]),
      dependent: { name: "y", values: Float64Array.of(...p.y.values, ...p.y.values) },
      regressors: p.x.map(({ name, values }) => ({ name, values: Float64Array.of(...values, ...values) }))
    })
    const once = fitted(p)
    const raw = (fit: WithinFit) => {
      const G = fit.sample.absorption.index.entities.length
      return slopesOnly(fit.covariance.matrix, fit).map((v) => v / ((G / (G - 1)) * ((fit.nobs - 1) / (fit.nobs - fit.covariance.smallSample.numbers["K"]!))))
    }
    close(twice.coefficients, once.coefficients)
    close(
      raw(twice).map((v) => 2 * v),
      raw(once)
    )
  })
})

describe("what two-way fixed effects refuse or tell", () => {
  const p = panel(11, 12, 6, 2, 0)
  const index = panelIndex(p.names, p.years)
  const fault = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      if (error instanceof Fault) return error.code
      throw error
    }
    return "none"
  }
  it("a collinear, a time-invariant and an entity-invariant regressor are dropped and named", () => {
    const sum = { name: "sum", values: p.x[0]!.values.map((v, i) => 2 * v - p.x[1]!.values[i]!) }
    const place = { name: "place", values: Float64Array.from(p.names, (name) => 1e6 + Number(name.slice(1)) / 7) }
    const time = { name: "time", values: Float64Array.from(p.years, (year) => Math.log(year)) }
    const one = { name: "one", values: new Float64Array(p.names.length).fill(0.1) }
    const fit = within({ index, dependent: p.y, regressors: [place, p.x[0]!, time, p.x[1]!, sum, one] })
    expect(fit.warnings).toEqual([{ code: "collinear", message: "dropped for collinearity with the effects or the regressors before: place, time, sum, one" }])
    close(fit.inference.estimate, within({ index, dependent: p.y, regressors: p.x }).inference.estimate)
  })
  it("an essential regressor without variation of its own is a fault", () => {
    const time = { name: "eg", values: Float64Array.from(p.years, (year) => Math.sin(year)) }
    expect(fault(() => within({ index, dependent: p.y, regressors: [time, ...p.x] }, { essential: ["eg"] }))).toBe("collinear")
  })
  it("few clusters are told; one is refused", () => {
    const few = panel(3, 5, 6, 1, 0)
    expect(within({ index: panelIndex(few.names, few.years), dependent: few.y, regressors: few.x }).warnings.map((w) => w.code)).toEqual(["few-clusters"])
    const one = panel(3, 1, 6, 1, 0)
    expect(fault(() => within({ index: panelIndex(one.names, one.years), dependent: one.y, regressors: one.x }))).toBe("too-few-clusters")
  })
  it("a dependent made of its regressors is told", () => {
    const y = { name: "y", values: p.x[0]!.values.map((v, i) => 2 * v - p.x[1]!.values[i]!) }
    expect(within({ index, dependent: y, regressors: p.x }).warnings.map(({ code }) => code)).toEqual(["perfect-fit"])
  })
  it("no degrees of freedom and a dependent that the effects explain are refused", () => {
    const small = panel(4, 2, 2, 1, 0)
    expect(fault(() => within({ index: panelIndex(small.names, small.years), dependent: small.y, regressors: small.x }))).toBe("no-degrees-of-freedom")
    const y = { name: "y", values: Float64Array.from(p.names, (name, i) => Number(name.slice(1)) + p.years[i]!) }
    expect(fault(() => within({ index, dependent: y, regressors: p.x }))).toBe("constant-dependent")
  })
  it("singletons go recursively: dropping one can make another", () => {
    const names = ["a", "a", "a", "b", "b", "b", "c", "c", "d"]
    const years = [1, 2, 3, 1, 2, 3, 3, 9, 9]
    const n = names.length
    const fit = within(
      {
        index: panelIndex(names, years),
        dependent: { name: "y", values: Float64Array.from({ length: n }, (_, i) => (i * i) % 7) },
        regressors: [{ name: "x", values: Float64Array.from({ length: n }, (_, i) => (i * 5) % 4) }]
      },
      { variance: "iid" }
    )
    expect(fit.nobs).toBe(6)
    expect(fit.warnings[0]?.message).toBe("3 rows are alone in an entity or a year and dropped: c 3, c 9, d 9")
  })
})
