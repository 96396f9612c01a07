import { describe, expect, it } from "vitest"
import type { AuditFault } from "../../src/audit/faults.ts"
import type { Paper } from "../../src/audit/paper.ts"
import { csvOf, paperOrFaults } from "./published-paper.ts"

const messages = (csv: string, declared = ""): ReadonlyArray<string> =>
  (paperOrFaults(csv, declared) as ReadonlyArray<AuditFault>).map(({ message }) => message)

describe("faults of an audit's files", () => {
  it("name file, row and column of printed numbers, all together", () => {
    const csv = csvOf([
      ["1", "x", "estimat", "0.5"],
      ["1", "x", "estimate", "0,5"],
      ["1", "z", "estimate", "0.767***"],
      ["1", "w", "estimate", "1.0", "****"],
      ["1", "n", "nobs", "58.9"]
    ]).replace("0,5", '"0,5"')
    expect(messages(csv)).toEqual([
      expect.stringMatching(/^table\.csv, row 2, column kind: "estimat" is no kind of number; did you mean "estimate"/),
      expect.stringMatching(/^table\.csv, row 3, column value: "0,5" has a decimal comma; write a point/),
      expect.stringMatching(/^table\.csv, row 4, column value: "0\.767\*\*\*" is no decimal number; .* without stars/),
      expect.stringMatching(/^table\.csv, row 5, column stars/),
      expect.stringMatching(/^table\.csv, row 6, column value: "58\.9" is no number of observations/)
    ])
  })

  it("say what to write for numbers that papers print otherwise, and read those that can be", () => {
    const told = (kind: string, value: string) => messages(csvOf([["1", "x", kind, value]]).replace(value, `"${value}"`))
    expect(told("estimate", "1,234.5")).toEqual([expect.stringContaining("separators of thousands; write it without")])
    expect(told("estimate", "5.0%")).toEqual([expect.stringContaining("write the number before the %")])
    expect(told("estimate", "<0.001")).toEqual([expect.stringContaining("a bound, which only a p_value can be")])
    const read = (kind: string, value: string) => (paperOrFaults(csvOf([["1", "x", kind, value]])) as Paper).cells[0]!.interval
    expect(read("p_value", "<0.001").low).toBe(0)
    expect(read("p_value", "<0.001").high).toBeCloseTo(0.001, 12)
    expect(read("estimate", "\u22120.05").low).toBeCloseTo(-0.055, 9)
    expect(read("estimate", "-0.000").low).toBeCloseTo(-0.0005, 9)
    expect(read("std_error", "1.25e-05").high).toBeCloseTo(1.255e-5, 12)
  })

  it("tell columns that lack or mean nothing, a number printed twice, and an open quote", () => {
    expect(messages("table,column,term,kind,valeu\n")).toEqual([
      expect.stringContaining('there is no column "value"; did you mean "valeu"?'),
      expect.stringContaining('a column "valeu" means nothing here; did you mean "value"?')
    ])
    expect(
      messages(
        csvOf([
          ["1", "x", "estimate", "1"],
          ["1", "x", "estimate", "2"]
        ])
      )
    ).toEqual([expect.stringContaining("row 3: 1.1 x estimate stands in row 2 already")])
    expect(messages('table,column,term,kind,value\n1,1,"x,estimate,1\n')[0]).toMatch(/^table\.csv, row 2: not CSV/)
    expect(messages("")).toEqual([expect.stringContaining("the file is empty")])
  })

  it("tell references, formulas, distributions and names that lead nowhere, with their path", () => {
    const csv = csvOf([["1", "income", "estimate", "1.0"]])
    const declared = `
relations:
  - { says: a, left: "[1.1 incme]", right: "[1.2 income]" }
  - { says: b, left: "([1.1 income]", right: "[1.1 income] +" }
  - { says: c, left: "2 [1.1 income]", right: "1 % 2" }
tests: [{ cell: 1.1 income, against: [chi(1)] }]
models: [{ columns: ["2.*"] }]
claims: [{ says: s, where: w, needs: [{ overidentified: "1.1" }] }]`
    const told = messages(csv, declared).join("\n")
    for (const part of [
      /models\[0\]\.columns\[0\]: "2\.\*" is no column/,
      /relations\[0\]\.left: column 1\.1 has no term "incme"; did you mean "income"/,
      /relations\[0\]\.right: there is no column "1\.2"/,
      /relations\[1\]\.left: a bracket opens/,
      /relations\[1\]\.right: .* ends where a number or a cell is expected/,
      /relations\[2\]\.left: .* goes on after it is complete/,
      /relations\[2\]\.right: "% 2" is not understood/,
      /tests\[0\]\.against\[0\]: "chi\(1\)" is no distribution/,
      /claims\[0\]\.needs\[0\]\.overidentified: say under models how many instruments/
    ])
      expect(told).toMatch(part)
    expect(messages(csv, "relatons: []")).toEqual([expect.stringMatching(/relatons: there is no "relatons" here; did you mean "relations"/)])
    expect(messages(csv, "levels: [0.01, 0.05, 0.1]")).toEqual([expect.stringContaining("each below the one before")])
    expect(messages(csvOf([["1", "x", "estimate", "1", "***"]]), "levels: [0.05, 0.01]")).toEqual([
      expect.stringContaining("row 2, column stars: 3 stars, and the audit file has 2 levels")
    ])
    const needs = `claims: [{ says: s, where: w, needs: [{ cell: 1.1 income, sing: positive }, { larger: 1.1 income }, { printed: 1.1 income, level: 0.1 }] }]`
    expect(messages(csv, needs)[0]).toMatch(/^audit\.yaml, claims\[0\]\.needs\[0\]\.sing: there is no "sing" here/)
    expect(messages(csv, needs.replace(", sing: positive", ", sign: positive"))).toEqual(
      [1, 2].map((i) => expect.stringMatching(new RegExp(`^audit\\.yaml, claims\\[0\\]\\.needs\\[${i}\\]: Expected one of .*larger, smaller`)))
    )
    expect(messages(csv, "relations: [")[0]).toMatch(/^audit\.yaml: /)
    expect(messages(csv, "claims: [{ says: s, where: w, needs: [] }]")).toEqual([expect.stringMatching(/claims\[0\]\.needs: say what the claim needs/)])
  })

  it("tell that there is nothing to audit", () => {
    expect(messages("table,column,term,kind,value\n")).toEqual([
      "audit.yaml, cells: there is no printed number in these files; name those that have the paper's, such as [table-04.csv]"
    ])
  })
})
