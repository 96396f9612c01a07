import { describe, expect, it } from "vitest"
import { against, auditOf, auditOfFile, csvOf } from "./published-paper.ts"

describe("other papers", () => {
  it("Card and Krueger (1994), Table 3, is clean: 2.76 beside 0.59 + 2.16 is rounding", () => {
    const finds = auditOfFile("data/audit/card-krueger-1994.yaml")
    expect(against(finds)).toEqual([])
    expect(finds.filter(({ check }) => check === "relation")).toHaveLength(9)
  })

  it("Greene (2008), Table 4.7, has a t ratio and an N that are wrong as printed, and right as the errata have them", () => {
    const finds = auditOfFile("data/audit/greene-2008.yaml")
    expect(against(finds).map(({ check, verdict, where }) => [check, verdict, where])).toEqual([
      ["t ratio", "contradiction", ["4.7.1 coefficient"]],
      ["relation", "contradiction", ["4.7.1 nobs"]]
    ])
    expect(finds.filter(({ check, verdict, where }) => check === "t ratio" && verdict === "holds" && where.includes("4.7.2"))).toHaveLength(1)
  })
})

describe("checks that the papers do not try", () => {
  it("more observations than the panel can have, and fewer than a balanced one has", () => {
    const csv = csvOf([
      ["1", "x", "estimate", "1.0"],
      ["1", "n", "nobs", "200"]
    ])
    const of = (years: number) =>
      auditOf(csv, `models: [{ columns: ["1.1"], entities: 10, years: ${years} }]`).find(({ check }) => check === "observations")!.verdict
    expect([of(19), of(20), of(21)]).toEqual(["contradiction", "holds", "doubt"])
  })

  it("an interval beside its estimate, and a Wald chi2 in the place of t", () => {
    const csv = csvOf([
      ["1", "x", "estimate", "2.00"],
      ["1", "x", "std_error", "0.50"],
      ["1", "x", "statistic", "16.00"],
      ["1", "x", "conf_low", "2.10"],
      ["1", "x", "conf_high", "2.90"]
    ])
    expect(against(auditOf(csv)).map(({ check }) => check)).toEqual(["confidence interval"])
  })

  it("intervals of several columns, each beside its own estimate; a table with limits in columns of their own", () => {
    const rows = [1, 2].flatMap((c) =>
      [
        ["x", "estimate", c],
        ["x", "conf_low", c - 0.1],
        ["x", "conf_high", c + 0.1]
      ].map(([term, kind, value]) => [String(c), term, kind, Number(value).toFixed(2)] as [string, string, string, string])
    )
    expect(auditOf(csvOf(rows)).map(({ verdict }) => verdict)).toEqual(["holds", "holds"])
    const apart = csvOf([
      ["1", "x", "estimate", "1.00"],
      ["3", "x", "conf_low", "1.20"],
      ["4", "x", "conf_high", "1.50"]
    ])
    expect(against(auditOf(apart)).map(({ where }) => where)).toEqual([["1.1 x"]])
  })

  it("4.* is Table 4, and not Table 4.7", () => {
    const csv = "table,column,term,kind,value\n4,1,x,estimate,1.0\n4,1,n,nobs,10\n4.7,1,x,estimate,1.0\n4.7,1,n,nobs,10\n"
    expect(auditOf(csv, `models: [{ columns: ["4.*"], entities: 3, years: 3 }]`).map(({ where }) => where)).toEqual([["4.1"]])
  })

  it("stars of a bootstrap are doubted, not refused", () => {
    const csv = csvOf([
      ["1", "x", "estimate", "1.00", "***"],
      ["1", "x", "std_error", "1.00"]
    ])
    expect(against(auditOf(csv, `models: [{ columns: ["*"], variance: bootstrap }]`)).map(({ verdict }) => verdict)).toEqual(["doubt"])
  })

  it("named values in relations, and a relation that a divisor near zero leaves open", () => {
    const csv = csvOf([
      ["1", "a", "estimate", "0.00"],
      ["1", "b", "estimate", "1.00"]
    ])
    const declared = `
values: [{ name: the sum, is: "[1.1 a] + [1.1 b]" }]
relations:
  - { says: named, left: "[the sum]", right: "1.5" }
  - { says: open, left: "[1.1 b] / [1.1 a]", right: "7" }`
    const finds = against(auditOf(csv, declared))
    expect(finds.map(({ verdict }) => verdict)).toEqual(["contradiction", "doubt"])
    expect(finds[0]!.arithmetic).toContain("the sum: 0.00 + 1.00, in [0.99, 1.01]")
    expect(finds[1]!.says).toContain("cannot be told")
  })

  it("a coefficient that is not the direct one plus what goes by way of the mediator; a control that changes sign, unless a product explains it", () => {
    const table = (total: string, controls: readonly [string, string], product = "") =>
      [
        "table,column,column_label,term,kind,value,stars,text",
        ...[
          ["1", "y", "x", total],
          ["1", "y", "c", controls[0]],
          ["2", "m", "x", "0.50"],
          ["2", "m", "c", "0.00"],
          ["3", "y", "x", "0.30"],
          ["3", "y", "m", "2.00"],
          ["3", "y", "c", controls[1]],
          ...(product === "" ? [] : [["3", "y", product, "1.00"]])
        ].flatMap(([column, heading, term, value]) => [
          `1,${column},${heading},${term},estimate,${value},,`,
          `1,${column},${heading},${term},std_error,0.10,,`
        ]),
        ...["1", "2", "3"].map((column) => `1,${column},,n,nobs,100,,`)
      ].join("\n")
    const checks = (csv: string) => against(auditOf(csv)).map(({ check, where }) => [check, ...where])
    expect(checks(table("1.30", ["0.40", "0.40"]))).toEqual([])
    expect(checks(table("1.40", ["0.40", "0.40"]))).toEqual([["omitted variable", "1.1 x"]])
    expect(checks(table("1.30", ["-0.40", "0.40"]))).toEqual([
      ["omitted variable", "1.1 c"],
      ["signs", "1.3 c", "1.1 c"]
    ])
    expect(checks(table("1.30", ["-0.40", "0.40"], "c*m"))).toEqual([])
  })

  it("R² that falls with a regressor more, and standard errors printed as zero", () => {
    const csv = csvOf([
      ["1", "x", "estimate", "1.00"],
      ["1", "n", "nobs", "50"],
      ["1", "r2", "r2", "0.50"],
      ["2", "x", "estimate", "1.00"],
      ["2", "x", "std_error", "0.00"],
      ["2", "z", "estimate", "1.00"],
      ["2", "n", "nobs", "50"],
      ["2", "r2", "r2", "0.48"]
    ])
    expect(against(auditOf(csv)).map(({ check, verdict, where }) => [check, verdict, ...where])).toEqual([
      ["R²", "doubt", "1.2"],
      ["brackets", "doubt", "1.2 x"]
    ])
    expect(against(auditOf(csv.replace("0.48", "0.495").replace("0.00,", "0.01,")))).toEqual([])
  })

  it("standard errors of a total that no correlation of its parts gives, and a statistic of the wrong sign", () => {
    const table = (error: string, z: string) =>
      csvOf([
        ["1", "x", "estimate", "1.00"],
        ["2", "W*x", "estimate", "1.00"],
        ["3", "x", "estimate", "1.00"],
        ["3", "x", "std_error", "0.20"],
        ["4", "x", "estimate", "1.00"],
        ["4", "x", "std_error", "0.50"],
        ["5", "x", "estimate", "2.00"],
        ["5", "x", "std_error", error],
        ["1", "rho", "estimate", "0.00"],
        ["1", "rho", "statistic", "0.00"],
        ["1", "z", "estimate", "-1.00"],
        ["1", "z", "statistic", z],
        ["1", "w", "estimate", "-1.00"],
        ["1", "w", "statistic", "-2.00"]
      ])
    const declared = `effects: [{ main: "1.1", lagged: "1.2", prefix: "W*", direct: "1.3", indirect: "1.4", total: "1.5", rho: 1.1 rho }]`
    const checks = (csv: string) => against(auditOf(csv, declared)).map(({ check, where }) => [check, ...where])
    expect(checks(table("0.60", "-2.00"))).toEqual([])
    expect(checks(table("0.20", "-2.00"))).toEqual([["total effects", "1.5 x"]])
    expect(checks(table("0.80", "2.00"))).toEqual([
      ["t ratio", "1.1 z"],
      ["total effects", "1.5 x"]
    ])
  })

  it("notes are told apart from what is computed, and are no contradiction", () => {
    const finds = auditOf(csvOf([["1", "x", "estimate", "1.0"]]), `notes: [{ where: eq. 3, says: a misprint }]`)
    expect(finds.map(({ says, verdict }) => [verdict, says])).toEqual([["note", "eq. 3: a misprint"]])
  })

  it("claims in a table without stars go by the ratio", () => {
    const csv = csvOf([
      ["1", "x", "estimate", "2.00"],
      ["1", "x", "std_error", "1.00"]
    ])
    const of = (level: number) =>
      auditOf(csv, `claims: [{ says: s, where: w, needs: [{ cell: 1.1 x, sign: positive, level: ${level} }] }]`).find(({ check }) => check === "claim")!.verdict
    expect([of(0.05), of(0.01)]).toEqual(["holds", "contradiction"])
  })

  it("standard errors of other columns that are robust, as said, are in order; R² that does not move with t² under iid ones is not", () => {
    const rows = [1, 2].flatMap((c) => [
      ...["a", "b", "c", "d", "e"].map((term) => `1,${c},y${c},${term},estimate,1.000,,`),
      ...["a", "b", "c", "d", "e"].map((term, k) => `1,${c},y${c},${term},std_error,${(0.5 + 0.1 * k * c).toFixed(3)},,`),
      `1,${c},y${c},nobs,nobs,100,,`
    ])
    const csv = ["table,column,column_label,term,kind,value,stars,text", ...rows].join("\n")
    expect(against(auditOf(csv, `models: [{ columns: ["*"], variance: robust }]`))).toEqual([])
    const nested = [
      "1,1,y,a,estimate,1.000,,",
      "1,1,y,a,std_error,0.100,,",
      "1,1,y,n,nobs,100,,",
      "1,1,y,r2,r2,0.500,,",
      "1,2,y,a,estimate,1.000,,",
      "1,2,y,a,std_error,0.100,,",
      "1,2,y,b,estimate,1.000,,",
      "1,2,y,b,std_error,0.100,,",
      "1,2,y,n,nobs,100,,",
      "1,2,y,r2,r2,0.510,,"
    ]
    const finds = auditOf(
      ["table,column,column_label,term,kind,value,stars,text", ...nested].join("\n"),
      `models: [{ columns: ["*"], variance: iid, absorbed: 1 }]`
    )
    expect(against(finds).map(({ check, verdict }) => [check, verdict])).toEqual([["R² and t", "contradiction"]])
  })
})
