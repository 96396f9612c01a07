import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { Fault } from "../../../src/econometrics/fault.ts"
import { imputeChained } from "../../../src/econometrics/imputation/chained-equations.ts"
import { settled } from "../../../src/econometrics/imputation/convergence.ts"
import type { ImputationMethod, ImputationModel, ImputationOptions } from "../../../src/econometrics/imputation/imputation-model.ts"
import { poolEstimates } from "../../../src/econometrics/imputation/rubin.ts"
import { infer } from "../../../src/econometrics/linear/inference.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { within } from "../../../src/econometrics/regression/within.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { covariance } from "../../../src/econometrics/variance/variance.ts"
import { type Stream, stream } from "../../../src/stats/random.ts"

const na = Number.NaN
const grid = (N: number, T: number) => ({
  entity: Int32Array.from({ length: N * T }, (_, row) => Math.floor(row / T)),
  year: Int32Array.from({ length: N * T }, (_, row) => 2000 + (row % T))
})
const holes = (values: Float64Array, share: number, random: Stream): Float64Array => values.map((value) => (random.uniform() < share ? na : value))

/** Two variables with effects of entities that move together; the first lacks a fifth of its cells. */
const small = (seed: number, method: ImputationMethod = "normal"): ImputationModel => {
  const random = stream(seed, 0)
  const panel = grid(6, 8)
  const level = Float64Array.from({ length: 6 }, () => 10 * random.normal())
  const y = Float64Array.from(panel.entity, (i) => level[i]! + random.normal())
  const x = y.map((value) => 100 + value + random.normal())
  return {
    ...panel,
    variables: [
      { name: "x", values: holes(x, 0.2, random), method },
      { name: "y", values: y, method }
    ]
  }
}
const options: ImputationOptions = { seed: 1, imputation: 0, iterations: 5 }

