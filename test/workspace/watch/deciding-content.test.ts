import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { FileMemory } from "../../../src/engine/file-memory.ts"
import { DecidingContent } from "../../../src/workspace/watch/deciding-content.ts"

let root: string
const at = (name: string) => join(root, name)
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "deciding-")))
  for (const [name, text] of Object.entries({ "dag.ts": "1", "one/stage.ts": "s", "two/stage.ts": "s", "data.csv": "d" })) {
    mkdirSync(join(at(name), ".."), { recursive: true })
    writeFileSync(at(name), text)
  }
  symlinkSync("one", at("stages"))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** What a run looks at: identities of code, the content of data. */
const lookedAt = (loaded: boolean) => {
  const files = new FileMemory(at("memory.json"))
  for (const name of ["dag.ts", "stages/stage.ts", "none.ts"]) files.identity(at(name))
  files.hash(at("data.csv"))
  return { loaded, files: [...files.lookedAt] }
}
const deciding = () => new DecidingContent(new FileMemory(at("memory.json")), [at("dag.ts")])

describe("what decided a run", () => {
  it("changed where its content is another, and is then known as what it is", () => {
    const content = deciding()
    content.decided(lookedAt(true))
    expect(content.changes()).toEqual([])
    writeFileSync(at("dag.ts"), "1")
    expect(content.changes()).toEqual([])
    writeFileSync(at("dag.ts"), "2")
    writeFileSync(at("none.ts"), "")
    rmSync(at("data.csv"))
    expect(content.changes().map(({ how, path }) => [path, how])).toEqual([
      [at("dag.ts"), "changed"],
      [at("none.ts"), "is new"],
      [at("data.csv"), "is gone"]
    ])
    expect(content.changes()).toEqual([])
  })
  it("is a folder by what lies in it", () => {
    const content = deciding()
    const files = new FileMemory(at("memory.json"))
    for (const name of ["dag.ts", "one/"]) files.identity(at(name))
    content.decided({ loaded: true, files: [...files.lookedAt] })
    writeFileSync(at("one/~$stage.ts"), "")
    writeFileSync(at("one/stage.ts"), "edited")
    expect(content.changes()).toEqual([])
    writeFileSync(at("one/another.ts"), "")
    expect(content.changes()).toEqual([{ path: at("one/"), how: "changed" }])
  })
  it("changed where the same content lies elsewhere, since its imports count from there", () => {
    const content = deciding()
    content.decided(lookedAt(true))
    rmSync(at("stages"))
    symlinkSync("two", at("stages"))
    expect(content.changes()).toEqual([{ path: at("stages/stage.ts"), how: "changed" }])
  })
  it("stays known where a study could not be read", () => {
    const content = deciding()
    content.decided(lookedAt(true))
    content.decided({ loaded: false, files: [] })
    expect(content.count).toBe(3)
    content.decided({ loaded: true, files: [] })
    expect(content.count).toBe(0)
    expect(content.changes()).toEqual([{ path: at("dag.ts"), how: "is new" }])
  })
})
