import { execFileSync } from "node:child_process"
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import { encode } from "./encode.ts"

const folder = mkdtempSync(join(tmpdir(), "sediment-text-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Counts the rows of a file in a process that has 48 MB for what is in use for long. */
const counted = (path: string) =>
  JSON.parse(execFileSync(process.execPath, ["--max-old-space-size=48", fileURLToPath(new URL("count-rows.ts", import.meta.url)), path], { encoding: "utf8" }))

describe("a text of many megabytes", () => {
  it.each([
    ["utf-8", ","],
    ["gb18030", ";"]
  ])("in %s is read in memory that does not grow with it", (encoding, delimiter) => {
    const path = join(folder, `${encoding}.csv`)
    writeFileSync(path, encode(["地区", "指标", "年份", "数值\n"].join(delimiter), encoding))
    const rows = encode(`${[`黑龙江`, `"第二${delimiter}三产业"`, "2003", "12345.67 "].join(delimiter)}\n`.repeat(25_000), encoding)
    const times = Math.ceil((60 << 20) / rows.length)
    for (let i = 0; i < times; i++) appendFileSync(path, rows)
    const { cells, megabytes, rows: found, understood } = counted(path)
    expect({ cells, rows: found, understood }).toEqual({ cells: 4 * (25_000 * times + 1), rows: 25_000 * times + 1, understood: { encoding, delimiter } })
    // Node itself takes 60, and of a file of 1 GB no more was seen than of this one.
    expect(megabytes).toBeLessThan(250)
  })
})