describe("chained equations", () => {
  it("leave what is there, complete the rest, and depend on seed and number of the imputation alone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom<ImputationMethod>("normal", "pmm"), (seed, method) => {
        const model = small(seed, method)
        const x = model.variables[0]!.values
        const { completed } = imputeChained(model, options)
        const whole = completed.get("x")!
        x.forEach((value, row) => {
          if (Number.isNaN(value)) assert.isTrue(Number.isFinite(whole[row]))
          else assert.strictEqual(whole[row], value)
        })
        assert.deepStrictEqual(imputeChained(model, options).completed, completed)
        assert.notDeepEqual(imputeChained(model, { ...options, imputation: 1 }).completed.get("x"), whole)
      }),
      { numRuns: 20 }
    )
  })
  it("predictive mean matching gives values of other rows, and names them", () => {
    const model = small(3, "pmm")
    const { completed, donorRows } = imputeChained(model, options)
    const x = model.variables[0]!.values
    for (const [row, donor] of donorRows.get("x")!) {
      assert.isNaN(x[row])
      assert.strictEqual(completed.get("x")![row], x[donor])
    }
  })
  it("draws stay within bounds; those that find no place are set to one and counted", () => {
    const model = small(4)
    const [x, y] = model.variables
    const bounded = (min: number) => imputeChained({ ...model, variables: [{ ...x!, min, max: min + 1 }, y!] }, options)
    const near = bounded(Math.round(x!.values.find((value) => !Number.isNaN(value))!))
    const far = bounded(1e6)
    x!.values.forEach((value, row) => {
      if (Number.isNaN(value)) assert.strictEqual(far.completed.get("x")![row], 1e6)
    })
    assert.isAbove(far.clipped.get("x")!, 0)
    assert.isTrue([...near.completed.get("x")!].every(Number.isFinite))
  })
  it("a sum of others is found again to rounding, also where its parts are missing", () => {
    const random = stream(5, 0)
    const panel = grid(8, 10)
    const [a, b] = [0, 1].map(() => Float64Array.from(panel.entity, (i) => 50 + 10 * i + random.normal())) as [Float64Array, Float64Array]
    const total = a.map((value, row) => value + b[row]!)
    const cut = (values: Float64Array, every: number) => values.map((value, row) => (row % 29 === every ? na : value))
    const names = { a: cut(a, 1), b: cut(b, 11), total: cut(total, 21) }
    const variables = Object.entries(names).map(([name, values]) => ({ name, values, method: "normal" as const }))
    const { completed } = imputeChained({ ...panel, variables }, { seed: 1, imputation: 0, iterations: 20 })
    completed.get("total")!.forEach((value, row) => {
      assert.closeTo(value, completed.get("a")![row]! + completed.get("b")![row]!, 0.02)
    })
  })
  it("an entity without values is drawn from how far the others lie apart", () => {
    const random = stream(6, 0)
    const panel = grid(20, 6)
    const level = Float64Array.from({ length: 20 }, () => 5 * random.normal())
    const x = Float64Array.from(panel.entity, (i) => (i === 7 ? na : level[i]! + 0.1 * random.normal()))
    const draws = Array.from({ length: 60 }, (_, imputation) => {
      const { completed } = imputeChained(
        { ...panel, variables: [{ name: "x", values: x, method: "normal" }] },
        { seed: 2, imputation, effects: "entity", trend: "none", iterations: 10 }
      )
      return completed.get("x")!.subarray(42, 48)
    })
    const means = draws.map((own) => own.reduce((sum, value) => sum + value / 6, 0))
    const sd = Math.sqrt(means.reduce((sum, value) => sum + value * value, 0) / means.length)
    const spread = Math.sqrt(level.reduce((sum, value, i) => sum + (i === 7 ? 0 : value * value), 0) / 19)
    assert.isAbove(sd, spread / 2)
    assert.isBelow(sd, spread * 2)
    // Years of one entity stay together.
    for (const own of draws) assert.isBelow(Math.max(...own) - Math.min(...own), 3)
  })
  it("of one variable, given others, draws have the mean and variance of the posterior prediction of a normal regression", () => {
    const random = stream(8, 0)
    const n = 40
    const panel = { entity: new Int32Array(n), year: Int32Array.from({ length: n }, (_, i) => 1950 + i) }
    const z = Float64Array.from({ length: n }, () => random.normal())
    const y = z.map((value) => 1 + 2 * value + random.normal())
    y[0] = na
    // Simple regression by its textbook formulas, rows 1 to n - 1.
    const rows = Array.from({ length: n - 1 }, (_, i) => i + 1)
    const mean = (of: (row: number) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length
    const [zBar, yBar] = [mean((row) => z[row]!), mean((row) => y[row]!)]
    const szz = rows.reduce((sum, row) => sum + (z[row]! - zBar) ** 2, 0)
    const slope = rows.reduce((sum, row) => sum + (z[row]! - zBar) * (y[row]! - yBar), 0) / szz
    const rss = rows.reduce((sum, row) => sum + (y[row]! - yBar - slope * (z[row]! - zBar)) ** 2, 0)
    const df = rows.length - 2
    const expected = yBar + slope * (z[0]! - zBar)
    const variance = ((rss / df) * (1 + 1 / rows.length + (z[0]! - zBar) ** 2 / szz) * df) / (df - 2)
    const m = 3000
    const draws = Array.from({ length: m }, (_, imputation) => {
      const variables = [
        { name: "y", values: y, method: "normal" as const },
        { name: "z", values: z, method: "normal" as const }
      ]
      return imputeChained({ ...panel, variables }, { seed: 3, imputation, effects: "none", trend: "none", iterations: 4 }).completed.get("y")![0]!
    })
    const center = draws.reduce((sum, value) => sum + value, 0) / m
    const spread = draws.reduce((sum, value) => sum + (value - center) ** 2, 0) / (m - 1)
    assert.closeTo(center, expected, 4 * Math.sqrt(variance / m))
    // A variance's own relative standard error is about sqrt(2/m) = 2.6%.
    assert.closeTo(spread / variance, 1, 0.1)
  })
  it("where complete rows alone are biased (missing at random given y), pooled slopes are not, and their intervals cover", () => {
    const [N, T, replications, m] = [31, 12, 60, 5]
    let [alone, pooledBias, covered] = [0, 0, 0]
    for (let replicate = 0; replicate < replications; replicate++) {
      const random = stream(9, replicate)
      const panel = grid(N, T)
      const level = Float64Array.from({ length: N }, () => 2 * random.normal())
      const own = Float64Array.from({ length: N }, () => 2 * random.normal())
      const x = Float64Array.from(panel.entity, (i) => level[i]! + random.normal())
      const y = x.map((value, row) => value + own[panel.entity[row]!]! + random.normal())
      const seen = x.map((value, row) => {
        const i = panel.entity[row]!
        return random.uniform() < 0.8 / (1 + Math.exp(-1.5 * (y[row]! - level[i]! - own[i]!))) ? na : value
      })
      const estimate = (values: Float64Array) => {
        const rows = [...values.keys()].filter((row) => !Number.isNaN(values[row]!))
        const index = panelIndex(
          rows.map((row) => `e${panel.entity[row]! + 100}`),
          rows.map((row) => panel.year[row]!)
        )
        const of = (all: Float64Array) => Float64Array.from(rows, (row) => all[row]!)
        const { inference } = within({ index, dependent: { name: "y", values: of(y) }, regressors: [{ name: "x", values: of(values) }] })
        return { b: inference.estimate[0]!, se: inference.stdError[0]!, df: inference.df![0]! }
      }
      const variables = [
        { name: "x", values: seen, method: "normal" as const },
        { name: "y", values: y, method: "normal" as const }
      ]
      const fits = Array.from({ length: m }, (_, imputation) =>
        estimate(imputeChained({ ...panel, variables }, { seed: replicate, imputation, iterations: 5 }).completed.get("x")!)
      )
      const pooled = poolEstimates(
        fits.map(({ b }) => b),
        fits.map(({ se }) => se * se),
        fits[0]!.df
      )
      const { confHigh, confLow } = infer(["x"], Float64Array.of(pooled.estimate), [pooled.total], pooled.df)
      alone += (estimate(seen).b - 1) / replications
      pooledBias += (pooled.estimate - 1) / replications
      covered += confLow[0]! <= 1 && 1 <= confHigh[0]! ? 1 / replications : 0
    }
    assert.isBelow(alone, -0.06)
    assert.isBelow(Math.abs(pooledBias), 0.03)
    assert.isAtLeast(covered, 0.88)
  })
  it("without anything to learn from, a fault names the variables", () => {
    const model = {
      ...grid(1, 3),
      variables: [
        { name: "x", values: Float64Array.of(1, na, 1), method: "normal" as const },
        { name: "y", values: Float64Array.of(na, na, na), method: "pmm" as const }
      ]
    }
    assert.throws(() => imputeChained(model, options), Fault, "x has the same value, 1, in all rows that have one; y has no value in all rows")
  })
})

