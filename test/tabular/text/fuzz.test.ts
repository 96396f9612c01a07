import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { readText } from "../../../src/tabular/text/read-text.ts"
import { damaged, damages } from "../damage.ts"
import { encode, MARKS, withMark } from "./encode.ts"

const CHINESE = "地区年份人口北京天津内蒙古广西宁夏新疆值亿元第一二三产业"
const encodings = [...Object.keys(MARKS), "windows-1252", "big5", "shift_jis"]
const delimiters = [",", "\t", ";", "|", "，"]

const written = (cell: string, delimiter: string): string => (cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const textOf = (table: ReadonlyArray<ReadonlyArray<string>>, delimiter: string, end: string): string =>
  table.map((row) => row.map((cell) => written(cell, delimiter)).join(delimiter) + end).join("")

/** The content in pieces of so many bytes, so that characters, quotes and line breaks are cut anywhere. */
const inPieces = (bytes: Uint8Array, size: number) => ({
  path: "x.csv",
  get bytes(): Uint8Array {
    throw new Error("the bytes of a file that has pieces were asked for")
  },
  *chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
})

const character = fc.oneof(fc.constantFrom(...CHINESE), fc.constantFrom(..."abcXYZ0123456789.-%"), fc.constantFrom(..." \u3000,;|\t，\n\r\"'="))
const cell = fc
  .array(character, { maxLength: 8 })
  .map((characters) => characters.join("").trim())
  // A formula of a text does not come back as it was.
  .filter((text) => !/^="[^"]*"$/.test(text))

describe("a text", () => {
  it("comes back from every encoding and dialect, whole and in pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...Object.keys(MARKS)),
        fc.boolean(),
        fc.constantFrom(...delimiters),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.integer({ min: 1, max: 40 }),
        async (table, encoding, mark, delimiter, end, size) => {
          const text = textOf(table, delimiter, end)
          const bytes = mark ? withMark(text, encoding) : encode(text, encoding)
          const expected = table
            .map((row, i) => ({ row: i + 1, cells: row.map((one) => (one === "" ? null : one)) }))
            .filter(({ cells }) => cells.some((one) => one !== null))
          if (expected.length === 0) return
          for (const file of [{ path: "x.csv", bytes }, inPieces(bytes, size)]) {
            const { sheets } = await readText(file, { encoding, delimiter })
            expect([...sheets[0]!.rows]).toEqual(expected)
            expect([...sheets[0]!.rows]).toEqual(expected)
          }
        }
      ),
      { numRuns: 400 }
    )
  })

  it("of a table with names and numbers has its encoding and delimiter told", async () => {
    const name = fc.array(fc.constantFrom(...CHINESE), { minLength: 2, maxLength: 5 }).map((characters) => characters.join(""))
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 2, max: 6 })
          .chain((width) => fc.array(fc.tuple(name, fc.array(fc.integer(), { minLength: width, maxLength: width })), { minLength: 2, maxLength: 12 })),
        fc.constantFrom(...Object.keys(MARKS)),
        fc.boolean(),
        fc.constantFrom(...delimiters),
        async (rows, encoding, mark, delimiter) => {
          const table = [
            ["地区", ...rows[0]![1].map((_, i) => `指标${i}`)],
            ...rows.map(([region, numbers]) => [region, ...numbers.map((n) => n.toLocaleString("en"))])
          ]
          const text = textOf(table, delimiter, "\r\n")
          const { sheets, understood } = await readText({ path: "x.csv", bytes: mark ? withMark(text, encoding) : encode(text, encoding) })
          expect(understood).toEqual({ encoding, delimiter: delimiter === "\t" ? "tab" : delimiter })
          expect([...sheets[0]!.rows].map(({ cells }) => cells)).toEqual(table)
        }
      ),
      { numRuns: 300 }
    )
  })

  it("gives rows, or says what is wrong, whatever its bytes are", async () => {
    const outcome = async (bytes: Uint8Array, options: object) => {
      try {
        const { sheets } = await readText({ path: "x.csv", bytes }, options)
        return [...sheets[0]!.rows].length
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error
        expect(error.faults.length).toBeGreaterThan(0)
        for (const { message, where } of error.faults) {
          expect(message).toMatch(/^x\.csv: /)
          expect(where?.file).toBe("x.csv")
        }
        return error
      }
    }
    const table = textOf(
      [
        ["地区", "年份", "值"],
        ["北京", "2003", "1,456"],
        ["天津\n市", '"x"', ""],
        ["新疆", "2004", "2"]
      ],
      ",",
      "\n"
    )
    const files = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.from([...encode(table, "utf-8"), ...bytes])),
      fc.constantFrom(...Object.keys(MARKS)).chain((one) => damages.map((damage) => damaged(encode(table, one), damage))),
      fc
        .tuple(fc.constantFrom(...Object.keys(MARKS)), fc.constantFrom(...Object.keys(MARKS)))
        .map(([one, other]) => Uint8Array.from([...withMark(table, one), ...encode(table, other)]))
    )
    const options = fc.record({
      encoding: fc.constantFrom(undefined, ...encodings),
      delimiter: fc.constantFrom(undefined, ...delimiters),
      quote: fc.constantFrom(undefined, "", "'")
    })
    let refused = 0
    await fc.assert(
      fc.asyncProperty(files, options, async (bytes, said) => {
        if (typeof (await outcome(bytes, said)) !== "number") refused++
      }),
      { numRuns: 3000 }
    )
    expect(refused).toBeGreaterThan(500)
  })
})
