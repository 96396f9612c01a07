import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { readStata } from "../../../src/tabular/stata/read-stata.ts"
import { damaged, damages } from "../damage.ts"
import { bytesOf, names } from "./files.ts"

/** How many rows a file has, or what is wrong with it. Anything but an UnreadableFile is thrown on. */
const outcome = async (bytes: Uint8Array): Promise<number | UnreadableFile> => {
  try {
    let rows = 0
    for (const _ of (await readStata({ path: "x.dta", bytes })).sheets[0].rows) rows++
    return rows
  } catch (error) {
    if (error instanceof UnreadableFile) return error
    throw error
  }
}
const indexOf = (bytes: Uint8Array, text: string) => Buffer.from(bytes).indexOf(text)
const faultOf = async (bytes: Uint8Array) => {
  const failure = await outcome(bytes)
  expect(failure).toBeInstanceOf(UnreadableFile)
  return (failure as UnreadableFile).faults[0]!
}

describe("readStata of a damaged file", () => {
  it("gives rows, or says what is wrong, whatever was done to it", async () => {
    const files = names.map((name) => [name, bytesOf(name)] as const)
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), damages, async ([, bytes], damage) => {
        const found = await outcome(damaged(bytes, damage))
        if (typeof found === "number") return
        refused++
        expect(found.faults.length).toBeGreaterThan(0)
        for (const { message, where } of found.faults) {
          expect(message).toMatch(/^x\.dta: .*; /)
          expect(where?.file).toBe("x.dta")
        }
      }),
      { numRuns: 3000 }
    )
    expect(refused).toBeGreaterThan(500)
  })

  it.each(names)("%s cut off anywhere is told to be cut off", async (name) => {
    const bytes = bytesOf(name)
    const complete = await outcome(bytes)
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const cut = await outcome(bytes.subarray(0, Math.floor(bytes.length * share)))
      expect(cut).not.toBe(complete)
      expect((cut as UnreadableFile).faults[0]!.code).toMatch(/^(truncated|damaged)-file$/)
    }
  })

  it("does not believe sizes that the file has no room for", async () => {
    const old = bytesOf("haven-114")
    new DataView(old.buffer).setInt32(6, 2 ** 31 - 1, true)
    expect(await faultOf(old)).toMatchObject({ code: "truncated-file", message: expect.stringContaining("2147483647 observations") })
    const variables = bytesOf("haven-114")
    new DataView(variables.buffer).setUint16(4, 65_535, true)
    expect((await faultOf(variables)).code).toBe("truncated-file")

    const tagged = bytesOf("pandas-119-little")
    const at = indexOf(tagged, "<N>") + 3
    new DataView(tagged.buffer).setBigUint64(at, 2n ** 63n, true)
    expect(await faultOf(tagged)).toMatchObject({ code: "damaged-file", message: expect.stringContaining("more than can be") })
    new DataView(tagged.buffer).setBigUint64(at, 2n ** 31n, true)
    expect(await faultOf(tagged)).toMatchObject({ code: "truncated-file", message: expect.stringContaining("2147483648 observations") })
    const many = bytesOf("pandas-119-little")
    new DataView(many.buffer).setUint32(indexOf(many, "<K>") + 3, 2 ** 31, true)
    expect((await faultOf(many)).message).toContain("the types of the variables")
    const labels = bytesOf("pandas-118-little")
    new DataView(labels.buffer).setUint32(indexOf(labels, "<lbl>") + 5 + 4 + 129 + 3, 2 ** 30, true)
    expect((await faultOf(labels)).message).toContain("1073741824 value labels")
  })

  it("tells the row and the variable of a long text that is not there", async () => {
    const bytes = bytesOf("pandas-118-little")
    bytes.set(new TextEncoder().encode("</strls>"), indexOf(bytes, "<strls>") + 7)
    const short = Uint8Array.from([...bytes.subarray(0, indexOf(bytes, "</strls>") + 8), ...bytes.subarray(indexOf(bytes, "<value_labels>"))])
    expect(await faultOf(short)).toMatchObject({ code: "damaged-file", where: { file: "x.dta", row: 2, column: "text" } })
  })
})
