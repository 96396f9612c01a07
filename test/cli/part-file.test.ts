import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { writePart } from "../../src/cli/part-file.ts"
import { baseline, scatter } from "../render/tables.ts"

describe("a table or a figure as a file", () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "part-"))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it("a figure's Markdown has the picture beside it that it refers to", async () => {
    const { written } = await Effect.runPromise(writePart({ type: "Figure", table: scatter, name: "f[一]" }, join(folder, "new", "f[一].md")))
    expect(written).toEqual([join(folder, "new", "f[一].md"), join(folder, "new", "f[一].svg")])
    const [, picture] = /\]\(<(.*)>\)/.exec(readFileSync(written[0]!, "utf8"))!
    expect(existsSync(join(folder, "new", picture!))).toBe(true)
  })

  it("all others are a file alone", async () => {
    await Effect.runPromise(writePart({ type: "PrintedTable", table: baseline, name: "t" }, join(folder, "t.md")))
    await Effect.runPromise(writePart({ type: "Figure", table: scatter, name: "f" }, join(folder, "f.html")))
    expect(readdirSync(folder).sort()).toEqual(["f.html", "t.md"])
  })
})
