import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { StudyFolder } from "../cli/study-folder.ts"
import { damaging } from "./damage.ts"
import { freeing } from "./free.ts"
import { killing } from "./kill.ts"
import { filesBelow } from "./outcome.ts"
import { refusing } from "./refuse.ts"
import { type Faults, NotHere, rounds } from "./round.ts"
import { littleStudy, studyFiles } from "./study.ts"
import { together } from "./together.ts"
import { losing } from "./workers.ts"

// A landing does not depend on luck: the same faults each time, and others where FAULTS_SEED says so. `npm run faults` makes many.
const seed = Number(process.env["FAULTS_SEED"] ?? 20261125)
const middle = { ...littleStudy, slow: 2, near: 4 }
const wrong = async (faults: Faults, count: number) => (await rounds("short", faults, count, seed)).rounds.filter(({ problems }) => problems.length > 0)

describe("after a fault from outside", { timeout: 180_000 }, () => {
  it("a run that was killed leaves nothing wrong", async () => {
    expect(await wrong(killing(middle), 2)).toEqual([])
  })
  it("a damaged file in the cache gives no wrong number", async () => {
    expect(await wrong(await damaging(2), 1)).toEqual([])
  })
  it("several runs at once on one cache come to what each comes to alone", async () => {
    expect(await wrong(together(middle), 1)).toEqual([])
  })
  it("gc beside runs that come back to what it frees takes nothing from them", async () => {
    expect(await wrong(freeing(), 1)).toEqual([])
  })
  it("workers, a run and Redis that are lost in turn cost no result, and nothing is done twice but what was under way", async ({ skip }) => {
    const faults = await losing()
    if (faults instanceof NotHere) return skip(faults.reason)
    expect(await wrong(faults, 2)).toEqual([])
  })
  for (const kind of ["readonly", "full"] as const)
    it(`a cache that is ${kind} is read, and what cannot be written is told`, async ({ skip }) => {
      const faults = refusing(kind)
      if (faults instanceof NotHere) return skip(faults.reason)
      expect(await wrong(faults, 1)).toEqual([])
    })

  it("a number that is another one in a file of the cache is nobody's parameter", () => {
    const study = new StudyFolder(studyFiles({ ...littleStudy, salt: 271_828 }))
    try {
      study.run()
      const { artifact } = study.json("show", "slow[0]")
      const files = filesBelow(join(study.path, "cache")).filter((path) => readFileSync(path, "latin1").includes("271828"))
      expect(files.length).toBeGreaterThan(0)
      for (const path of files) {
        const before = readFileSync(path, "latin1")
        writeFileSync(path, before.replaceAll("271828", "271829"), "latin1")
        expect(study.json("show", "slow[0]"), path).toMatchObject({ artifact, stale: false })
      }
    } finally {
      study.remove()
    }
  })
})
