import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { encodeRecord, HEADER } from "../../src/store/segment-log.ts"
import { keepBranch, keptBranches } from "../../src/workspace/kept-branches.ts"
import { StudyFolder, smallStudy } from "./study-folder.ts"

describe("sediment gc", () => {
  let folder: StudyFolder
  beforeEach(() => {
    folder = new StudyFolder(smallStudy)
    folder.run()
  })
  afterEach(() => folder.remove())

  const files = (under = "cache") => readdirSync(join(folder.path, under), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  /** As if all in the cache were three days old. */
  const age = () => {
    const then = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)
    for (const { name, parentPath } of files()) utimesSync(join(parentPath, name), then, then)
  }
  const secondRun = () => {
    folder.edit("data/controls.csv", "1,10", "2,10")
    folder.run()
  }

  it("tells what it would free, and frees it only when told to; what there is today stays fresh and whole", () => {
    secondRun()
    writeFileSync(join(folder.path, "cache", "remembered", "left.tmp"), "x")
    age()
    // The runs themselves are of today: with their moment, they are kept.
    expect(folder.json("gc", "--keep", "1")).toMatchObject({ objects: { count: 0 }, temporary: { count: 1 }, segments: 4, kept: { runs: 2 } })
    const before = files()
    expect(folder.sediment("gc", "--keep", "1").out).toMatch(
      /1 temporary file .*could be freed: sediment gc --keep 1 --delete frees them; kept: 2 runs and \d+ objects/s
    )
    expect(files()).toEqual(before)
    expect(folder.json("gc", "--delete").deleted).toBe(true)
    expect(existsSync(join(folder.path, "cache", "remembered", "left.tmp"))).toBe(false)
    expect(readdirSync(join(folder.path, "cache", "traces"))).toHaveLength(1)
    expect(folder.ran()).toEqual([])
    expect(folder.json("verify")).toMatchObject({ ok: true, damage: [], notes: [], runs: 3 })
    expect(folder.sediment("gc").out).toMatch(/^nothing to free; kept: 3 runs/)
  })

  it("keeps what was written for a branch of the studio, and frees what is of none", () => {
    const [written, lost] = ["0123456789abcdef.yaml", "fedcba9876543210.yaml"].map((name) => folder.at(`cache/what-if/${name}`)) as [string, string]
    keepBranch(
      folder.at("cache"),
      { study: "small", name: "other", set: [], with: [`settings=${written}`], at: 1 },
      new Map([written, lost].map((path) => [path, "by: 1\n"]))
    )
    age()
    expect(folder.json("gc", "--delete").temporary).toMatchObject({ count: 1 })
    expect([written, lost].map((path) => existsSync(path))).toEqual([true, false])
    expect(keptBranches(folder.at("cache"))).toMatchObject([{ name: "other" }])
  })

  it("touches what a node came to again by old traces, so that it is as good as new", () => {
    secondRun()
    age()
    folder.edit("data/controls.csv", "2,10", "1,10")
    const { nodes } = folder.run()
    expect(nodes.every(({ state }) => state === "fresh")).toBe(true)
    const touched = nodes.filter(({ artifacts }) => {
      const sha = artifacts["output"]!
      return statSync(join(folder.path, "cache", "objects", sha.slice(0, 2), `${sha}.arrow`)).mtimeMs > Date.now() - 60_000
    })
    // The others are as they were in the run before, which keeps them.
    expect(touched.map(({ node }) => node).sort()).toEqual(["controls", "gov-mean", "joined"])
  })

  it("says what is wrong with the call", () => {
    expect(folder.sediment("gc", "--keep", "0")).toMatchObject({ code: 2, err: expect.stringContaining("1 or more") })
    expect(folder.sediment("gc", "--cache", "nowhere")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/there is no cache in .*nowhere: sediment run --cache nowhere makes one/)
    })
    expect(existsSync(join(folder.path, "nowhere"))).toBe(false)
  })

  it("is not needed for a history of very many runs: a run makes one segment of them", () => {
    const runs = join(folder.path, "cache", "runs")
    for (let i = 0; i < 500; i++) {
      const run = JSON.stringify({
        run: `2020-${i}`,
        at: i,
        command: ["sediment", "run"],
        studies: [{ study: "old", variant: "", nodes: 0, gone: [] }],
        ok: true,
        ms: 1
      })
      writeFileSync(join(runs, `2020-${String(i).padStart(3, "0")}.log`), Buffer.concat([HEADER, encodeRecord("run", run)]))
    }
    age()
    folder.run()
    expect(readdirSync(runs).length).toBeLessThan(4)
    expect(folder.json("runs").runs).toHaveLength(502)
  })
})
