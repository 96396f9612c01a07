import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import fc from "fast-check"
import type { Fault, SourceFile } from "../../src/dag/stage.ts"
import { readDictionary } from "../../src/preview/dictionary.ts"
import { preview } from "../../src/preview/preview.ts"
import { previewText } from "../../src/preview/preview-text.ts"
import { fileOf } from "../stages/run-stage.ts"
import { damaged, damages } from "../tabular/damage.ts"
import { formats, layouts, provinces } from "./yearbook-files.ts"

const dictionary = await Effect.runPromise(readDictionary("data/provinces.csv", "data/provinces.csv"))
const options = { sheet: undefined, encoding: undefined, delimiter: undefined, quote: undefined, description: undefined }

/** Looks at a file; what comes out must be a text of some pages, and faults that say something. A defect rejects. */
const look = async (file: SourceFile, description?: unknown): Promise<ReadonlyArray<Fault>> => {
  const seen = await Effect.runPromise(preview([file], dictionary, { ...options, description }))
  const faults = [...seen.faults, ...(seen.understood?.faults ?? [])]
  assert.isBelow(previewText(seen, "data/provinces.csv").length, 100_000)
  for (const { code, message } of faults) {
    assert.match(code, /^[a-z-]+$/)
    assert.notMatch(message, /undefined|\[object|\bat .*:\d+:\d+/)
    assert.isAbove(message.length, 20, message)
    assert.isBelow(message.length, 4000)
  }
  return faults
}

const panel = { provinces: provinces.slice(0, 6), years: [2003, 2004], output: () => 1.5, people: () => 2 }
const tables = ["a page of a yearbook", "variables over years", "side by side"].flatMap((name) =>
  Object.values(formats).map((write) => write(layouts[name]!(panel)))
)
const others = ["test/tabular/stata/written.dta", "test/tabular/xlsx/fixtures/openpyxl.xlsx"].map((path) => fileOf(path, readFileSync(path)))
const described = { header: [2, 3], entity: "地区", year: { row: 3 }, variables: { x: { header: "产值" } } }

describe("files that are not as they should be", () => {
  it("damaged in any way, under any ending, are read or told to be wrong", async () => {
    const endings = fc.constantFrom("", ".csv", ".txt", ".xlsx", ".xls", ".parquet", ".arrow", ".dta")
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tables, ...others), fc.option(damages), endings, fc.boolean(), async (file, damage, ending, by) => {
        const bytes = damage === null ? file.bytes : damaged(file.bytes, damage)
        await look(fileOf(ending === "" ? file.path : `data/a${ending}`, bytes), by ? described : undefined)
      }),
      { numRuns: 120 }
    )
  })
  const long = 300_000
  const cases: ReadonlyArray<readonly [name: string, text: string, code: string | undefined]> = [
    ["nothing", "", "empty-file"],
    ["blank rows", "\n \n\n", "empty-file"],
    ["one cell", "x", "no-table"],
    ["a header only", "地区,2003,2004\n", "no-table"],
    ["a quote that never closes", 'a,b\n"北京,1\n', "open-quote"],
    ["zero bytes", "地区,2003\n北京,1\u0000\n", "zero-byte"],
    ["rows of different lengths", "地区,2003,2004\n北京,1,2\n河北,1\n山西,1,2,3\n天津,5,6\n", "ragged-row"],
    ["texts for numbers", "地区,2003,2004\n北京,1e999,NaN\n河北,Infinity,3\n山西,#REF!,4\n", "infinite"],
    ["a cell of much text", `地区,2003,2004\n北京,1,2\n${"河".repeat(long)},3,4\n`, "unknown-entity"],
    ["a number of many digits", `地区,2003,2004\n北京,${"1".repeat(long)},2\n河北,3,4\n`, "infinite"],
    ["a header of much text", `地区,${"h".repeat(long)}\n北京,1\n河北,3\n`, undefined],
    ["brackets without end", `地区,${"(".repeat(long)}\n北京,1\n河北,3\n`, undefined],
    ["spaces without end", `地区,2003\n北京,1${" ".repeat(long)}x\n河北,2\n`, "not-a-number"],
    ["many columns", `地区,${Array.from({ length: 10_000 }, (_, i) => 1900 + (i % 150)).join(",")}\n北京,${"1,".repeat(9_999)}1\n`, "duplicate-key"],
    ["many unknown names", `地区,2003,2004\n${Array.from({ length: 10_000 }, (_, i) => `月亮${i},1,2`).join("\n")}`, "unknown-entity"],
    ["the header again and again", "地区,2003\n北京,1\n".repeat(5_000), "duplicate-key"]
  ]
  for (const [name, text, code] of cases)
    it(`${name}: ${code ?? "no fault"}`, async () => {
      const faults = await look(fileOf("data/a.csv", text))
      if (code === undefined) assert.deepStrictEqual(faults, [])
      else
        assert.include(
          faults.map((fault) => fault.code),
          code
        )
    })
})

