import { Effect } from "effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Condition, writeFilter } from "../../../src/studio/messages/table-query/filter.ts"
import { type SortKey, writeSort } from "../../../src/studio/messages/table-query/sort.ts"
import { OpenedTable, OpenedTables } from "../../../src/studio/server/artifact/opened-table.ts"
import { selectedRows } from "../../../src/studio/server/artifact/selected-rows.ts"
import { column, opened } from "./opened.ts"

interface Row {
  readonly x: number | null
  readonly i: number | null
  readonly t: string | null
  readonly c: string | null
  readonly b: boolean | null
  readonly filled: boolean
}
const some = <A>(value: fc.Arbitrary<A>) => fc.option(value, { nil: null, freq: 6 })
const label = fc.oneof(fc.constantFrom("", "a", "ab", "abc", "abcdefgh", "abcdefghi", "abcdefghj", "北京", "Ä", "ä", "Z"), fc.string({ unit: "grapheme" }))
const row: fc.Arbitrary<Row> = fc.record({
  x: some(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }))),
  i: some(fc.integer({ min: -5, max: 5 })),
  t: some(label),
  c: some(fc.constantFrom("low", "high", "middle", "")),
  b: some(fc.boolean()),
  filled: fc.boolean()
})
const validOf = (rows: ReadonlyArray<Row>, key: keyof Row) => Uint8Array.from(rows, (one) => (one[key] === null ? 0 : 1))
const tableOf = (rows: ReadonlyArray<Row>) =>
  opened([
    column(
      "x",
      "number",
      Float64Array.from(rows, ({ x }) => x ?? Number.NaN),
      validOf(rows, "x")
    ),
    column(
      "x__filled",
      "flag",
      Uint8Array.from(rows, ({ filled }) => (filled ? 1 : 0))
    ),
    column(
      "i",
      "integer",
      Int32Array.from(rows, ({ i }) => i ?? 0),
      validOf(rows, "i")
    ),
    column(
      "t",
      "text",
      rows.map(({ t }) => t ?? ""),
      validOf(rows, "t")
    ),
    column(
      "c",
      "category",
      rows.map(({ c }) => c ?? ""),
      validOf(rows, "c")
    ),
    column(
      "b",
      "flag",
      Uint8Array.from(rows, ({ b }) => (b === true ? 1 : 0)),
      validOf(rows, "b")
    )
  ])

const not = fc.constantFrom({}, { not: true as const })
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .record({ column: fc.constantFrom("x", "i"), from: fc.integer({ min: -4, max: 2 }), to: fc.option(fc.integer({ min: -1, max: 4 }), { nil: undefined }) })
    .map((one) => ({ ...one, is: "range" as const })),
  fc
    .record({ column: fc.constantFrom("x", "i"), from: fc.integer({ min: -4, max: 2 }) })
    .map((one) => ({ ...one, is: "range" as const, to: undefined, above: true as const })),
  fc
    .record({ column: fc.constantFrom("t", "c"), text: fc.constantFrom("a", "B", "i", "北") })
    .chain((one) => not.map((n) => ({ ...one, is: "contains" as const, ...n }))),
  fc
    .record({ column: fc.constantFrom("t", "c"), values: fc.subarray(["", "a", "abc", "low", "high"], { minLength: 1 }) })
    .chain((one) => not.map((n) => ({ ...one, is: "one-of" as const, ...n }))),
  not.map((n) => ({ column: "i", is: "one-of" as const, values: ["2", "-1"], ...n })),
  not.map((n) => ({ column: "b", is: "one-of" as const, values: ["true"], ...n })),
  fc.constantFrom("x", "i", "t", "c", "b").chain((name) => not.map((n) => ({ column: name, is: "missing" as const, ...n }))),
  not.map((n) => ({ column: "x", is: "filled" as const, ...n }))
)

/** The same, read off the words. */
const meets = (one: Row, asked: Condition): boolean => {
  const value = one[asked.column as keyof Row]
  if (asked.is === "filled") return one.filled !== (asked.not === true)
  if (asked.is === "missing") return (value === null) !== (asked.not === true)
  if (value === null) return false
  if (asked.is === "range")
    return (value as number) >= (asked.from ?? -Infinity) && (value as number) <= (asked.to ?? Infinity) && !(asked.above === true && value === asked.from)
  const found = asked.is === "contains" ? String(value).toLowerCase().includes(asked.text.toLowerCase()) : asked.values.includes(String(value))
  return found !== (asked.not === true)
}
const compare = (a: Row[keyof Row], b: Row[keyof Row]): number =>
  typeof a === "string" ? Buffer.compare(Buffer.from(a), Buffer.from(b as string)) : Number(a) < Number(b) ? -1 : Number(a) > Number(b) ? 1 : 0
