import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { within } from "../../src/econometrics/regression/within.ts"
import { panelIndex } from "../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../src/econometrics/sample/variable.ts"
import { stream } from "../../src/stats/random.ts"
import { against, auditOf } from "./published-paper.ts"

const levels = [0.1, 0.05, 0.01]
const [N, T] = [14, 9]
const CONTROLS = ["c1", "c2", "c3", "c4"]

/** The tables of a paper on a random panel: a baseline, a mediator, both, and a product, with descriptive statistics; as CSV, rounded to `digits`. */
const paperOf = (seed: number, digits: number, variance: "iid" | "cluster"): string => {
  const s = stream(seed, 0)
  const index = panelIndex(
    Array.from({ length: N * T }, (_, i) => `e${Math.floor(i / T)}`),
    Array.from({ length: N * T }, (_, i) => i % T)
  )
  const column = (name: string, value: (i: number) => number): Variable => ({ name, values: Float64Array.from({ length: N * T }, (_, i) => value(i)) })
  const common = column("common", () => s.normal()).values
  const spread = Array.from({ length: N }, () => 0.3 + s.uniform())
  const noise = (i: number): number => spread[Math.floor(i / T)]! * s.normal()
  const controls = CONTROLS.map((name, k) => column(name, (i) => 10 ** (k - 2) * (s.normal() + common[i]!)))
  const x = column("x", (i) => 0.5 * common[i]! + s.normal())
  const m = column("m", (i) => 0.6 * x.values[i]! + controls[1]!.values[i]! + noise(i))
  const product = column("x*m", (i) => x.values[i]! * m.values[i]!)
  const y = column("y", (i) => 0.4 * x.values[i]! + 0.8 * m.values[i]! + controls[1]!.values[i]! + noise(i))
  const models: ReadonlyArray<readonly [Variable, ReadonlyArray<Variable>]> = [
    [y, [x, ...controls]],
    [m, [x, ...controls]],
    [y, [x, m, ...controls]],
    [y, [x, m, product, ...controls]]
  ]
  const rows = models.flatMap(([dependent, regressors], c) => {
    const { inference, statistics } = within({ dependent, regressors, index }, { variance })
    const row = (term: string, kind: string, value: string, stars = 0) => `1,${c + 1},${dependent.name},${term},${kind},${value},${"*".repeat(stars)},`
    return [
      ...inference.terms.flatMap((term, k) => [
        row(term, "estimate", inference.estimate[k]!.toFixed(digits), levels.filter((level) => inference.pValue[k]! <= level).length),
        row(term, "std_error", inference.stdError[k]!.toFixed(digits))
      ]),
      row("n", "nobs", String(N * T)),
      row("r2", "r2", statistics.rSquaredWithinTwoWay.toFixed(digits))
    ]
  })
  const described = [y, m, x, product, ...controls].flatMap(({ name, values }) => {
    const mean = values.reduce((a, b) => a + b) / values.length
    const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1))
    return [
      ...Object.entries({ mean, sd, min: Math.min(...values), max: Math.max(...values) }).map(
        ([kind, value], c) => `2,${c},${kind},${name},${kind},${value.toFixed(digits)},,`
      ),
      `2,9,n,${name},nobs,${values.length},,`
    ]
  })
  return ["table,column,column_label,term,kind,value,stars,text", ...rows, ...described].join("\n")
}

const declared = (variance: string): string =>
  `models: [{ columns: ["1.*"], variance: ${variance}, brackets: std_error, clusters: ${N}, entities: ${N}, years: ${T}, absorbed: ${N + T - 1} }]`

describe("the tables of a paper whose regressions were run, rounded", () => {
  it("are no find with iid standard errors, and R², t, proportions and the mediator's identity are all looked at", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 3, max: 4 }), (seed, digits) => {
        const finds = auditOf(paperOf(seed, digits, "iid"), declared("iid"))
        expect(against(finds)).toEqual([])
        expect(new Set(finds.map(({ check }) => check))).toEqual(
          new Set([
            "proportional standard errors",
            "R² and t",
            "coefficient, SD and R²",
            "stars",
            "brackets",
            "omitted variable",
            "summary statistics",
            "observations"
          ])
        )
      }),
      { numRuns: 60 }
    )
  })

  it("are no find with clustered standard errors and t of clusters less one", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 3, max: 4 }), (seed, digits) => {
        expect(against(auditOf(paperOf(seed, digits, "cluster"), declared("clustered")))).toEqual([])
      }),
      { numRuns: 60 }
    )
  })

  it("are a doubt, with four decimals, where iid standard errors are called clustered", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const checks = against(auditOf(paperOf(seed, 4, "iid"), declared("clustered"))).map(({ check }) => check)
        expect(checks).toContain("proportional standard errors")
      }),
      { numRuns: 30 }
    )
  })
})