describe("descriptions that are not as they should be", () => {
  const place = fc.oneof(
    fc.constantFrom<unknown>(
      "地区",
      "",
      5,
      null,
      { column: "ZZZ" },
      { row: 0 },
      { row: 3 },
      { row: 1e9 },
      { cell: "A99999999" },
      { cell: "3A" },
      { sheet: true },
      { file: true }
    ),
    fc.constantFrom<unknown>(
      { is: "x", row: 2 },
      { heading: "A" },
      { heading: "A", match: "(" },
      { is: 2003, match: "(a+)+$" },
      { row: 3, match: "\\d{4}" },
      {},
      []
    )
  )
  const row = fc.constantFrom<unknown>(0, 1, 2, 3, 99, 1e9, -1, 1.5, "2", [2, 3], [3, 2], [])
  const variable = fc.constantFrom<unknown>(
    {},
    { header: "产值" },
    { header: [] },
    { column: "b" },
    { column: "XFD" },
    { unit: 5 },
    { unit: "万元", given: "亿人" },
    { min: 5, max: 1 },
    null
  )
  const some = fc.record(
    {
      sheets: fc.constantFrom<unknown>("all", ["no such"], [], 3),
      areas: fc.constantFrom<unknown>(["A3:B9", "C3:D9"], ["A1"], ["99:100"], ["A1:B2", "XFD1:XFD2"], []),
      header: row,
      first: row,
      last: row,
      entity: place,
      year: place,
      variable: place,
      units: place,
      years: fc.constantFrom<unknown>({ from: 2005, to: 2003 }, { from: 1, to: 5 }, 2003),
      long: fc.constantFrom<unknown>({}, { variable: "地区", value: "地区" }, "x"),
      missing: fc.constantFrom<unknown>([""], ["0"], 5),
      marks: fc.constantFrom<unknown>(["1"], ["①"], [""]),
      decimal: fc.constantFrom(",", ".", ";"),
      fillDown: fc.boolean(),
      repeated: fc.constantFrom("last", "same", "first"),
      corrections: fc.constantFrom<unknown>([{}], [{ entity: "北京", year: 2003, variable: "x", found: 1.5, value: 2, reason: "r" }]),
      splices: fc.constantFrom<unknown>([{ variable: "x", old: "x", new: "x", link: 2003, reason: "r" }], [5]),
      unheardOf: fc.constant(1),
      variables: fc.oneof(fc.constantFrom<unknown>({}, null, [], "x"), fc.record({ x: variable }), fc.record({ x: variable, entity: variable }))
    },
    { requiredKeys: [] }
  )
  it("are read by or told to be wrong, whatever they hold", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tables), some, fc.boolean(), async (file, description, mended) => {
        await look(file, mended ? { ...described, ...description } : description)
      }),
      { numRuns: 150 }
    )
  })
})
