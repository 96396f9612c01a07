import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Condition, readFilter, withConditions, writeFilter } from "../../../src/studio/messages/table-query/filter.ts"
import { readSort, sortedBy, writeSort } from "../../../src/studio/messages/table-query/sort.ts"

const name = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom("gdp", "gdp per head", "and", "is", "-x", 'a"b', "a,b", "L.coagglo", "W*mi", "(constant)", "人均", "1..2")
)
const not = fc.constantFrom({}, { not: true as const })
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .record({
      column: name,
      from: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
      to: fc.double({ noNaN: true, noDefaultInfinity: true })
    })
    .map((one) => ({ ...one, is: "range" as const, ...zeros(one) })),
  fc.record({ column: name, is: fc.constant("contains" as const), text: name }).chain((one) => not.map((n) => ({ ...one, ...n }))),
  fc
    .record({ column: name, is: fc.constant("one-of" as const), values: fc.array(name, { minLength: 1, maxLength: 4 }) })
    .chain((one) => not.map((n) => ({ ...one, ...n }))),
  fc.record({ column: name, is: fc.constantFrom("missing" as const, "filled" as const) }).chain((one) => not.map((n) => ({ ...one, ...n })))
)
/** -0 is written as 0. */
const zeros = ({ from, to }: { readonly from: number | undefined; readonly to: number }) => ({ from: from === undefined ? undefined : from + 0, to: to + 0 })

describe("filters as text", () => {
  it("are read as they were written, whatever the names and values", () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), (conditions) => {
        expect(readFilter(writeFilter(conditions))).toEqual(conditions)
      })
    )
  })
  it("are written as an economist would guess", () => {
    expect(readFilter("gdp > 10 and province = Inner Mongolia & year in 2005..2010")).toEqual([
      { column: "gdp", is: "range", from: 10, to: undefined, above: true },
      { column: "province", is: "one-of", values: ["Inner Mongolia"] },
      { column: "year", is: "range", from: 2005, to: 2010 }
    ])
    expect(readFilter('"gdp per head" <= -1e3 AND note not contains dam and x is not missing')).toEqual([
      { column: "gdp per head", is: "range", from: undefined, to: -1000 },
      { column: "note", is: "contains", text: "dam", not: true },
      { column: "x", is: "missing", not: true }
    ])
    expect(readFilter("x is present")).toEqual([{ column: "x", is: "missing", not: true }])
    expect(readFilter("a one of x, y z")).toEqual([{ column: "a", is: "one-of", values: ["x", "y z"] }])
  })
  it("that are wrong are told in words, with the column", () => {
    for (const [text, words] of [
      ["gdp", /^gdp: what of it is asked for is missing/],
      ["gdp in 10-20", /^gdp: "10-20" is no range/],
      ["gdp > high", /^gdp > high: "high" is no number/],
      ["a = 1 or b = 2", /joined by "and" only/],
      ["a = 1 and", /missing after the last "and"/],
      ['a = "x', /is not closed/],
      ["a is tall", /^a is …/],
      ["a =", /^a =: a value is missing/]
    ] as const)
      expect(() => readFilter(text), text).toThrow(words)
  })
  it("of one column are replaced, and the others stay where they are", () => {
    const all = readFilter("a = 1 and b = 2 and a > 0 and c = 3")
    expect(writeFilter(withConditions(all, "a", readFilter("a is filled")))).toBe("a is filled and b = 2 and c = 3")
    expect(writeFilter(withConditions(all, "d", readFilter("d = 4")))).toBe("a = 1 and b = 2 and a > 0 and c = 3 and d = 4")
    expect(writeFilter(withConditions(all, "b", []))).toBe("a = 1 and a > 0 and c = 3")
  })
})

describe("orders as text", () => {
  it("are read as they were written, whatever the names", () => {
    const keys = fc.uniqueArray(fc.record({ column: name, descending: fc.boolean() }), { selector: ({ column }) => column, maxLength: 4 })
    fc.assert(
      fc.property(keys, (sort) => {
        expect(readSort(writeSort(sort))).toEqual(sort)
      })
    )
  })
  it("that are wrong are told in words", () => {
    for (const text of ["a,", "a b", "a, a", "-", ",a"]) expect(() => readSort(text), text).toThrow(/the order/)
  })
  it("go up, down and away by clicks on a header; others stay by Shift", () => {
    const click = (text: string, column: string, beside = false) => writeSort(sortedBy(readSort(text), column, beside))
    expect([click("", "a"), click("a", "a"), click("-a", "a"), click("a", "b"), click("b, a", "a")]).toEqual(["a", "-a", "", "b", "a"])
    expect([click("a", "b", true), click("a, b", "b", true), click("a, -b", "b", true), click("a, b", "a", true)]).toEqual(["a, b", "a, -b", "a", "-a, b"])
  })
})
