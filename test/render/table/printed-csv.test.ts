import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { printedCsv } from "../../../src/render/table/printed-csv.ts"
import { awkward, baseline, printed } from "../tables.ts"

const one = (label: string, text: string) => printed({ title: "", columns: [{ label: "x" }], rows: [{ label, cells: [{ text }] }], notes: [] })

describe("printed table as CSV", () => {
  it("has numbers as they are printed, with the paper's beside them or without", () => {
    expect(parse(printedCsv(baseline)).slice(0, 3)).toEqual([
      [
        "",
        "Baseline regression: (1) ami: run",
        "Baseline regression: (1) ami: paper",
        ...["(2) coagglo", "(3) ami"].flatMap((label) => [`IV: ${label}: run`, `IV: ${label}: paper`])
      ],
      ["coagglo", "0.770***", "0.767***", "", "", "1.302**", "1.337***"],
      ["", "(0.128)", "(0.130)", "", "", "(0.601)", "(0.515)"]
    ])
    expect(parse(printedCsv(baseline, { published: false }))[1]).toEqual(["coagglo", "0.770***", "", "1.302**"])
    expect(parse(printedCsv(awkward))[1]).toEqual(["内蒙古自治区", "a|b", "1.50"])
  })

  it("gives a spreadsheet no formula, and leaves numbers and signs alone", () => {
    for (const text of ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", " =A1", "＝A1"])
      expect(parse(printedCsv(one(text, text)))[1]).toEqual([`'${text.trimStart()}`, `'${text}`])
    for (const text of ["-38.105**", "+", "-", "-1.2e-16", "-1,234.5†", "-0.13+", "(-0.1)", "a=b"])
      expect(parse(printedCsv(one("x", text)))[1]).toEqual(["x", text])
  })

  it("is read back as it was, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const [, row] = parse(printedCsv(one("x", text)), { relax_column_count: true })
        expect(row![1]!.replace(/^'/, "")).toBe(text.replace(/^'/, ""))
      })
    )
  })
})
