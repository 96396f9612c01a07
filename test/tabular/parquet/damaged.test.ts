import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { endOfThrift } from "../../../src/tabular/parquet/check-thrift.ts"
import { readParquet } from "../../../src/tabular/parquet/read-parquet.ts"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { damaged, damages } from "../damage.ts"
import { bytesOf, names } from "./files.ts"

const outcome = async (bytes: Uint8Array): Promise<number | UnreadableFile> => {
  try {
    let rows = 0
    for (const _ of (await readParquet({ path: "x.parquet", bytes })).sheets[0].rows) rows++
    return rows
  } catch (error) {
    if (error instanceof UnreadableFile) return error
    throw error
  }
}

describe("readParquet of a damaged file", () => {
  it("gives rows, or says what is wrong, whatever was done to it", async () => {
    const files = names.filter((name) => !name.includes("long")).map((name) => bytesOf(name))
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), damages, async (bytes, damage) => {
        const found = await outcome(damaged(bytes, damage))
        if (typeof found === "number") return
        refused++
        expect(found.faults.length).toBeGreaterThan(0)
        for (const { message } of found.faults) expect(message).toMatch(/^x\.parquet: .*; /)
      }),
      { numRuns: 1500 }
    )
    expect(refused).toBeGreaterThan(500)
  })
})

describe("endOfThrift", () => {
  it("refuses lists that have no room, and structures without end", () => {
    // Field 1, a list of 2^31 - 1 structures.
    expect(endOfThrift(Uint8Array.of(0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07, 0), 0)).toBeUndefined()
    // Field 1, a text of 2^31 - 1 bytes.
    expect(endOfThrift(Uint8Array.of(0x18, 0xff, 0xff, 0xff, 0xff, 0x07, 0), 0)).toBeUndefined()
    // A structure in a structure in a structure, and so on.
    expect(endOfThrift(new Uint8Array(1000).fill(0x1c), 0)).toBeUndefined()
    expect(endOfThrift(new Uint8Array(0), 0)).toBeUndefined()
    // Field 1 is true; field 2 the number 1; field 3 a list of two texts; end.
    expect(endOfThrift(Uint8Array.of(0x11, 0x15, 2, 0x19, 0x28, 1, 65, 1, 66, 0, 99), 0)).toBe(10)
  })
})
