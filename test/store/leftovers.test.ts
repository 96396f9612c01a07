import { hash } from "node:crypto"
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { leftoversIn } from "../../src/store/leftovers.ts"
import { sweepLiveFiles } from "../../src/store/live-files.ts"
import { ignoredIn } from "../../src/store/memory-check.ts"
import { remember } from "../../src/store/memory-file.ts"
import { ownMark, type ProcessMark } from "../../src/store/process-mark.ts"
import { temporaryFolder } from "./in-store.ts"

const put = (path: string, text: string): string => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}
const named = (folder: string, text: string, extension: string): string => put(join(folder, `${hash("sha256", text)}.${extension}`), text)

describe("what no reader needs", () => {
  it.skipIf(ownMark() === undefined)("is what a run told of itself that is no more, and not what one tells that goes on", () => {
    const cache = temporaryFolder()
    const head = (mark: ProcessMark) => `${JSON.stringify({ live: 1, run: "r", process: mark })}\n`
    const own = ownMark()!
    const goesOn = put(join(cache, "live", "a.ndjson"), head(own))
    const killed = put(join(cache, "live", "b.ndjson"), head({ ...own, started: "1" }))
    const elsewhere = put(join(cache, "live", "c.ndjson"), head({ ...own, place: "another machine" }))
    const silent = put(join(cache, "live", "d.ndjson"), head({ ...own, place: "another machine" }))
    const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000)
    utimesSync(silent, longAgo, longAgo)
    const torn = put(join(cache, "live", "e.ndjson"), '{"live":1,"run"')
    expect(leftoversIn(cache).temporary.map(({ path }) => path)).toEqual([killed, silent])
    sweepLiveFiles(cache)
    expect([goesOn, killed, elsewhere, silent, torn].map((path) => existsSync(path))).toEqual([true, false, true, false, true])
  })

  it("is temporary files, what was moved aside, and memories that no study refers to, with what belongs to them", () => {
    const cache = temporaryFolder()
    const remembered = join(cache, "remembered")
    const used = named(join(remembered, "modules"), "used", "mjs")
    put(`${used}.map`, "{}")
    const graph = named(join(remembered, "graphs"), "[]", "json")
    const old = named(join(remembered, "modules"), "old", "mjs")
    const map = put(`${old}.map`, "{}")
    remember(join(remembered, "studies", "0123456789abcdef.json"), JSON.stringify([used, graph].map((path) => basename(path).split(".")[0])))
    const temporary = [
      put(join(cache, "objects", "ab", "x.tmp"), "x"),
      put(join(cache, "runs", "x.log.tmp"), "x"),
      put(join(remembered, "files.json.1.tmp"), "x")
    ]
    const aside = put(join(cache, "damaged", "x.arrow"), "12345")
    const found = leftoversIn(cache)
    expect(found.temporary.map(({ path }) => path)).toEqual(temporary)
    expect(found.quarantined).toMatchObject([{ path: aside, bytes: 5 }])
    expect(found.unreferred.map(({ path }) => path).sort()).toEqual([old, map].sort())
    expect(leftoversIn(temporaryFolder())).toEqual({ temporary: [], quarantined: [], unreferred: [] })
  })
})

describe("a memory", () => {
  it("is ignored if it is not what it was written as", () => {
    const folder = temporaryFolder()
    expect(ignoredIn(join(folder, "none"))).toEqual([])
    named(join(folder, "modules"), "whole", "mjs")
    remember(join(folder, "files.json"), "{}")
    expect(ignoredIn(folder)).toEqual([])
    const module = put(join(folder, "modules", `${hash("sha256", "a")}.mjs`), "b")
    const files = put(join(folder, "files.json"), "{}")
    expect([...ignoredIn(folder)].sort()).toEqual([files, module].sort())
  })
})
