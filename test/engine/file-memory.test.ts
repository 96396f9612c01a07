import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { FileMemory } from "../../src/engine/file-memory.ts"
import { recall, remember } from "../../src/store/memory-file.ts"

const folder = mkdtempSync(join(tmpdir(), "sediment-memory-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const memory = join(folder, "files.json")
const file = join(folder, "data.csv")

/** Reads the file once, and lets time pass: what was read is then as old as a settled file's. */
const remembered = (text: string): string => {
  writeFileSync(file, text)
  const files = new FileMemory(memory)
  const hash = files.hash(file)!
  files.save()
  const entries = JSON.parse(recall(memory)!)
  entries[file][5] += 10_000
  entries[file][4] = `remembered ${hash}`
  remember(memory, JSON.stringify(entries))
  return hash
}

describe("the hash of a file", () => {
  it("is remembered while its size, times and inode are", () => {
    const hash = remembered("a")
    expect(new FileMemory(memory).hash(file)).toBe(`remembered ${hash}`)
  })
  it("is taken anew after an edit that keeps size and time of modification", () => {
    remembered("a")
    const { atime, mtime } = statSync(file)
    writeFileSync(file, "b")
    utimesSync(file, atime, mtime)
    expect(new FileMemory(memory).hash(file)).toMatch(/^3e23e816/)
  })
  it("is taken anew where the file may have changed after it was read, within the same time stamp", () => {
    writeFileSync(file, "a")
    const files = new FileMemory(memory)
    files.hash(file)
    writeFileSync(file, "b")
    expect(files.hash(file)).toMatch(/^3e23e816/)
  })
  it("is none where there is no file", () => {
    expect(new FileMemory(memory).hash(folder)).toBeUndefined()
    expect(new FileMemory(memory).hash(join(folder, "none"))).toBeUndefined()
  })
  it("is forgotten of a file that nobody asks for and that is gone, and of no other", () => {
    const [kept, gone] = ["kept.csv", "gone.csv"].map((name) => join(folder, name)) as [string, string]
    const files = new FileMemory(memory)
    for (const path of [kept, gone, file]) writeFileSync(path, "x")
    for (const path of [kept, gone, file]) files.hash(path)
    files.save()
    rmSync(gone)
    writeFileSync(file, "another")
    const later = new FileMemory(memory)
    later.hash(file)
    later.save()
    const entries = Object.keys(JSON.parse(recall(memory)!))
    expect(entries).toContain(kept)
    expect(entries).not.toContain(gone)
  })
  it("does not need a memory that can be read or written", () => {
    const files = new FileMemory(join(file, "below-a-file.json"))
    writeFileSync(file, "b")
    expect(files.hash(file)).toMatch(/^3e23e816/)
    files.save()
  })
})
