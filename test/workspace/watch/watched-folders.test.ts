import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { WatchedFolders } from "../../../src/workspace/watch/watched-folders.ts"

let root: string
let hints: number
let folders: WatchedFolders
const at = (name: string) => join(root, name)
const settled = () => new Promise((done) => setTimeout(done, 60))
/** Whether something was hinted at after `act`. */
const hintedAfter = async (act: () => void): Promise<boolean> => {
  await settled()
  hints = 0
  act()
  await settled()
  return hints > 0
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "watched-")))
  mkdirSync(at("a/b"), { recursive: true })
  writeFileSync(at("a/b/x"), "1")
  hints = 0
  folders = new WatchedFolders(
    () => hints++,
    (error) => {
      throw error
    }
  )
  folders.follow([at("a/b/x"), at("none/deep/y")])
})
afterEach(() => {
  folders.close()
  rmSync(root, { recursive: true, force: true })
})

describe("watched folders", () => {
  it("hint at a file that is written, replaced or removed, and at no other in its folder", async () => {
    expect(await hintedAfter(() => writeFileSync(at("a/b/x"), "2"))).toBe(true)
    expect(await hintedAfter(() => writeFileSync(at("a/b/other"), "1"))).toBe(false)
    expect(await hintedAfter(() => renameSync(at("a/b/other"), at("a/b/x")))).toBe(true)
    expect(await hintedAfter(() => rmSync(at("a/b/x")))).toBe(true)
  })
  it("hint at a file in a folder that comes into being, and in one that is another under the same name", async () => {
    expect(await hintedAfter(() => mkdirSync(at("none")))).toBe(true)
    folders.follow([at("a/b/x"), at("none/deep/y")])
    expect(await hintedAfter(() => mkdirSync(at("none/deep")))).toBe(true)
    expect(await hintedAfter(() => renameSync(at("a"), at("before")))).toBe(true)
    mkdirSync(at("a/b"), { recursive: true })
    folders.follow([at("a/b/x"), at("none/deep/y")])
    expect(await hintedAfter(() => writeFileSync(at("a/b/x"), "1"))).toBe(true)
    expect(await hintedAfter(() => writeFileSync(at("none/deep/y"), "1"))).toBe(true)
    expect(await hintedAfter(() => writeFileSync(at("before/b/x"), "3"))).toBe(false)
  })
  it("hint at anything in a folder that is followed as a whole", async () => {
    folders.follow([at("a/b/")])
    expect(await hintedAfter(() => writeFileSync(at("a/b/other"), "1"))).toBe(true)
    expect(await hintedAfter(() => writeFileSync(at("a/other"), "1"))).toBe(false)
    expect(await hintedAfter(() => renameSync(at("a/b"), at("a/c")))).toBe(true)
  })
  it("hint at nothing once it is followed no more", async () => {
    folders.follow([])
    expect(await hintedAfter(() => writeFileSync(at("a/b/x"), "2"))).toBe(false)
  })
})
