import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { twoStage } from "../../../src/econometrics/instruments/two-stage.ts"
import { fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { within } from "../../../src/econometrics/regression/within.ts"
import { type Factor, factor } from "../../../src/econometrics/sample/factor.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { withoutSingletons } from "../../../src/econometrics/sample/singletons.ts"
import { type Covariance, covariance } from "../../../src/econometrics/variance/variance.ts"
import { dot } from "../../../src/linalg/dot.ts"
import { orthonormalBasis } from "../../../src/linalg/orthonormal.ts"
import { symmetricEigen } from "../../../src/linalg/symmetric-eigen.ts"
import { stream } from "../../../src/stats/random.ts"
import { oracleData } from "../panels.ts"
import { difference, oracle } from "../produc.ts"

const reference = oracle("fixed-effects")
const further = oracle("bias-reduced")

const agrees = (
  { df, matrix }: Covariance,
  r: { readonly se: ReadonlyArray<number>; readonly df_satterthwaite: ReadonlyArray<number> },
  terms = r.se.length
) => {
  const k = df.length
  expect(
    difference(
      Array.from({ length: terms }, (_, j) => Math.sqrt(matrix[j * k + j]!)),
      r.se.slice(0, terms)
    )
  ).toBeLessThan(1e-9)
  expect(difference(df.slice(0, terms), r.df_satterthwaite.slice(0, terms))).toBeLessThan(1e-8)
}
/** The test that all slopes are zero, HTZ. */
const agreesJointly = ({ wald }: ReturnType<typeof fixedEffects>, { htz }: { readonly htz: Record<"F" | "df1" | "df2" | "p", number> }) => {
  expect(wald.df1).toBe(htz.df1)
  expect(difference([wald.statistic, wald.df2, wald.pValue], [htz.F, htz.df2, htz.p])).toBeLessThan(1e-7)
}
const holes = (file: string, without: boolean) => {
  const all = oracleData(file)
  return without
    ? oracleData(
        file,
        Array.from({ length: all.rows }, (_, row) => row).filter((row) => (7 * row + 7) % 13 !== 0)
      )
    : all
}

describe("CR2 agrees with clubSandwich, or with weights its formula, standard errors and degrees of freedom", () => {
  it.each(
    [...Object.keys(reference.two_way).map((name) => [name, false] as const), ...["produc", "grunfeld", "cigar"].map((name) => [name, true] as const)].map(
      ([name, without]) => ({ name, without })
    )
  )("two-way, by entity: $name, rows left out: $without", ({ name, without }) => {
    const r = reference[without ? "unbalanced" : "two_way"][name]
    const data = holes(r.file, without)
    const fit = fixedEffects(
      { dependent: data.variable(r.dependent), regressors: r.regressors.map(data.variable), effects: [data.factor(r.entity), data.factor(r.year)] },
      { variance: { kind: "CR2", by: r.entity } }
    )
    agrees(fit.covariance, r.cr2.entity_absorbed)
    expect(difference(fit.inference.pValue, r.cr2.entity_absorbed.p)).toBeLessThan(1e-7)
  })
  it.each(Object.keys(reference.one_way))("one effect: %s", (name) => {
    const r = reference.one_way[name]
    const data = oracleData(r.file)
    const fit = fixedEffects({ dependent: data.variable(r.dependent), regressors: r.regressors.map(data.variable), effects: [data.factor(r.entity)] })
    agrees(covariance(fit, { kind: "CR2", by: r.entity }), r.cr2)
  })
  it.each([
    ["produc_by_region", "states' effects nested in regions, years' not"],
    ["grunfeld_by_year", "years' effects nested, firms' not"],
    ["grunfeld_fitted_rows", "a regressor that is one firm's alone, so that I - H of its rows is singular"],
    ["produc_no_effects", "no effects"]
  ])("%s: %s", (name) => {
    const r = further[name]
    const data = oracleData(r.file)
    const fit = fixedEffects(
      {
        dependent: data.variable(r.dependent),
        regressors: r.regressors.map(data.variable),
        effects: r.effects.map(data.factor),
        groups: r.effects.includes(r.cluster) ? [] : [data.factor(r.cluster)]
      },
      { variance: { kind: "CR2", by: r.cluster } }
    )
    agreesJointly(fit, r)
    const found = fit.covariance
    if (r.effects.length > 0) return agrees(found, r, r.regressors.length)
    // Without effects the constant comes first, in R's table last.
    const last = (values: ReadonlyArray<number>) => [values.at(-1)!, ...values.slice(0, -1)]
    agrees(found, { se: last(r.se), df_satterthwaite: last(r.df_satterthwaite) })
  })
  it("two-stage least squares, as for ivreg", () => {
    const r = further.two_stage
    const data = oracleData(r.file)
    const fit = twoStage(
      {
        dependent: data.variable(r.dependent),
        endogenous: r.endogenous.map(data.variable),
        exogenous: r.exogenous.map(data.variable),
        instruments: r.instruments.map(data.variable),
        effects: r.effects.map(data.factor)
      },
      { variance: { kind: "CR2", by: r.cluster } }
    )
    expect(difference(fit.coefficients, r.coefficients)).toBeLessThan(1e-9)
    agrees(fit.covariance, r)
  })
  it.each(Object.keys(further).filter((name) => name.includes("_weighted")))("analytic weights: %s", (name) => {
    const r = further[name]
    const data = holes(r.file, name.endsWith("_unbalanced"))
    const fit = fixedEffects(
      {
        dependent: data.variable(r.dependent),
        regressors: r.regressors.map(data.variable),
        effects: r.effects.map(data.factor),
        groups: r.effects.includes(r.cluster) ? [] : [data.factor(r.cluster)],
        weights: { kind: "aweight", values: data.variable(r.weights).values }
      },
      { variance: { kind: "CR2", by: r.cluster } }
    )
    agreesJointly(fit, r)
    const found = fit.covariance
    if (r.effects.length > 0) return agrees(found, r, r.regressors.length)
    const last = (values: ReadonlyArray<number>) => [values.at(-1)!, ...values.slice(0, -1)]
    agrees(found, { se: last(r.se), df_satterthwaite: last(r.df_satterthwaite) })
  })
  it.each(["produc", "produc_unbalanced", "grunfeld_unbalanced"])("with the constant of within: %s", (name) => {
    const r = further[name]
    const data = holes(r.file, name.endsWith("_unbalanced"))
    const index = panelIndex(data.text(r.effects[0]), data.text(r.effects[1]).map(Number))
    const fit = within(
      { index, dependent: data.variable(r.dependent), regressors: r.regressors.map(data.variable) },
      { variance: { kind: "CR2", by: "entity" } }
    )
    expect(difference(fit.coefficients, r.coefficients)).toBeLessThan(1e-9)
    agrees(fit.covariance, r)
    agreesJointly(fit, r)
    expect(Array.from(fit.inference.df!)).toEqual(Array.from(fit.covariance.df))
  })
})

/** A panel of N by T with some cells missing. */
const panel = (seed: number, N: number, T: number, missing: number) => {
  const s = stream(seed, 0)
  const cells = Array.from({ length: N * T }, (_, i) => [Math.floor(i / T), i % T] as const).filter(() => s.uniform() >= missing)
  const x = Float64Array.from(cells, () => s.normal())
  const z = Float64Array.from(cells, ([i]) => (i < 3 ? s.normal() : s.normal() / 5))
  return { s, cells, x, z, y: x.map((v, i) => v - z[i]! + cells[i]![0] + s.normal()) }
}
const modelOf = ({ cells, x, y, z }: Pick<ReturnType<typeof panel>, "cells" | "x" | "y" | "z">, label: (i: number) => number | string = (i) => i) => ({
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
  ]
})
const shapes = fc.record({ seed: fc.integer(), N: fc.integer({ min: 5, max: 9 }), T: fc.integer({ min: 4, max: 7 }), missing: fc.constantFrom(0, 0.15) })
const law = (claim: string, check: (p: ReturnType<typeof panel>) => void) =>
  it(claim, () => {
    fc.assert(
      fc.property(shapes, ({ N, T, missing, seed }) => check(panel(seed, N, T, missing))),
      { numRuns: 30 }
    )
  })
