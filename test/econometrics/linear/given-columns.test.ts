import { describe, expect, it } from "vitest"
import {
  Fault,
  factor,
  fe2sls,
  fixedEffects,
  groupInteraction,
  groupPermutation,
  hausman,
  interaction,
  jackknife,
  laggedRows,
  mediation,
  mediationPaths,
  moderation,
  panelIndex,
  randomEffects,
  replicates,
  sensitivity,
  summarise,
  twoStage,
  type Variable,
  within
} from "../../../src/econometrics.ts"
import { stream } from "../../../src/stats/random.ts"

const [N, T] = [12, 6]
const n = N * T
const random = stream(3, 0)
const column = (name: string, rows = n): Variable => ({ name, values: Float64Array.from({ length: rows }, () => random.normal()) })
const [y, x, z, m, c] = [column("y"), column("x"), column("z"), column("m"), column("c")]
const firms = Array.from({ length: n }, (_, i) => `firm ${Math.floor(i / T)}`)
const years = Float64Array.from({ length: n }, (_, i) => 2000 + (i % T))
const effects = [factor("firm", firms), factor("year", years)]
const index = panelIndex(firms, years)
const groups = { names: ["few", "many"], of: Int32Array.from(index.entities, (_, e) => (e < 5 ? 0 : 1)) }
const grouped = { index, dependent: y, regressors: [x], controls: [c], groups }

/** Every estimator, one of its columns being `bad`. */
const estimators: ReadonlyArray<readonly [name: string, estimate: (bad: Variable) => unknown]> = [
  ["fixedEffects, dependent", (bad) => fixedEffects({ dependent: bad, regressors: [x, c], effects })],
  ["fixedEffects, regressor", (bad) => fixedEffects({ dependent: y, regressors: [x, bad], effects })],
  ["fixedEffects without effects", (bad) => fixedEffects({ dependent: y, regressors: [bad], effects: [] })],
  ["within", (bad) => within({ index, dependent: y, regressors: [x, bad] })],
  ["twoStage, instrument", (bad) => twoStage({ dependent: y, endogenous: [x], exogenous: [c], instruments: [bad], effects })],
  ["fe2sls, endogenous", (bad) => fe2sls({ index, dependent: y, endogenous: [bad], exogenous: [c], instruments: [z] })],
  ["randomEffects", (bad) => randomEffects({ dependent: y, regressors: [bad], entity: effects[0]!, year: effects[1]!, effects: "two-way" })],
  ["mediation", (bad) => mediation({ index, outcome: y, treatment: x, mediator: bad, controls: [] })],
  ["moderation", (bad) => moderation({ index, outcome: y, treatment: x, mediator: m, moderator: bad, controls: [] })],
  ["sensitivity", (bad) => sensitivity({ index, outcome: y, treatment: x, mediator: m, controls: [bad] })],
  ["mediationPaths", (bad) => mediationPaths({ index, outcome: bad, treatment: x, mediator: m, controls: [] })],
  ["groupInteraction", (bad) => groupInteraction({ ...grouped, regressors: [bad] })],
  ["groupPermutation", (bad) => groupPermutation({ ...grouped, controls: [bad] }, { seed: 1, permutations: 9 })]
]

const faultOf = (estimate: () => unknown): Fault => {
  try {
    estimate()
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    return error as Fault
  }
  throw new Error("no fault was thrown")
}

describe("what an estimator is given", () => {
  it.each(estimators)("%s: a column of another length is named, with the lengths found", (_, estimate) => {
    for (const rows of [n - 3, n + 3]) {
      const { code, message } = faultOf(() => estimate(column("other", rows)))
      expect(code).toBe("input")
      expect(message).toMatch(new RegExp(`columns differ in length: .*other: ${rows} rows`))
      expect(message).toMatch(/: 72 rows/)
    }
  })
  it.each(estimators)("%s: a value that is no finite number is named, with its row", (_, estimate) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const bad = column("other")
      bad.values[4] = value
      const { code, message } = faultOf(() => estimate(bad))
      expect(code).toBe("input")
      expect(message).toContain(`other has no finite number in 1 row (row 5 has ${value})`)
    }
  })
  it("all faults are told together", () => {
    const bad = column("bad")
    bad.values[0] = Number.NaN
    const { message } = faultOf(() =>
      fixedEffects(
        {
          dependent: column("short", 70),
          regressors: [bad, x, x],
          effects: [effects[0]!, effects[0]!],
          weights: { kind: "aweight", values: new Float64Array(3) }
        },
        { level: 95, tolerance: -1 }
      )
    )
    for (const part of [
      /short: 70 rows/,
      /weights: 3 rows/,
      /bad has no finite number/,
      /x is given twice/,
      /two factors have the name firm/,
      /row 1 has the weight 0/,
      /not at 95/,
      /not -1/
    ])
      expect(message).toMatch(part)
  })
  it("no rows, no regressor, and the dependent variable among the regressors", () => {
    const none = (name: string): Variable => ({ name, values: new Float64Array(0) })
    expect(faultOf(() => fixedEffects({ dependent: none("y"), regressors: [none("x")], effects: [] })).message).toBe("the sample has no row")
    expect(faultOf(() => fixedEffects({ dependent: y, regressors: [x], effects }, { essential: ["z"] })).message).toMatch(/z: essential, but not among/)
    expect(faultOf(() => within({ index: panelIndex([], []), dependent: none("y"), regressors: [none("x")] })).code).toBe("no-rows")
    expect(faultOf(() => within({ index, dependent: y, regressors: [] })).message).toMatch(/no regressor was given/)
    expect(faultOf(() => within({ index, dependent: y, regressors: [x, y] })).message).toMatch(/y is given twice/)
  })
  it("the rows of a model without effects are all of them", () => {
    expect(fixedEffects({ dependent: y, regressors: [x], effects: [] }).rows).toEqual(Int32Array.from({ length: n }, (_, i) => i))
    expect(twoStage({ dependent: y, endogenous: [x], exogenous: [], instruments: [z], effects: [] }).rows.length).toBe(n)
  })
})

