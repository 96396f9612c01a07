import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import * as d from "../../src/stats/distributions.ts"

type Table = Readonly<Record<string, ReadonlyArray<string>>>
const oracle = JSON.parse(readFileSync(new URL("../oracle/linear-distributions.json", import.meta.url), "utf8")) as Readonly<Record<string, Table>>
const value = (text: string): number => (text === "Inf" ? Number.POSITIVE_INFINITY : text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text))

/** The largest relative difference of f from a column of R's values, and where it is. */
const worst = (table: Table, result: string, args: ReadonlyArray<string>, f: (...x: Array<number>) => number) => {
  let found = { difference: 0, at: "" }
  const rows = table[result]!.length
  for (let i = 0; i < rows; i++) {
    const x = args.map((name) => value(table[name]![i]!))
    const expected = value(table[result]![i]!)
    const got = f(...x)
    // Subnormal numbers have few digits: there the difference counts against the smallest normal one.
    const difference = got === expected ? 0 : Math.abs(got - expected) / Math.max(Math.abs(expected), 2.3e-308)
    if (!(difference <= found.difference)) found = { difference, at: `${args.map((name, k) => `${name} = ${x[k]}`).join(", ")}: ${got}, R ${expected}` }
  }
  return found
}

const cases: ReadonlyArray<readonly [string, string, ReadonlyArray<string>, (...x: Array<number>) => number, number]> = [
  ["normal", "pdf", ["x"], d.normalPdf, 5e-15],
  ["normal", "cdf", ["x"], d.normalCdf, 5e-15],
  ["normal", "upper", ["x"], d.normalUpper, 5e-15],
  ["normalQuantile", "x", ["p"], d.normalQuantile, 5e-15],
  ["t", "pdf", ["x", "df"], d.tPdf, 3e-13],
  ["t", "cdf", ["x", "df"], d.tCdf, 3e-13],
  ["t", "upper", ["x", "df"], d.tUpper, 3e-13],
  ["tQuantile", "x", ["p", "df"], d.tQuantile, 3e-13],
  ["chi2", "pdf", ["x", "df"], d.chi2Pdf, 3e-13],
  ["chi2", "cdf", ["x", "df"], d.chi2Cdf, 3e-13],
  ["chi2", "upper", ["x", "df"], d.chi2Upper, 3e-13],
  ["chi2Quantile", "x", ["p", "df"], d.chi2Quantile, 3e-13],
  ["f", "pdf", ["x", "df1", "df2"], d.fPdf, 3e-13],
  ["f", "cdf", ["x", "df1", "df2"], d.fCdf, 3e-13],
  ["f", "upper", ["x", "df1", "df2"], d.fUpper, 3e-13],
  ["fQuantile", "x", ["p", "df1", "df2"], d.fQuantile, 3e-13]
]

describe("distributions agree with R, far tails included", () => {
  for (const [table, result, args, f, tolerance] of cases)
    it(`${table} ${result}`, () => {
      const found = worst(oracle[table]!, result, args, f)
      expect(found.difference, found.at).toBeLessThan(tolerance)
    })
})

describe("quantiles", () => {
  it("invert the distribution functions where R's lose digits", () => {
    expect(d.fQuantile(1e-8, 1, 2) / 2e-16).toBeCloseTo(1, 12)
    expect(d.tQuantile(0.5, 0.7)).toBe(0)
  })
  it("are infinite or zero at the ends, and NaN outside", () => {
    expect([d.normalQuantile(0), d.normalQuantile(1), d.chi2Quantile(0, 3), d.fQuantile(1, 2, 3)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY
    ])
    expect(d.tQuantile(1.5, 4)).toBeNaN()
  })
  it("a NaN statistic has a NaN p-value, never 1", () => {
    expect([d.chi2Upper(Number.NaN, 2), d.fUpper(Number.NaN, 1, 30), d.tTwoSided(Number.NaN, 30), d.normalUpper(Number.NaN)]).toEqual(Array(4).fill(Number.NaN))
  })
})

describe("the noncentral chi-squared distribution", () => {
  // A noncentral chi-squared is (Z + sqrt(ncp))^2 and an independent central one: with one degree of freedom the normal's own tails.
  it("with one degree of freedom is the square of a shifted normal", () => {
    for (const [x, ncp] of [
      [0.3, 0.5],
      [30, 20],
      [37.4, 20],
      [250, 100],
      [900, 600]
    ] as const) {
      const tail = d.normalUpper(Math.sqrt(x) - Math.sqrt(ncp)) + d.normalUpper(Math.sqrt(x) + Math.sqrt(ncp))
      expect(Math.abs(d.noncentralChi2Upper(x, 1, ncp) / tail - 1)).toBeLessThan(1e-11)
    }
  })
  it("without noncentrality is the central one; quantiles are the inverse; R's values", () => {
    for (const df of [0.4, 1, 3.7, 12])
      for (const p of [1e-6, 0.05, 0.5, 0.95, 0.999]) {
        expect(Math.abs(d.noncentralChi2Quantile(p, df, 0) / d.chi2Quantile(p, df) - 1)).toBeLessThan(1e-11)
        expect(Math.abs((1 - p) / d.noncentralChi2Upper(d.noncentralChi2Quantile(p, df, 25), df, 25) - 1)).toBeLessThan(1e-10)
      }
    expect(Math.abs(d.noncentralChi2Upper(30, 3.7, 20) / 0.23237231360270211 - 1)).toBeLessThan(1e-10)
    expect(Math.abs(d.noncentralChi2Quantile(0.95, 1, 20) / 37.417561545697538 - 1)).toBeLessThan(1e-10)
    expect(Math.abs(d.noncentralChi2Quantile(0.95, 10, 200) / 258.73768776042203 - 1)).toBeLessThan(1e-9)
  })
})