const by = { kind: "CR2", by: "entity" } as const

/** CR2 of the x's slopes by its definition, with the whole hat matrix: H = D^-1 P D, D the roots of the weights and P the projection on D [x, dummies]. */
const byDefinition = (x: ReadonlyArray<Float64Array>, factors: ReadonlyArray<Factor>, y: Float64Array, cluster: Factor, w: Float64Array) => {
  const n = y.length
  const d = w.map(Math.sqrt)
  const dummies = factors.flatMap(({ codes, levels }) => Array.from({ length: levels }, (_, l) => Float64Array.from(codes, (c) => (c === l ? 1 : 0))))
  const rooted = (column: Float64Array) => column.map((v, i) => v * d[i]!)
  const basis = orthonormalBasis([...dummies, ...x].map(rooted))
  const left = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => ((i === j ? 1 : 0) - basis.reduce((sum, q) => sum + q[i]! * q[j]!, 0)) * (d[j]! / d[i]!))
  )
  const products = left.map((a) => Float64Array.from(left, (b) => dot(a, b)))
  const e = left.map((row) => dot(row, y))
  // A slope's influence is what everything else leaves of its regressor, over its sum of squares.
  const influence = x.map((column, c) => {
    const others = orthonormalBasis([...dummies, ...x.filter((_, o) => o !== c)].map(rooted))
    const r = rooted(column)
    for (const q of others) {
      const along = dot(q, r)
      for (let i = 0; i < n; i++) r[i]! -= along * q[i]!
    }
    const square = dot(r, r)
    return r.map((v, i) => (v / square) * d[i]!)
  })
  const rows = Array.from({ length: cluster.levels }, (_, g) => [...cluster.codes.keys()].filter((i) => cluster.codes[i] === g))
  return influence.map((l) => {
    const adjusted = rows.map((own) => {
      const { values, vectors } = symmetricEigen(Float64Array.from(own.flatMap((i) => own.map((j) => products[i]![j]!))), own.length)
      const a = new Float64Array(n)
      for (const [k, vector] of vectors.entries()) {
        if (values[k]! < 1e-9) continue
        const along = own.reduce((sum, i, at) => sum + vector[at]! * l[i]!, 0) / Math.sqrt(values[k]!)
        for (const [at, i] of own.entries()) a[i]! += along * vector[at]!
      }
      return a
    })
    const image = adjusted.map((a) => Float64Array.from(products, (row) => dot(row, a)))
    const p = adjusted.map((a) => image.map((b) => dot(a, b)))
    return {
      variance: adjusted.reduce((sum, a) => sum + a.reduce((at, v, i) => at + v * e[i]!, 0) ** 2, 0),
      df: p.reduce((sum, row, g) => sum + row[g]!, 0) ** 2 / p.flat().reduce((sum, v) => sum + v * v, 0)
    }
  })
}