const naive = (rows: ReadonlyArray<Row>, conditions: ReadonlyArray<Condition>, keys: ReadonlyArray<SortKey>): ReadonlyArray<number> =>
  [...rows.keys()]
    .filter((at) => conditions.every((one) => meets(rows[at]!, one)))
    .sort((a, b) => {
      for (const { column: name, descending } of keys) {
        const [one, other] = [rows[a]![name as keyof Row], rows[b]![name as keyof Row]]
        if (one === null || other === null) {
          if (one !== other) return one === null ? 1 : -1
          continue
        }
        const order = compare(one, other)
        if (order !== 0) return descending ? -order : order
      }
      return a - b
    })
const sort = fc.uniqueArray(fc.record({ column: fc.constantFrom("x", "i", "t", "c", "b"), descending: fc.boolean() }), {
  selector: ({ column: name }) => name,
  maxLength: 3
})
const select = (table: OpenedTable, filter: string, order: string) => Effect.runSync(selectedRows(table, filter, order))

describe("tables that are open", () => {
  it("are closed, those first that were looked into longest ago, by their bytes and those of their orders", () => {
    const table = (sha256: string) => new OpenedTable(sha256, opened([column("a", "integer", Int32Array.of(1, 2, 3))]).bytes)
    const [a, b, c] = [table("a"), table("b"), table("c")]
    const tables = new OpenedTables(3 * a.size + 100)
    for (const one of [a, b, c]) tables.add(one)
    expect(["a", "b", "c"].map((name) => tables.get(name) !== undefined)).toEqual([true, true, true])
    tables.get("a")
    a.keep("order 1", 4, () => new Uint32Array(1000))
    tables.get("a")
    expect(["b", "c", "a"].map((name) => tables.get(name) !== undefined)).toEqual([false, false, true])
  })
})

describe("rows that meet a filter, in an order", () => {
  it("are those that a look at each row and a sort by comparing give", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.array(condition, { maxLength: 3 }), sort, (rows, conditions, keys) => {
        expect([...select(tableOf(rows), writeFilter(conditions), writeSort(keys))]).toEqual(naive(rows, conditions, keys))
      })
    )
  })
  it("are so too where there are so many that they are sorted by digits", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 12 }), sort, fc.nat(), (few, keys, seed) => {
        const rows = Array.from({ length: 1500 }, (_, at) => {
          const one = few[(at * 7 + seed) % few.length]!
          return { ...one, x: one.x === null ? null : one.x + ((at * 2654435761 + seed) % 97), t: one.t === null ? null : one.t + ((at * 31) % 1009) }
        })
        expect([...select(tableOf(rows), "", writeSort(keys))]).toEqual(naive(rows, [], keys))
      }),
      { numRuns: 20 }
    )
  })
  it("of a million take less than a second to sort, numbers or texts", () => {
    const n = 1_000_000
    const random = (at: number) => (Math.imul(at, 2654435761) >>> 0) / 2 ** 32
    const table = opened([
      column(
        "x",
        "number",
        Float64Array.from({ length: n }, (_, at) => random(at) * 1e6 - 5e5)
      ),
      column(
        "t",
        "text",
        Array.from({ length: n }, (_, at) => `firm-${Math.floor(random(at) * 1e9)}`)
      )
    ])
    for (const by of ["x", "-t"]) {
      const from = process.threadCpuUsage()
      const rows = select(table, "", by)
      // Of this thread, whatever else the machine does.
      const { system, user } = process.threadCpuUsage(from)
      const took = (system + user) / 1000
      expect(rows.length).toBe(n)
      expect(took, by).toBeLessThan(1000)
    }
  })
  it("cannot be asked for by what a column does not hold: all faults together, with the columns", () => {
    const table = tableOf([{ x: 1, i: 1, t: "a", c: "low", b: true, filled: false }])
    const faults = (filter: string, order = "") => Effect.runSync(Effect.flip(selectedRows(table, filter, order))).errors.map(({ message }) => message)
    expect(faults("t in 1..2 and x contains 3 and xx = 4 and i = many")).toEqual([
      "t holds texts, which are in no range of numbers: write t one of …, or t contains …",
      "x holds numbers: what contains something is asked of texts; write x in 10..20, or x = …",
      'there is no column "xx"; did you mean "x"?',
      'i holds whole numbers, and "many" is none'
    ])
    expect(faults("", "y, x")).toEqual(['the order: there is no column "y"; did you mean "b" or "c" or "i"?'])
  })
})
