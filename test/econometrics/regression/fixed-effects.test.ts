import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Fault } from "../../../src/econometrics/fault.ts"
import { type FixedEffectsFit, type FixedEffectsModel, fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { type Factor, factor } from "../../../src/econometrics/sample/factor.ts"
import type { SmallSample } from "../../../src/econometrics/variance/small-sample.ts"
import { covariance, type Variance } from "../../../src/econometrics/variance/variance.ts"
import { stream } from "../../../src/stats/random.ts"
import { type OracleData, oracleData } from "../panels.ts"
import { difference, oracle } from "../produc.ts"

const reference = oracle("fixed-effects")
const nist = oracle("nist")

/** Standard errors of a fit's slopes under another variance. */
const errors = (fit: FixedEffectsFit, variance: Variance, convention: SmallSample): Float64Array => {
  const { matrix } = covariance(fit, variance, convention)
  return Float64Array.from({ length: fit.slopes }, (_, j) => Math.sqrt(matrix[j * fit.terms.length + j]!))
}
const agree = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9) => expect(difference(found, expected)).toBeLessThan(tolerance)

/** A covariance agrees where each element does, against the standard errors of its row and column. */
const agreeCovariance = (fit: FixedEffectsFit, variance: Variance, convention: SmallSample, expected: ReadonlyArray<ReadonlyArray<number>>) => {
  const { matrix } = covariance(fit, variance, convention)
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries())
      expect(Math.abs(matrix[i * fit.terms.length + j]! - value) / Math.sqrt(expected[i]![i]! * expected[j]![j]!)).toBeLessThan(1e-9)
}

type Reference = Record<string, never>

const model = (data: OracleData, r: Reference, effects: ReadonlyArray<Factor>): FixedEffectsModel => ({
  dependent: data.variable(r["dependent"]!),
  regressors: (r["regressors"]! as Array<string>).map(data.variable),
  effects
})

/** Everything that lm with all dummies and sandwich say of a model. */
const agreesWithLm = (fit: FixedEffectsFit, r: Reference) => {
  const [entity, year] = [r["entity"]!, r["year"]!] as [string, string]
  const byEntity: Variance = { kind: "cluster", by: [entity] }
  agree(fit.coefficients, r["coefficients"]!)
  expect([fit.nobs, fit.effects.rank + fit.slopes, fit.dfResidual]).toEqual([r["n"], r["rank"], r["df_residual"]])
  agree(errors(fit, { kind: "iid" }, "xtreg"), r["se_iid"]!)
  agree(errors(fit, { kind: "HC1" }, "none"), (r["HC0"]! as Reference)["se"]!)
  for (const kind of ["HC1", "HC2", "HC3"] as const) agreeCovariance(fit, { kind }, "xtreg", (r[kind]! as Reference)["covariance"]!)
  const clustered = r["cluster_entity"]! as Reference
  const conventions = clustered["conventions"]! as Record<string, Reference>
  for (const [name, convention] of [
    ["xtreg", "xtreg"],
    ["xtreg", "reghdfe"],
    ["areg", "areg"],
    ["plm_sss", "plm"],
    ["plm_hc0", "none"]
  ] as const) {
    const expected = conventions[name]
    if (expected === undefined) continue
    agree(errors(fit, byEntity, convention), expected["se"]!)
    const { smallSample, df } = covariance(fit, byEntity, convention)
    agree([smallSample.value], [expected["factor"]!])
    if (name !== "plm_hc0") expect(smallSample.numbers["K"]).toBe(expected["K"])
    expect(df[0]).toBe(clustered["df"])
  }
  agreeCovariance(fit, byEntity, "none", clustered["covariance"]!)
  if (r["years"] === 2 && "cluster_year" in r) {
    // Two years whose effects are absorbed have scores that sum to zero in each.
    expect(() => covariance(fit, { kind: "cluster", by: [year] })).toThrow(/has no standard error/)
  } else if ("cluster_year" in r) {
    const years = (r["cluster_year"]! as Reference)["conventions"]! as Record<string, Reference>
    agree(errors(fit, { kind: "cluster", by: [year] }, "reghdfe"), years["nested"]!["se"]!)
    agree(errors(fit, { kind: "cluster", by: [year] }, "areg"), years["all_effects"]!["se"]!)
    agree(errors(fit, { kind: "cluster", by: [year] }, "xtreg"), years["all_effects"]!["se"]!)
    const both = (r["cluster_two_way"]! as Reference)["conventions"]! as Record<string, Reference>
    for (const groups of ["min", "each"] as const) {
      const by: Variance = { kind: "cluster", by: [entity, year], groups }
      const named = groups === "min" ? "min" : "own"
      if ("repaired" in both[`${named}_nested`]!) continue
      agreeCovariance(fit, by, "reghdfe", both[`${named}_nested`]!["covariance"]!)
      agreeCovariance(fit, by, "areg", both[`${named}_all_effects`]!["covariance"]!)
    }
  }
}

