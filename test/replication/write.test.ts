import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { checksums } from "../../src/replication/checksums.ts"
import { writePackage } from "../../src/replication/write.ts"

const listed = (files: Record<string, string>): ReadonlyMap<string, Uint8Array> => {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
  return new Map([...bytes, ["SHA256SUMS", Buffer.from(checksums(bytes))]])
}

describe("a package is written whole or not at all", () => {
  let place: string
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), "package-"))
  })
  afterEach(() => rmSync(place, { recursive: true, force: true }))
  const write = (files: ReadonlyMap<string, Uint8Array>, force = false) =>
    Effect.runPromise(Effect.flip(writePackage(files, { folder: join(place, "p"), zip: join(place, "p.zip"), name: "p", force })))

  it("where a file cannot be written, there is no folder and no zip", async () => {
    // "a" cannot be a file and a folder.
    expect((await write(listed({ a: "1", "a/b": "2" }))).message).toMatch(/^cannot write the package: /)
    expect(readdirSync(place)).toEqual([])
  })

  it("where a path would lead out of the archive, nothing is written either", async () => {
    expect((await write(listed({ a: "1", "../b": "2" }))).message).toContain('"p/../b" is not a path below the package')
    expect(readdirSync(place)).toEqual([])
  })

  it("where the place of an earlier one cannot be taken whole, its list of checksums stays, which then does not fit", async () => {
    const before = listed({ a: "1", b: "2" })
    await Effect.runPromise(writePackage(before, { folder: join(place, "p"), zip: undefined, name: "p", force: false }))
    writeFileSync(join(place, "p", "own"), "")
    expect((await write(listed({ a: "3", "own/c": "4" }), true)).message).toMatch(/^cannot write the package: /)
    expect(readFileSync(join(place, "p", "SHA256SUMS"), "utf8")).toBe(Buffer.from(before.get("SHA256SUMS")!).toString())
    expect(readdirSync(join(place, "p")).sort()).toEqual(["SHA256SUMS", "a", "b", "own"])
  })
})
