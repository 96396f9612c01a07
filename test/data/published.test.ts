import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { type PrintedRow, printedRows, printedValue } from "./published-numbers.ts"

const tables = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const all = (): ReadonlyArray<PrintedRow> => [...tables.flatMap(printedRows), ...printedRows("text")]
const half = (row: PrintedRow): number => 0.5 * 10 ** -(row.value.split(".")[1] ?? "").length

/** Each estimate with what stands in the brackets below it. */
const pairs = (table: number): ReadonlyArray<readonly [PrintedRow, PrintedRow]> => {
  const rows = printedRows(table)
  return rows
    .filter(({ kind }) => kind === "estimate")
    .map((row) => [row, rows.find((one) => one.column === row.column && one.term === row.term && ["std_error", "statistic"].includes(one.kind))!] as const)
}

describe("the published numbers", () => {
  it("have a value that is a number wherever they have one, and the text that it was printed in", () => {
    for (const { kind, stars, text, value } of all()) {
      if (value === "" || kind === "rank") continue
      expect(Number.isFinite(Number(value)), value).toBe(true)
      expect(text.replace(/[()[\]{}]/g, "")).toBe(stars === "" ? value : `${value} ${stars}`)
    }
  })

  it("have one row a thing", () => {
    for (const table of tables) {
      const keys = printedRows(table)
        .filter(({ term }) => term !== "")
        .map(({ column, kind, term }) => `${column} ${term} ${kind}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it.each([4, 5, 6, 7, 9, 10, 11])("have brackets below every estimate of Table %i", (table) => {
    for (const [estimate, below] of pairs(table)) expect(below, `${estimate.column} ${estimate.term}`).toBeDefined()
  })

  // East has 10 clusters and the northeast 3: their stars go with a t distribution of so many less one.
  const byT = new Set(["6.1 pdgp", "6.1 inv", "6.4 coagglo", "6.4 pdgp", "6.4 gov", "6.4 str", "6.4 inf", "6.4 (constant)"])
  it("have the stars of their own ratios under the normal distribution, rounding allowed for, but in the two samples of few clusters", () => {
    const level = (t: number): number => (t > 2.5758 ? 3 : t > 1.96 ? 2 : t > 1.6449 ? 1 : 0)
    const others: Array<string> = []
    for (const table of [4, 5, 6, 7, 9, 10, 11])
      for (const [estimate, below] of pairs(table)) {
        const [value, bracket] = [Math.abs(Number(estimate.value)), Math.abs(Number(below.value))]
        if (bracket === 0) continue
        const [low, high] =
          below.kind === "statistic"
            ? [bracket - half(below), bracket + half(below)]
            : [(value - half(estimate)) / (bracket + half(below)), (value + half(estimate)) / (bracket - half(below))]
        const stars = estimate.stars.length
        if (stars < level(low) || stars > level(high)) others.push(`${table}.${estimate.column} ${estimate.term}`)
      }
    expect(new Set(others)).toEqual(byT)
  })

  it("mediate: the indirect effect is the product, the total the sum, within rounding", () => {
    expect(printedValue("8.1", "indirect", "estimate")).toBeCloseTo(printedValue("7.3", "coagglo", "estimate") * printedValue("7.4", "uic", "estimate"), 3)
    expect(printedValue("8.1", "direct", "estimate")).toBe(printedValue("7.4", "coagglo", "estimate"))
    expect(printedValue("7.1", "coagglo", "estimate")).toBeCloseTo(printedValue("8.1", "direct", "estimate") + printedValue("8.1", "indirect", "estimate"), 3)
  })

  it("have Table 4's first column again as Table 7's", () => {
    for (const { column, kind, term, value } of printedRows(4).filter((row) => row.column === "1" && row.value !== ""))
      expect(printedValue(`7.${column}`, term, kind)).toBe(Number(value))
  })

  it("have sub-samples that add up", () => {
    const n = (column: number): number => printedValue(`6.${column}`, "nobs", "nobs")
    expect(n(1) + n(2) + n(3) + n(4)).toBe(589)
    expect(n(5) + n(6)).toBe(589)
  })

  it("have weights that sum to one within rounding, overall and within each dimension", () => {
    const rows = printedRows(2)
    const sum = (kind: string, terms: ReadonlyArray<string>): number =>
      rows.filter((row) => row.kind === kind && terms.includes(row.term)).reduce((total, { value }) => total + Number(value), 0)
    const indicators: ReadonlyArray<{ name: string; dimension: string }> = parse(readFileSync("indicators/paper.yaml", "utf8")).indicators
    expect(
      sum(
        "weight",
        indicators.map(({ name }) => name)
      )
    ).toBeCloseTo(1, 2)
    for (const dimension of new Set(indicators.map((indicator) => indicator.dimension))) {
      const members = indicators.filter((indicator) => indicator.dimension === dimension).map(({ name }) => name)
      expect(sum("individual_weight", members), dimension).toBeCloseTo(1, 2)
    }
  })

  it("have LM statistics that satisfy the identity of Anselin and others: lag + robust error = error + robust lag", () => {
    const lm = (term: string): number => Number(printedRows("text").find((row) => row.term === term)!.value)
    expect(lm("lm_lag") + lm("robust_lm_error")).toBeCloseTo(lm("lm_error") + lm("robust_lm_lag"), 2)
  })

  it("have total effects that are the direct plus the indirect ones, within rounding", () => {
    for (const term of ["coagglo", "pdgp", "fdi", "hcl", "gov", "inv", "str", "inf"]) {
      const effect = (column: number): number => printedValue(`11.${column}`, term, "estimate")
      expect(Math.abs(effect(5) - effect(3) - effect(4)), term).toBeLessThan(0.0016)
    }
  })

  it("keep the paper's misprints", () => {
    expect(printedValue("4.2", "first_stage_f", "statistic")).toBe(47.58)
    expect(printedRows("text").find(({ term }) => term === "first_stage_f")!.value).toBe("47.850")
    expect(printedValue("4.3", "anderson_rubin_wald", "p_value")).toBe(0.005)
  })
})