describe("fixed effects agree with lm, all dummies and sandwich", () => {
  it.each(Object.keys(reference.two_way))("two-way: %s", (name) => {
    const r = reference.two_way[name]
    const data = oracleData(r.file)
    const fit = fixedEffects(model(data, r, [data.factor(r.entity), data.factor(r.year)]))
    agreesWithLm(fit, r)
    agree([fit.statistics.rSquared, fit.statistics.rSquaredAdjusted, fit.statistics.sigma], [r.fit.r2, r.fit.r2_adjusted, r.fit.sigma])
    agree([fit.statistics.rSquaredWithin], [r.fit.r2_within_two_way])
  })
  it.each(Object.keys(reference.unbalanced).filter((name) => name !== "left_out"))("two-way with a thirteenth of the rows left out: %s", (name) => {
    const r = reference.unbalanced[name]
    const all = oracleData(r.file)
    const data = oracleData(
      r.file,
      Array.from({ length: all.rows }, (_, row) => row).filter((row) => (7 * row + 7) % 13 !== 0)
    )
    agreesWithLm(fixedEffects(model(data, r, [data.factor(r.entity), data.factor(r.year)])), r)
  })
  it.each(Object.keys(reference.one_way))("one effect: %s", (name) => {
    const r = reference.one_way[name]
    const data = oracleData(r.file)
    agreesWithLm(fixedEffects(model(data, r, [data.factor(r.entity)])), r)
  })
  it.each(Object.keys(reference.three_way))("three effects: %s", (name) => {
    const r = reference.three_way[name]
    const data = oracleData(r.file)
    const numbers = (column: string): ReadonlyArray<number> => data.text(column).map(Number)
    const halfToEven = (v: number): number => (v % 1 === 0.5 ? 2 * Math.round(v / 2) : Math.round(v))
    const third: Record<string, () => ReadonlyArray<string>> = {
      fatalities: () => numbers("drinkage").map((v) => String(halfToEven(v))),
      produc: () => data.text("region").map((region, i) => `${region} ${Math.floor(numbers("year")[i]! / 10)}`),
      empluk: () => data.text("sector").map((sector, i) => `${sector} ${Math.floor(numbers("year")[i]! / 3)}`)
    }
    const fit = fixedEffects(model(data, r, [data.factor(r.entity), data.factor(r.year), factor("third", third[name]!())]))
    agreesWithLm(fit, r)
    agree([fit.statistics.rSquaredWithin, fit.statistics.rSquared], [r.r2_within_all, r.r2])
  })
})