describe("what else is no input", () => {
  it("a factor or a panel's index with rows that have no group", () => {
    expect(faultOf(() => factor("region", [1, Number.NaN, 2])).message).toMatch(/region is of numbers, and row 2 has NaN/)
    expect(faultOf(() => factor("region", ["a", undefined as unknown as string])).message).toMatch(/region is of text, and row 2 has undefined/)
    expect(faultOf(() => factor("region", ["a", 1 as unknown as string])).message).toMatch(/row 2 has 1/)
    expect(faultOf(() => panelIndex(firms, years.slice(1))).message).toMatch(/72 rows have an entity and 71 a year/)
    expect(faultOf(() => panelIndex(["a"], [Number.NaN])).message).toMatch(/row 1 has the year NaN/)
  })
  it("lags that are no whole number, or of an entity with two rows in a year; beyond the panel's years there are none", () => {
    expect(faultOf(() => laggedRows(firms, years, 1.5)).message).toMatch(/a lag of 1.5 years/)
    expect(faultOf(() => laggedRows(["a", "a", "a"], [1, 1, 2], 1)).message).toMatch(/a has two rows in 1 \(row 2 is the second\)/)
    expect(new Set(laggedRows(firms, years, 99))).toEqual(new Set([-1]))
  })
  it("variances, small-sample factors and effects that do not exist", () => {
    const model = { dependent: y, regressors: [x], effects }
    expect(faultOf(() => fixedEffects(model, { variance: "HC9" as "HC3" })).message).toMatch(/no variance HC9: take iid/)
    expect(faultOf(() => fixedEffects(model, { smallSample: "stata" as "xtreg" })).message).toMatch(/no small-sample factor stata: take xtreg/)
    expect(faultOf(() => fixedEffects(model, { variance: { kind: "cluster", by: ["firm", "firm"] } })).message).toMatch(/firm is named twice/)
    const random = { dependent: y, regressors: [x], entity: effects[0]!, year: effects[1]! }
    expect(faultOf(() => randomEffects({ ...random, effects: "both" as "two-way" })).message).toMatch(/one-way or two-way, not both/)
    const fitted = randomEffects({ ...random, effects: "one-way" })
    expect(faultOf(() => hausman(fixedEffects({ dependent: c, regressors: [x], effects: [effects[0]!] }), fitted)).message).toMatch(
      /are of c, and random effects of y/
    )
    const weighted = { dependent: y, regressors: [x], effects: [effects[0]!], weights: { kind: "aweight", values: years } } as const
    expect(faultOf(() => hausman(fixedEffects(weighted), fitted)).message).toMatch(/fixed effects have weights/)
    const part = {
      dependent: { ...y, values: y.values.slice(T) },
      regressors: [{ ...x, values: x.values.slice(T) }],
      effects: [factor("firm", firms.slice(T))]
    }
    expect(faultOf(() => hausman(fixedEffects(part), fitted)).message).toMatch(/from 66 rows, and random effects have 72/)
  })
  it("interactions, values of a moderator, groups", () => {
    const model = { outcome: y, treatment: x, mediator: m, moderator: z, controls: [] }
    expect(faultOf(() => interaction(x, { name: "k", values: new Float64Array(n).fill(3) }, "standardised")).message).toMatch(/k cannot be standardised/)
    expect(faultOf(() => interaction(x, column("k", 3), "raw")).message).toMatch(/x has 72 rows and k 3/)
    for (const [values, message] of [
      [{ grid: 1 }, /a grid of 1 values/],
      [{ at: [Number.NaN] }, /NaN among the values/],
      [{ percentiles: [160] }, /160 among the percentiles/],
      [{ percentiles: [] }, /no percentiles/]
    ] as const)
      expect(faultOf(() => moderation({ index, ...model }, { values })).message).toMatch(message)
    expect(faultOf(() => groupInteraction({ ...grouped, groups: { ...groups, of: Int32Array.of(0, 1) } })).message).toMatch(
      /for 2 entities, and the panel has 12/
    )
    expect(faultOf(() => groupInteraction({ ...grouped, groups: { ...groups, of: groups.of.map((g) => 2 * g) } })).message).toMatch(/is in group 2/)
    expect(faultOf(() => groupPermutation(grouped, { seed: -1, permutations: 0 })).message).toMatch(/0 permutations.*; the seed/)
  })
  it("blocks of replicates and intervals", () => {
    const paths = mediationPaths({ index, outcome: y, treatment: x, mediator: m, controls: [] })
    expect(faultOf(() => replicates(paths, { seed: 0.5, from: -1, count: -2 })).message).toMatch(/-2 replicates.*not from -1.*not 0.5/)
    expect(faultOf(() => replicates(paths, { seed: 1, from: 0, count: 2 }, { resampling: "rows" as "clusters" })).message).toMatch(/not rows/)
    expect(faultOf(() => jackknife(paths, "rows" as "cluster")).message).toMatch(/a cluster or an observation, not rows/)
    const drawn = Float64Array.from({ length: 99 }, (_, i) => i)
    expect(faultOf(() => summarise(drawn, Number.NaN, { kind: "percentile", level: 95 })).message).toMatch(/the estimate is NaN.*not at 95/)
    expect(summarise(new Float64Array(3).fill(Number.NaN), 1, { kind: "percentile" })).toMatchObject({ singular: 3, interval: undefined })
  })
})
