import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { columnSummary } from "../../../src/studio/server/artifact/column-summary.ts"
import { allRows } from "../../../src/studio/server/artifact/matching-rows.ts"
import type { OpenedTable } from "../../../src/studio/server/artifact/opened-table.ts"
import { column, opened } from "./opened.ts"

const summaryOf = (table: OpenedTable, name: string, rows = allRows(table.rows), filter = "") => columnSummary(table, table.column(name)!, rows, filter)

describe("what a column comes to", () => {
  it("numbers: as R has it (mean, sd, quantile), missing and infinite ones aside", () => {
    const values = [3.1, 4.1, 5.9, 2.6, 5.3, 5.8, 9.7, 0, Number.POSITIVE_INFINITY]
    const valid = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 0, 1)
    const { missing, notFinite, numbers } = summaryOf(opened([column("x", "number", Float64Array.from(values), valid)]), "x")
    expect([missing, notFinite]).toEqual([1, 1])
    // R 4.5: x <- c(3.1, 4.1, 5.9, 2.6, 5.3, 5.8, 9.7); summary(x); sd(x)
    const { bins: _, ...rest } = numbers!
    expect(rest.mean).toBeCloseTo(5.2142857142857, 12)
    expect(rest.sd).toBeCloseTo(2.36250472410714, 10)
    expect([rest.min, rest.median, rest.max]).toEqual([2.6, 5.3, 9.7])
    expect(rest.lower).toBeCloseTo(3.6, 12)
    expect(rest.upper).toBeCloseTo(5.85, 12)
  })
  it("every number is in one bin of the histogram, the one whose ends it lies between", () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -1000, max: 1000 }),
      fc.double({ min: 0, max: 1e-3, noNaN: true })
    )
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), fc.boolean(), (values, whole) => {
        const own = whole ? values.map((x) => Math.trunc(Math.max(-2e9, Math.min(2e9, x)))) : values
        const table = opened([whole ? column("x", "integer", Int32Array.from(own)) : column("x", "number", Float64Array.from(own))])
        const { bins } = summaryOf(table, "x").numbers!
        expect(bins.length).toBeLessThanOrEqual(45)
        const last = bins.length - 1
        bins.forEach(({ count, from, to }, i) => {
          // The last of several bins of whole numbers ends before its upper edge, as all of them do.
          const isClosed = i === last && (!whole || bins.length === 1)
          const inside = own.filter((x) => x >= from && (x < to || (isClosed && x <= to))).length
          expect(count).toBe(inside)
          if (i > 0) expect(from).toBe(bins[i - 1]!.to)
        })
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(own.length)
      })
    )
  })
  it("bins lie between round numbers; few whole numbers have a bin each", () => {
    const share = opened([
      column(
        "x",
        "number",
        Float64Array.from({ length: 100 }, (_, i) => i / 99)
      )
    ])
    expect(
      summaryOf(share, "x")
        .numbers!.bins.slice(0, 3)
        .map(({ from }) => from)
    ).toEqual([0, 0.05, 0.1])
    const years = opened([
      column(
        "year",
        "integer",
        Int32Array.from({ length: 40 }, (_, i) => 2001 + (i % 4))
      )
    ])
    expect(summaryOf(years, "year").numbers!.bins).toEqual([2001, 2002, 2003, 2004].map((from) => ({ from, to: from + 1, count: 10 })))
  })
  it("the most frequent values are those that sorting all by their counts gives", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 200 }), (values) => {
        const texts = values.map(String)
        const counts = new Map<string, number>()
        for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
        const sorted = [...counts].sort((a, b) => b[1] - a[1])
        const { distinct, others, top } = summaryOf(opened([column("t", "text", texts)]), "t").values!
        expect(top.map(({ count, value }) => [value, count])).toEqual(sorted.slice(0, 12))
        expect([distinct, others]).toEqual([sorted.length, sorted.slice(12).reduce((sum, [, count]) => sum + count, 0)])
      })
    )
  })
  it("texts, categories and flags: the most frequent first, and how many others; filled cells are counted", () => {
    const names = ["b", "a", "b", "", "c"]
    const table = opened([
      column("t", "text", names),
      column("t__filled", "flag", Uint8Array.of(0, 1, 0, 0, 1)),
      column("c", "category", names, Uint8Array.of(1, 1, 1, 0, 1)),
      column("b", "flag", Uint8Array.of(1, 1, 0, 0, 0), Uint8Array.of(1, 1, 1, 1, 0))
    ])
    expect(summaryOf(table, "t")).toMatchObject({ rows: 5, missing: 0, filled: 2, values: { distinct: 4, others: 0 } })
    expect(summaryOf(table, "t").values!.top[0]).toEqual({ value: "b", cut: false, count: 2 })
    expect(summaryOf(table, "c")).toMatchObject({ missing: 1, values: { distinct: 3 } })
    expect(summaryOf(table, "b").values!.top).toEqual([
      { value: "false", cut: false, count: 2 },
      { value: "true", cut: false, count: 2 }
    ])
    expect(summaryOf(table, "t", Uint32Array.of(0, 2), "t = b").values).toEqual({ distinct: 1, others: 0, top: [{ value: "b", cut: false, count: 2 }] })
    const many = opened([
      column(
        "t",
        "text",
        Array.from({ length: 30 }, (_, i) => `firm ${i}`)
      )
    ])
    expect(summaryOf(many, "t").values).toMatchObject({ distinct: 30, others: 18 })
  })
})