describe("weights", () => {
  const r = reference.weighted
  const data = oracleData(r.file)
  const effects = r.effects.map(data.factor) as ReadonlyArray<Factor>
  it("analytic weights agree with lm's weights and sandwich", () => {
    const w = r.aweight
    const fit = fixedEffects({ ...model(data, r, effects), weights: { kind: "aweight", values: data.variable("emp").values } })
    agree(fit.coefficients, w.coefficients)
    agree(errors(fit, { kind: "iid" }, "xtreg"), w.se_iid)
    agreeCovariance(fit, { kind: "HC1" }, "xtreg", w.covariance_hc1)
    agreeCovariance(fit, { kind: "cluster", by: ["state"] }, "none", w.covariance_cluster_no_factor)
    agree(errors(fit, { kind: "cluster", by: ["state"] }, "xtreg"), w.se_cluster_xtreg)
    agree(errors(fit, { kind: "HC2" }, "xtreg"), w.se_hc2)
    agree(errors(fit, { kind: "HC3" }, "xtreg"), w.se_hc3)
    const s = fit.statistics
    agree([s.rSquared, s.rSquaredAdjusted, s.rSquaredWithin, s.sigma], [w.r2, w.r2_adjusted, w.r2_within_two_way, w.sigma_stata])
  })
  it("frequency weights agree with rows repeated", () => {
    const w = r.fweight
    const values = Float64Array.from({ length: data.rows }, (_, row) => 1 + (row % 3))
    const fit = fixedEffects({ ...model(data, r, effects), weights: { kind: "fweight", values } })
    expect(fit.nobs).toBe(w.n)
    agree(fit.coefficients, w.coefficients)
    agree(errors(fit, { kind: "iid" }, "xtreg"), w.se_iid)
    agreeCovariance(fit, { kind: "HC1" }, "xtreg", w.covariance_hc1)
    agreeCovariance(fit, { kind: "cluster", by: ["state"] }, "none", w.covariance_cluster_no_factor)
    agree(errors(fit, { kind: "cluster", by: ["state"] }, "areg"), w.se_cluster_areg)
    agree([fit.statistics.rSquared, fit.statistics.sigma], [w.r2, w.sigma])
    const rows = Array.from(values, (w, row) => Array<number>(w).fill(row)).flat()
    const repeated = oracleData(r.file, rows)
    const long = fixedEffects(model(repeated, r, r.effects.map(repeated.factor)))
    for (const kind of ["HC2", "HC3"] as const) agree(errors(fit, { kind }, "xtreg"), errors(long, { kind }, "xtreg"))
  })
  it("that are not positive, or not whole where they are frequencies, are refused by row", () => {
    const values = new Float64Array(data.rows).fill(1)
    values[6] = 1.5
    const given = model(data, r, effects)
    expect(() => fixedEffects({ ...given, weights: { kind: "fweight", values } })).toThrow(/row 7 has the weight 1.5/)
    values[6] = 0
    expect(() => fixedEffects({ ...given, weights: { kind: "aweight", values } })).toThrow(/row 7 has the weight 0/)
  })
})

describe("the sample", () => {
  it("loses singletons again and again until none is left, as reghdfe does", () => {
    const r = reference.singletons
    const data = oracleData(r.file, r.given_rows)
    const given = model(data, r, r.effects.map(data.factor))
    const fit = fixedEffects(given)
    expect([...r.given_rows.keys()].filter((row) => !fit.rows.includes(row)).map((row) => r.given_rows[row])).toEqual(r.dropped_rows)
    expect([fit.nobs, fit.effects.rank + fit.slopes]).toEqual([r.dropped.n, r.dropped.rank])
    agree(fit.coefficients, r.dropped.coefficients)
    agree(errors(fit, { kind: "iid" }, "xtreg"), r.dropped.se_iid)
    agree(fit.inference.stdError, r.dropped.se_cluster_xtreg)
    expect(fit.warnings).toEqual([{ code: "singletons", message: expect.stringContaining("3 rows are alone in a state or a year and dropped: al 1982") }])
  })
})

describe("without effects: the certified regressions of NIST", () => {
  /** The digits that agree: -log10 of the relative error. */
  const digits = (found: ArrayLike<number>, certified: ArrayLike<number>): number => -Math.log10(Math.max(difference(found, certified), 1e-16))
  const fitOf = (name: string, tolerance?: number): FixedEffectsFit => {
    const r = nist[name]
    const data = oracleData(r.file)
    const regressors =
      name === "longley"
        ? Array.from({ length: 6 }, (_, j) => data.variable(`x${j + 1}`))
        : Array.from({ length: r.polynomial_degree }, (_, j) => data.variable(`x^${j + 1}`))
    return fixedEffects({ dependent: data.variable("y"), regressors, effects: [] }, { variance: "iid", ...(tolerance === undefined ? {} : { tolerance }) })
  }
  it.each([
    ["norris", 12, 12],
    ["pontius", 11, 11],
    ["longley", 12, 12],
    ["wampler3", 9, 12],
    ["wampler4", 8, 12],
    ["wampler5", 6, 12],
    ["filip", 7, 7]
  ] as const)("%s: %i digits of the coefficients, %i of the standard errors", (name, ofCoefficients, ofErrors) => {
    const fit = fitOf(name, name === "filip" ? 1e-15 : name.startsWith("wampler") ? 1e-12 : undefined)
    expect(digits(fit.coefficients, nist[name].estimate)).toBeGreaterThan(ofCoefficients)
    expect(digits(fit.inference.stdError, nist[name].se)).toBeGreaterThan(ofErrors)
  })
  it.each(["wampler1", "wampler2"])("%s is fitted exactly, and that is told", (name) => {
    const fit = fitOf(name, 1e-12)
    expect(digits(fit.coefficients, nist[name].estimate)).toBeGreaterThan(8)
    expect(fit.warnings.map(({ code }) => code)).toContain("perfect-fit")
  })
  it("filip under the usual tolerance: powers that the others explain to rounding are dropped and named, not given numbers", () => {
    const fit = fitOf("filip")
    expect(fit.terms.length).toBeLessThan(11)
    expect(fit.warnings.map(({ code }) => code)).toContain("collinear")
  })
})

