import { rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { StudyFolder, smallStudy } from "./study-folder.ts"

let study: StudyFolder
const runs: Array<string> = []
beforeAll(() => {
  study = new StudyFolder(smallStudy)
  runs.push(study.run().run)
  study.edit("data/controls.csv", "2,20", "8,20")
  runs.push(study.run().run)
  runs.push(study.run("draws").run)
  study.edit("data/controls.csv", "3,30", "three,30")
  runs.push(study.run().run)
}, 60_000)
afterAll(() => study.remove())

describe("runs", () => {
  it("come newest first, with when, how they ended, how long they took and what nodes came to", () => {
    const { more, runs: told } = study.json("runs")
    expect(more).toBe(0)
    expect(told.map(({ outcome, run, states }: Record<string, unknown>) => ({ run, outcome, states }))).toMatchObject([
      { run: runs[3], outcome: "failed", states: { failed: 1, blocked: 4, fresh: 1 } },
      { run: runs[2], outcome: "ok", states: { fresh: 2 } },
      { run: runs[1], outcome: "ok", states: { ran: 3, fresh: 3 } },
      { run: runs[0], outcome: "ok", states: { ran: 6 } }
    ])
    const lines = study.sediment("runs", "--limit", "3").out.split("\n")
    expect(lines[1]).toMatch(
      new RegExp(`^${runs[3]} +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC +failed +[\\d.]+ m?s +1 fresh, 1 failed, 4 blocked +sediment run --json$`)
    )
    expect(lines[4]).toBe("and 1 earlier run: --limit 4")
  })

  it("are given a name of their own, and lose it again", () => {
    expect(study.sediment("runs", "--tag", `${runs[0]!.slice(-6)}=draft-1`)).toMatchObject({
      code: 0,
      err: expect.stringContaining(`run ${runs[0]} is called draft-1`)
    })
    expect(study.json("runs").runs.at(-1).tag).toBe("draft-1")
    expect(study.json("show", "gov-mean", "--run", "draft-1")).toMatchObject({ run: runs[0] })
    const taken = study.sediment("runs", "--tag", "latest=draft-1")
    expect(taken).toMatchObject({
      code: 2,
      err: expect.stringContaining(`run ${runs[0]} is called draft-1: sediment runs --untag draft-1 takes the name away`)
    })
    for (const wrong of ["draft", "latest=latest~1"]) expect(study.json("runs", "--tag", wrong)).toMatchObject({ ok: false, errors: [{ code: "tag" }] })
    expect(study.sediment("runs", "--untag", "draft-1").code).toBe(0)
    expect(study.json("runs").runs.at(-1).tag).toBeNull()
    expect(study.json("runs", "--untag", "latest")).toMatchObject({ ok: false, errors: [{ code: "untagged" }] })
  })

  it("are none in a cache that has none", () => {
    expect(study.json("runs", "--cache", "empty")).toEqual({ version: 1, runs: [], more: 0 })
    expect(study.json("diff", "--cache", "empty")).toMatchObject({
      ok: false,
      errors: [{ code: "nothing-to-compare", message: expect.stringContaining("no run is recorded yet") }]
    })
  })
})

describe("an artifact of a past run", () => {
  it("is the one that the node had then, with when and in which run it was made", () => {
    const means = (...args: ReadonlyArray<string>) => study.json("show", "gov-mean", ...args).data.mean[0]
    expect([means("--run", runs[0]!), means("--run", runs[1]!)]).toEqual([2, 4])
    // Found as it was, in a run that made it before.
    expect(study.json("show", "outcomes", "--run", runs[1]!)).toMatchObject({ run: runs[1], made: { run: runs[0] }, stale: false })
    expect(study.sediment("show", "outcomes", "--run", runs[1]!).out).toMatch(
      new RegExp(`^outcomes as it was in run ${runs[1]} .*: made in run ${runs[0]}, \\d{4}-`)
    )
    const path = study.sediment("path", "gov-mean", "--run", "latest~3")
    expect(path.out.trim()).toMatch(/\.arrow$/)
    expect(path.err).toContain(`gov-mean as it was in run ${runs[0]}`)
    expect(path.out).not.toBe(study.sediment("path", "gov-mean", "--run", "latest~2").out)
  })

  it("is there for a node that the study no longer has", () => {
    const before = study.read("dag.ts")
    study.edit("dag.ts", '"fdi-mean"', '"mean-of-fdi"')
    expect(study.json("show", "fdi-mean", "--run", runs[0]!).data.mean).toEqual([20])
    expect(study.sediment("show", "mean-of-fdi", "--run", runs[0]!)).toMatchObject({ code: 2, err: expect.stringContaining("the study had no such node then") })
    study.write("dag.ts", before)
  })

  it("is not there where the run did not look at the node, or it failed or was blocked: the reason of then is told", () => {
    const told = (...args: ReadonlyArray<string>) => study.sediment("show", ...args)
    expect(told("gov-mean", "--run", runs[2]!)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`gov-mean has no artifact in run ${runs[2]}: that run did not look at it; it was: sediment run --json draws`)
    })
    expect(told("controls", "--run", runs[3]!)).toMatchObject({ code: 2, err: expect.stringContaining("it failed: data/controls.csv, row 4: not a number") })
    expect(told("joined", "--run", runs[3]!)).toMatchObject({ code: 2, err: expect.stringContaining("it was blocked, since gov-mean failed") })
    expect(told("gov-maen", "--run", runs[0]!)).toMatchObject({ code: 2, err: expect.stringContaining('did you mean "gov-mean"') })
    expect(told("gov-mean", "--run", "lates")).toMatchObject({ code: 2, err: expect.stringContaining('did you mean "latest"') })
  })

  it("may be gone: then show, path and diff say that it is no longer in the store", () => {
    const gone = study.json("path", "gov-mean", "--run", runs[0]!).path
    rmSync(join(study.path, gone))
    expect(study.sediment("show", "gov-mean", "--run", runs[0]!)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`gc has freed it since run ${runs[0]}`)
    })
    const [{ nodes }] = study.json("diff", runs[0]!, runs[1]!).studies
    expect(nodes.find(({ node }: { node: string }) => node === "gov-mean").outputs[0]).toMatchObject({
      columns: { changed: ["mean"] },
      rows: null,
      unread: [expect.stringContaining("is no longer in the store")]
    })
  })
})

describe("explain", () => {
  it("goes on, past what an earlier run made, to the edit", () => {
    study.edit("data/controls.csv", "three,30", "9,30")
    study.run("controls")
    expect(study.sediment("explain", "gov-mean").out).toContain(
      "gov-mean (stage means) would run\n  gov-mean: its input table changed: gov of controls\n  controls: the file data/controls.csv changed\n"
    )
    study.run("gov-mean")
    expect(study.json("explain", "gov-mean")).toMatchObject({
      state: "fresh",
      edits: [],
      lastRan: { chain: [{ node: "gov-mean" }, { node: "controls" }], edits: [{ edit: "file", file: "data/controls.csv", nodes: ["controls"] }] }
    })
  })
})
