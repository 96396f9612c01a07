import { readdirSync, readFileSync } from "node:fs"
import { tableFromArrays, tableToIPC } from "apache-arrow"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readArrowFile } from "../../../src/tabular/arrow/read-arrow-file.ts"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { damaged, damages } from "../damage.ts"

const folder = new URL("files/", import.meta.url)
const table = tableFromArrays({ entity: ["河北", "青海", "x"], n: Int32Array.of(1, 2, 3), value: Float64Array.of(0.1, 2, 3) })
const files = [
  ...readdirSync(folder).map((file) => Uint8Array.from(readFileSync(new URL(file, folder)))),
  tableToIPC(table, "file"),
  tableToIPC(table, "stream")
]

describe("readArrowFile of a damaged file", () => {
  it("gives rows, or says what is wrong, whatever was done to it", async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), damages, async (bytes, damage) => {
        try {
          for (const _ of (await readArrowFile({ path: "x.arrow", bytes: damaged(bytes, damage) })).sheets[0].rows);
        } catch (error) {
          if (!(error instanceof UnreadableFile)) throw error
          refused++
          expect(error.faults.length).toBeGreaterThan(0)
          for (const { message } of error.faults) expect(message).toMatch(/^x\.arrow: .*; /)
        }
      }),
      { numRuns: 2000 }
    )
    expect(refused).toBeGreaterThan(500)
  })
})
