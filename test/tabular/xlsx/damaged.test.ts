import { readFileSync } from "node:fs"
import fc from "fast-check"
import { unzipSync, zipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { readXlsx } from "../../../src/tabular/xlsx/read-xlsx.ts"
import { damaged, damages } from "../damage.ts"

const files = ["openpyxl.xlsx", "openpyxl-formulas.xlsx", "libreoffice.xlsx"].map((name) =>
  Uint8Array.from(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
)
const parts = files.flatMap((file) => {
  const unzipped = unzipSync(file)
  return Object.keys(unzipped)
    .filter((name) => /xml|rels/.test(name) && !/docProps|theme|Content_Types/.test(name))
    .map((name) => ({ unzipped, name }))
})
const bound = 2000

/** Reads all rows. A result or an UnreadableFile with faults in good form is well; anything else is thrown on. */
const refused = async (bytes: Uint8Array): Promise<boolean> => {
  const start = performance.now()
  try {
    const { sheets, warnings } = await readXlsx({ path: "x.xlsx", bytes })
    for (const { message } of warnings) expect(message).toMatch(/^x\.xlsx: /)
    for (const { rows } of sheets) {
      let last = 0
      for (const { cells, row } of rows) {
        expect(row).toBeGreaterThan(last)
        expect(cells.some((cell) => cell !== null && (typeof cell !== "number" || Number.isFinite(cell)))).toBe(true)
        last = row
      }
    }
    return false
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    expect(error.faults.length).toBeGreaterThan(0)
    for (const { message, where } of error.faults) {
      expect(message).toMatch(/^x\.xlsx: .*; /s)
      expect(message.length).toBeLessThan(1000)
      expect(where?.file).toBe("x.xlsx")
    }
    return true
  } finally {
    expect(performance.now() - start).toBeLessThan(bound)
  }
}

describe("readXlsx of a damaged file", () => {
  it("gives rows, or says what is wrong, whatever was done to the zip", async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.array(damages, { minLength: 1, maxLength: 2 }), async (file, harm) => {
        if (await refused(harm.reduce(damaged, file))) count++
      }),
      { numRuns: 700 }
    )
    expect(count).toBeGreaterThan(400)
  })

  it("gives rows, or says what is wrong, whatever was done to the XML", async () => {
    let count = 0
    const harmed = async ({ name, unzipped }: (typeof parts)[number], xml: Uint8Array) => {
      if (await refused(zipSync({ ...unzipped, [name]: xml }, { level: 1 }))) count++
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), fc.array(damages, { minLength: 1, maxLength: 2 }), (part, harm) =>
        harmed(part, harm.reduce(damaged, part.unzipped[part.name]!))
      ),
      { numRuns: 300 }
    )
    // pieces of markup in other places keep it well-formed more often than bytes do
    const piece = fc.constantFrom(
      ...Array.from(
        new Set(
          parts.flatMap(
            ({ name, unzipped }) =>
              Buffer.from(unzipped[name]!)
                .toString()
                .match(/<[^>]+>|[a-z]+="[^"]*"|>[^<]+</gi) ?? []
          )
        )
      ),
      ' r="1048577"',
      ' r="XFE1"',
      ' t="s"',
      ' s="99"',
      "<v>1e400</v>",
      "&#0;",
      "&amp;",
      "]]>"
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), fc.array(fc.tuple(fc.nat(), piece, fc.boolean()), { minLength: 1, maxLength: 3 }), (part, splices) => {
        const tokens = Buffer.from(part.unzipped[part.name]!)
          .toString()
          .split(/(<[^>]+>)/)
        for (const [at, text, replace] of splices) tokens.splice(at % tokens.length, replace ? 1 : 0, text)
        return harmed(part, Uint8Array.from(Buffer.from(tokens.join(""))))
      }),
      { numRuns: 500 }
    )
    expect(count).toBeGreaterThan(300)
  })
})