describe("many groups on both sides, where effects are found by iteration", () => {
  it("leaves nothing in any group of either factor, nor along the regressor", () => {
    const s = stream(5, 0)
    const [N, T, n] = [1500, 1100, 12_000]
    const first = Array.from({ length: n }, (_, i) => (i < N ? i : s.integer(N)))
    const second = Array.from({ length: n }, (_, i) => (i < T ? i : s.integer(T)))
    const [a, b] = [factor("a", first), factor("b", second)]
    const x = Float64Array.from({ length: n }, () => s.normal())
    const y = { name: "y", values: x.map((v, i) => 2 * v + Math.sin(first[i]!) + second[i]! / 100 + s.normal()) }
    const model = { dependent: y, regressors: [{ name: "x", values: x }], effects: [a, b] }
    const iterated = fixedEffects(model)
    const sums = new Float64Array(b.levels)
    const rows = iterated.rows
    for (const [i, row] of rows.entries()) sums[b.codes[row]!] = sums[b.codes[row]!]! + iterated.residuals[i]!
    expect(Math.max(...sums.map(Math.abs))).toBeLessThan(1e-9)
    const byFirst = new Float64Array(a.levels)
    for (const [i, row] of rows.entries()) byFirst[a.codes[row]!] = byFirst[a.codes[row]!]! + iterated.residuals[i]!
    expect(Math.max(...byFirst.map(Math.abs))).toBeLessThan(1e-9)
    const orthogonal = rows.reduce((sum, row, i) => sum + iterated.residuals[i]! * x[row]!, 0)
    expect(Math.abs(orthogonal)).toBeLessThan(1e-8)
    expect(() => covariance(iterated, { kind: "HC3" })).toThrow(/too many/)
  })
})