describe("laws of CR2", () => {
  it("it is what its definition says, with weights or without, whatever is absorbed, nested or crossed, connected or not, and by whichever clusters", () => {
    const effectsOf = fc.subarray(["entity", "year", "region", "third"])
    fc.assert(
      fc.property(shapes, effectsOf, fc.constantFrom("entity", "year", "region", "other"), fc.boolean(), (shape, absorbed, clusters, weighted) => {
        const { N, T, seed } = shape
        const p = panel(seed, N, T, 0.25)
        // Entities from N/2 on are seen in other years than the first: two components.
        const coded: Record<string, (i: number, t: number) => number> = {
          entity: (i) => i,
          year: (i, t) => (seed % 2 === 0 && 2 * i >= N ? t + T : t),
          region: (i) => i % 3,
          third: (i, t) => (i + 2 * t) % 3,
          other: (i, t) => (3 * i + t) % 5
        }
        const group = (name: string) =>
          factor(
            name,
            p.cells.map(([i, t]) => coded[name]!(i, t))
          )
        const model = modelOf(p)
        const effects = absorbed.map(group)
        if (withoutSingletons(effects).dropped.length > 0 || effects.reduce((sum, { levels }) => sum + levels, 6) > p.cells.length) return
        const values = Float64Array.from(p.cells, () => 0.2 + 2 * p.s.uniform())
        const fit = fixedEffects(
          {
            ...model,
            effects,
            groups: absorbed.includes(clusters) ? [] : [group(clusters)],
            ...(weighted ? { weights: { kind: "aweight", values } as const } : {})
          },
          { variance: "iid" }
        )
        if (fit.terms.length < 2) return
        const x = absorbed.length === 0 ? [new Float64Array(p.y.length).fill(1), p.x, p.z] : [p.x, p.z]
        const expected = byDefinition(x, fit.effects.factors, p.y, group(clusters), weighted ? values : values.map(() => 1))
        if (expected.some(({ variance }) => !(variance > 1e-12))) return
        const { df, matrix } = covariance(fit, { kind: "CR2", by: clusters })
        for (const [j, one] of expected.entries()) {
          expect(difference([matrix[j * fit.terms.length + j]!], [one.variance])).toBeLessThan(1e-6)
          expect(difference([df[j]!], [one.df])).toBeLessThan(1e-6)
        }
      }),
      { numRuns: 150 }
    )
  })
  law("the order of rows and the clusters' names change nothing", (p) => {
    const order = p.cells
      .map((_, i) => [p.s.word(), i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i)
    const moved = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!)
    const fit = covariance(fixedEffects(modelOf(p)), by)
    const other = covariance(
      fixedEffects(modelOf({ cells: order.map((i) => p.cells[i]!), x: moved(p.x), y: moved(p.y), z: moved(p.z) }, (i) => `g${(i * 7) % 11}`)),
      by
    )
    expect(difference(other.matrix, fit.matrix)).toBeLessThan(1e-7)
    expect(difference(other.df, fit.df)).toBeLessThan(1e-7)
  })
  law("a regressor in other units has its standard error in these and its degrees of freedom as they were", (p) => {
    const fit = covariance(fixedEffects(modelOf(p)), by)
    const scaled = covariance(fixedEffects(modelOf({ ...p, x: p.x.map((v) => 1000 * v) })), by)
    expect(difference([scaled.matrix[0]! * 1e6, scaled.matrix[1]! * 1e3, scaled.matrix[3]!], [fit.matrix[0]!, fit.matrix[1]!, fit.matrix[3]!])).toBeLessThan(
      1e-7
    )
    expect(difference(scaled.df, fit.df)).toBeLessThan(1e-7)
  })
  law("weights in other units change nothing, and equal weights are none", (p) => {
    const values = Float64Array.from(p.cells, () => 0.2 + p.s.uniform())
    const weighted = (unit: number) => covariance(fixedEffects({ ...modelOf(p), weights: { kind: "aweight", values: values.map((w) => w * unit) } }), by)
    const [a, b] = [weighted(1), weighted(500)]
    expect(difference(b.matrix, a.matrix)).toBeLessThan(1e-7)
    expect(difference(b.df, a.df)).toBeLessThan(1e-7)
    const none = covariance(fixedEffects(modelOf(p)), by)
    const equal = covariance(fixedEffects({ ...modelOf(p), weights: { kind: "aweight", values: values.map(() => 3) } }), by)
    expect(difference(equal.matrix, none.matrix)).toBeLessThan(1e-7)
    expect(difference(equal.df, none.df)).toBeLessThan(1e-7)
  })
  law("clusters of one row each make it HC2", (p) => {
    const model = modelOf(p)
    const fit = fixedEffects({ ...model, effects: model.effects.slice(1), groups: [factor("row", Array.from(p.cells.keys()))] })
    const { rows } = fit
    if (rows.length < p.cells.length) return
    expect(difference(covariance(fit, { kind: "CR2", by: "row" }).matrix, covariance(fit, { kind: "HC2" }).matrix)).toBeLessThan(1e-8)
  })
})

