import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { unzipSync } from "fflate"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { tarball } from "../../src/replication/tar.ts"
import { zipped } from "../../src/replication/zip.ts"

const text = (content: string) => Buffer.from(content)
const long = `package/${"a".repeat(90)}/${"b".repeat(95)}.txt`

describe("archives", () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "archives-"))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it("a tarball is one that tar reads, long names and modes too, the same bytes in any order of the files", () => {
    const files = [
      ["package/b.txt", text("two")],
      ["package/bin/run.mjs", text("")],
      ["package/a é.txt", text("x".repeat(1000))],
      [long, text("deep")]
    ] as const
    const bytes = tarball(new Map(files), (path) => path.startsWith("package/bin/"))
    expect(tarball(new Map([...files].reverse()), (path) => path.startsWith("package/bin/")).equals(bytes)).toBe(true)
    writeFileSync(join(folder, "x.tgz"), bytes)
    expect(spawnSync("tar", ["-xzf", "x.tgz"], { cwd: folder, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" })
    for (const [path, content] of files) expect(readFileSync(join(folder, path)).equals(content)).toBe(true)
    expect(statSync(join(folder, "package/bin/run.mjs")).mode & 0o111).toBe(0o111)
    expect(statSync(join(folder, "package/b.txt")).mode & 0o111).toBe(0)
    expect(() => tarball(new Map([["a".repeat(101), text("")]]), () => false)).toThrow("too long a name")
  })

  it("a zip is sorted, of one time, and the same bytes in any order of the files and any time zone", () => {
    const files = [
      ["p/b.txt", text("two")],
      ["p/a é.txt", text("one")]
    ] as const
    const bytes = zipped(new Map(files))
    expect(Object.keys(unzipSync(bytes))).toEqual(["p/a é.txt", "p/b.txt"])
    expect(Buffer.from(zipped(new Map([...files].reverse()))).equals(bytes)).toBe(true)
    const zone = process.env["TZ"]
    try {
      process.env["TZ"] = "Pacific/Auckland"
      expect(Buffer.from(zipped(new Map(files))).equals(bytes)).toBe(true)
    } finally {
      if (zone === undefined) delete process.env["TZ"]
      else process.env["TZ"] = zone
    }
  })

  it.each(["../x", "/x", "p/../../x", "p\\x", "p//x", "p/./x"])("a zip refuses %s, which would not stay in the folder that it is unpacked to", (path) => {
    expect(() => zipped(new Map([[path, text("x")]]))).toThrow(`"${path}" is not a path below the package`)
  })
})