describe("laws", () => {
  const panels = fc.record({ seed: fc.integer(), N: fc.integer({ min: 5, max: 9 }), T: fc.integer({ min: 5, max: 7 }), holes: fc.constantFrom(0, 0.2) })
  const make = ({ seed, N, T, holes }: { seed: number; N: number; T: number; holes: number }) => {
    const s = stream(seed, 0)
    const cells = Array.from({ length: N * T }, (_, i) => [Math.floor(i / T), i % T] as const).filter(() => s.uniform() >= holes)
    const draw = () => Float64Array.from(cells, () => s.normal())
    const [x, z] = [draw(), draw()]
    return {
      s,
      cells,
      dependent: { name: "y", values: x.map((v, i) => v - z[i]! + cells[i]![0] + s.normal()) },
      regressors: [
        { name: "x", values: x },
        { name: "z", values: z }
      ],
      effects: [
        factor(
          "entity",
          cells.map(([i]) => i)
        ),
        factor(
          "year",
          cells.map(([, t]) => t)
        )
      ]
    }
  }
  const law = (claim: string, check: (p: ReturnType<typeof make>) => void) =>
    it(claim, () => {
      fc.assert(
        fc.property(panels, (shape) => check(make(shape))),
        { numRuns: 40 }
      )
    })
  law("the order of rows and the names of groups change nothing", (p) => {
    const order = p.cells
      .map((_, i) => [p.s.word(), i] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, i]) => i)
    const moved = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!)
    const renamed = fixedEffects({
      dependent: { name: "y", values: moved(p.dependent.values) },
      regressors: p.regressors.map(({ name, values }) => ({ name, values: moved(values) })),
      effects: [
        factor(
          "entity",
          order.map((i) => `g${(p.cells[i]![0] * 7) % 11}`)
        ),
        factor(
          "year",
          order.map((i) => -p.cells[i]![1])
        )
      ]
    })
    const fit = fixedEffects(p)
    agree(renamed.coefficients, fit.coefficients, 1e-8)
    agree(renamed.inference.stdError, fit.inference.stdError, 1e-8)
  })
  law("Frisch, Waugh and Lovell: x's slope is that of y on what the other regressor and the effects leave of x", (p) => {
    const fit = fixedEffects(p)
    const left = fixedEffects({ ...p, dependent: p.regressors[0]!, regressors: [p.regressors[1]!] })
    const alone = fixedEffects({
      ...p,
      dependent: { name: "y", values: pick(p.dependent.values, fit.rows) },
      regressors: [{ name: "x", values: left.residuals }],
      effects: fit.effects.factors
    })
    agree([alone.coefficients[0]!], [fit.coefficients[0]!], 1e-8)
    agree(alone.residuals.length === fit.residuals.length ? [1] : [0], [1])
  })
  law("rows that are repeated and frequency weights are one thing, in every variance that does not cluster", (p) => {
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values)
    const repeated = fixedEffects({
      dependent: { name: "y", values: twice(p.dependent.values) },
      regressors: p.regressors.map(({ name, values }) => ({ name, values: twice(values) })),
      effects: p.effects.map(({ codes, name }) => factor(name, [...codes, ...codes]))
    })
    // Repetition leaves no singletons: compare where there were none.
    const weighted = fixedEffects({ ...p, weights: { kind: "fweight", values: new Float64Array(p.cells.length).fill(2) } })
    if (weighted.rows.length < p.cells.length) return
    for (const kind of ["iid", "HC1", "HC2", "HC3"] as const) agree(covariance(weighted, { kind }).matrix, covariance(repeated, { kind }).matrix, 1e-6)
  })
  law("analytic weights in other units change no estimate and no standard error", (p) => {
    const values = Float64Array.from(p.cells, () => 0.5 + p.s.uniform())
    const [a, b] = [1, 1000].map((unit) => fixedEffects({ ...p, weights: { kind: "aweight" as const, values: values.map((w) => w * unit) } }))
    agree(b!.coefficients, a!.coefficients, 1e-8)
    for (const kind of ["iid", "HC1", "HC2", "HC3"] as const) agree(covariance(b!, { kind }).matrix, covariance(a!, { kind }).matrix, 1e-6)
  })
  const pick = (values: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => values[row]!)
})

describe("what cannot be estimated", () => {
  const data = oracleData("data/grunfeld.csv")
  const given: FixedEffectsModel = {
    dependent: data.variable("inv"),
    regressors: [data.variable("value")],
    effects: [data.factor("firm"), data.factor("year")]
  }
  it("a factor that the model has not is refused with those it has", () => {
    expect(() => fixedEffects(given, { variance: { kind: "cluster", by: ["province"] } })).toThrow(/no factor province to cluster by; it has firm, year/)
  })
  it("a regressor that the effects explain is dropped and named, and a Fault where it is essential", () => {
    const constant = { name: "since", values: data.variable("year").values }
    const fit = fixedEffects({ ...given, regressors: [constant, ...given.regressors] })
    expect(fit.terms).toEqual(["value"])
    expect(fit.warnings[0]).toMatchObject({ code: "collinear", message: expect.stringContaining("since") })
    expect(() => fixedEffects({ ...given, regressors: [constant, ...given.regressors] }, { essential: ["since"] })).toThrow(Fault)
  })
  it("a row that the model fits whatever its value has no HC3", () => {
    const dummy = { name: "lone", values: Float64Array.from({ length: data.rows }, (_, i) => (i === 3 ? 1 : 0)) }
    expect(() => fixedEffects({ ...given, regressors: [...given.regressors, dummy] }, { variance: "HC3" })).toThrow(/row 4 of the sample/)
  })
})