describe("what CR2 tells and refuses", () => {
  const p = panel(3, 12, 6, 0)
  it("terms of few degrees of freedom are named", () => {
    const r = further.grunfeld_unbalanced
    const data = holes(r.file, true)
    const fit = fixedEffects(
      { dependent: data.variable(r.dependent), regressors: r.regressors.map(data.variable), effects: r.effects.map(data.factor) },
      { variance: { kind: "CR2", by: "firm" } }
    )
    expect(fit.warnings).toEqual([
      { code: "few-degrees-of-freedom", message: expect.stringContaining("fewer than 4 degrees of freedom for value (2.5), capital (1.9)") }
    ])
  })
  it("four states are too few to test four slopes together: there are no degrees of freedom for it, and no p", () => {
    const r = further.produc
    const state = oracleData(r.file).text("state")
    const four = new Set([...new Set(state)].slice(0, 4))
    const data = oracleData(
      r.file,
      [...state.keys()].filter((row) => four.has(state[row]!))
    )
    const { inference, wald } = fixedEffects(
      { dependent: data.variable(r.dependent), regressors: r.regressors.map(data.variable), effects: r.effects.map(data.factor) },
      { variance: { kind: "CR2", by: "state" } }
    )
    expect(inference.pValue.every(Number.isFinite)).toBe(true)
    expect([wald.statistic, wald.df2, wald.pValue]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })
  it("frequency weights, one cluster, an unknown factor, too many effects that cross the clusters", () => {
    const values = new Float64Array(p.cells.length).fill(2)
    const fit = fixedEffects({ ...modelOf(p), groups: [factor("one", new Float64Array(p.cells.length))] })
    expect(() => covariance(fixedEffects({ ...modelOf(p), weights: { kind: "fweight", values } }), by)).toThrow(/no frequency weights: repeat each row/)
    const long = panel(5, 2, 1001, 0)
    const weights = { kind: "aweight", values: new Float64Array(long.cells.length).fill(2) } as const
    const alone = { ...modelOf(long), weights }
    expect(() => covariance(fixedEffects({ ...alone, effects: alone.effects.slice(0, 1) }), by)).toThrow(/one has 1001, more than 1000/)
    expect(() => covariance(fit, { kind: "CR2", by: "one" })).toThrow(/one has one group alone/)
    expect(() => covariance(fit, { kind: "CR2", by: "state" })).toThrow(/no factor state to cluster by; it has entity, year, one/)
    const wide = panel(4, 600, 3, 0)
    expect(() => covariance(fixedEffects(modelOf(wide)), { kind: "CR2", by: "year" })).toThrow(/2 slopes and 600 entity effects are more than 500/)
  })
})
