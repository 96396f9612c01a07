import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { csvRows } from "../../../src/engine/command/csv-rows.ts"

const rowsOf = (text: string) => [...csvRows(Buffer.from(text), "out.csv")]
const cell = fc.oneof(fc.constantFrom("", "NA", '"', ",", "\n", "\r\n", " "), fc.stringMatching(/^[a-z省,"\n\r ]{0,6}$/))
const needsQuotes = (text: string) => /[",\r\n]/.test(text)
const inQuotes = (text: string) => `"${text.replaceAll('"', '""')}"`

describe("the rows of a CSV file", () => {
  it("are those that were written, however they were quoted and lines ended", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        (rows, end, last) => {
          const text = rows.map((row) => row.map(([content, quote]) => (quote || needsQuotes(content) ? inQuotes(content) : content)).join(",")).join(end)
          expect(rowsOf(text + (last && rows.length > 0 ? end : "")).map(({ cells }) => cells)).toEqual(
            rows.map((row) => row.map(([content, quote]) => (quote && (content === "" || content === "NA") ? { quoted: content } : content)))
          )
        }
      )
    )
  })

  it("tell the lines that they begin in, empty ones passed over", () => {
    expect(rowsOf('a,b\n\n"x\ny",1\r\n\r\nc,"d"\n').map(({ place }) => place)).toEqual([1, 3, 6])
  })

  it.for([
    ['a\n"b\nc', "out.csv, line 2: not CSV: a quote opens and never closes"],
    ['a\n"b"c\n', "out.csv, line 2: not CSV: something follows a quote that closes: c"],
    ['a\nb"c\n', 'out.csv, line 2: not CSV: a quote inside of the cell b"c, which does not begin with one']
  ] as const)("that are none are told with their line: %j", ([text, message]) => {
    expect(() => rowsOf(text)).toThrow(message)
  })

  it("are of UTF-8", () => {
    expect(() => [...csvRows(Uint8Array.of(0x61, 0xff), "out.csv")]).toThrow("out.csv: found bytes that are not UTF-8: write it in UTF-8")
  })
})