describe("chained equations against mice", () => {
  interface Pooled {
    readonly terms: ReadonlyArray<string>
    readonly m: number
    readonly estimate: ReadonlyArray<number>
    readonly within: ReadonlyArray<number>
    readonly between: ReadonlyArray<number>
  }
  type Oracle = Pooled & {
    readonly data: Readonly<Record<string, ReadonlyArray<number | null>>>
    readonly state: ReadonlyArray<string>
    readonly year: ReadonlyArray<number>
  }
  const { persons, states } = JSON.parse(readFileSync("test/oracle/imputation.json", "utf8")) as Readonly<Record<"persons" | "states", Oracle>>
  const variablesOf = ({ data }: Oracle) =>
    Object.entries(data).map(([name, values]) => ({ name, values: Float64Array.from(values, (value) => value ?? na), method: "normal" as const }))
  /** Both are random: they may lie apart by what so many imputations leave open. */
  const agree = (expected: Pooled, estimates: ReadonlyArray<ReadonlyArray<number>>, variances: ReadonlyArray<ReadonlyArray<number>>, apart: number) =>
    expected.terms.forEach((term, j) => {
      const m = estimates.length
      const own = poolEstimates(
        estimates.map((one) => one[j]!),
        variances.map((one) => one[j]!),
        Number.POSITIVE_INFINITY
      )
      const chance = Math.sqrt(own.between / m + expected.between[j]! / expected.m)
      assert.isBelow(Math.abs(own.estimate - expected.estimate[j]!), 4 * chance, term)
      assert.closeTo(own.within / expected.within[j]!, 1, apart, term)
      // A variance over m draws has a relative standard error of sqrt(2/(m - 1)).
      const relative = Math.sqrt(2 / (m - 1) + 2 / (expected.m - 1))
      assert.closeTo(Math.log(own.between / expected.between[j]!), 0, 4 * relative, term)
    })
  it("25 persons of whom three variables are missing: means and variances of a regression, pooled over hundreds", () => {
    const variables = variablesOf(persons)
    const n = variables[0]!.values.length
    const panel = { entity: new Int32Array(n), year: Int32Array.from({ length: n }, (_, i) => i) }
    const fits = Array.from({ length: 300 }, (_, imputation) => {
      const { completed } = imputeChained({ ...panel, variables }, { seed: 5, imputation, effects: "none", trend: "none", iterations: 10 })
      const of = (name: string) => ({ name, values: completed.get(name)! })
      const fit = fixedEffects({
        dependent: of("chl"),
        regressors: [{ name: "(Intercept)", values: new Float64Array(n).fill(1) }, of("age"), of("bmi")],
        effects: []
      })
      const { matrix } = covariance(fit, { kind: "iid" })
      return { estimate: [...fit.coefficients], variance: [0, 1, 2].map((j) => matrix[4 * j]!) }
    })
    agree(
      persons,
      fits.map(({ estimate }) => estimate),
      fits.map(({ variance }) => variance),
      0.1
    )
  })
  it("48 states by 17 years, a fifth of two variables missing: the slopes of a regression with effects of both", () => {
    const names = [...new Set(states.state)]
    const panel = { entity: Int32Array.from(states.state, (state) => names.indexOf(state)), year: Int32Array.from(states.year) }
    const index = panelIndex(states.state, states.year)
    const fits = Array.from({ length: 20 }, (_, imputation) => {
      const { completed } = imputeChained({ ...panel, variables: variablesOf(states) }, { seed: 6, imputation, trend: "none", iterations: 5 })
      const of = (name: string) => ({ name, values: completed.get(name)! })
      const { inference } = within({ index, dependent: of("gsp"), regressors: states.terms.map(of) }, { variance: { kind: "iid" } })
      return { estimate: [...inference.estimate].slice(0, 4), variance: [...inference.stdError].slice(0, 4).map((se) => se * se) }
    })
    agree(
      states,
      fits.map(({ estimate }) => estimate),
      fits.map(({ variance }) => variance),
      0.05
    )
  })
})

describe("convergence over chains", () => {
  it("is 1 for chains of one distribution, far above for chains that stay apart, and unknown of one chain", () => {
    const random = stream(10, 0)
    const chain = (center: number) => Array.from({ length: 400 }, () => center + random.normal())
    assert.closeTo(settled([chain(0), chain(0), chain(0)]).rHat, 1, 0.02)
    assert.isAbove(settled([chain(0), chain(5)]).rHat, 2)
    assert.isNaN(settled([chain(0)]).rHat)
    assert.strictEqual(
      settled([
        [1, 1, 1, 1],
        [1, 1, 1, 1]
      ]).rHat,
      1
    )
  })
  it("follows Gelman and Rubin's formula", () => {
    // Second halves 1, 3 and 2, 6: W = (2 + 8)/2 = 5, B/n = the variance of 2 and 4 = 2, n = 2.
    const { autocorrelation, rHat } = settled([
      [9, 9, 1, 3],
      [9, 9, 2, 6]
    ])
    assert.closeTo(rHat, Math.sqrt(1 / 2 + 2 / 5), 1e-12)
    assert.closeTo(autocorrelation, -0.5, 1e-12)
  })
})
