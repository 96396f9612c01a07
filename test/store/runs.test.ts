import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { makingOf, RunHistory, runName, type StudyRecord } from "../../src/store/runs.ts"
import { RunLog } from "../../src/store/segment-log.ts"
import { inStore, someNode, temporaryFolder } from "./in-store.ts"

/** Uses the history as one process would, then commits. */
const inRun = <A>(cache: string, run: string, use: (history: RunHistory["Service"]) => A): Promise<A> =>
  inStore(
    cache,
    run,
    Effect.gen(function* () {
      const result = use(yield* RunHistory)
      yield* (yield* RunHistory).commit
      return result
    })
  )
const studyRecord = (more: Partial<StudyRecord> = {}): StudyRecord => ({ study: "states", variant: "", nodes: 2, gone: [], ...more })

describe("RunHistory", () => {
  it("the last record of a node is the newest one, by study and name", async () => {
    const cache = temporaryFolder()
    await inRun(cache, "r1", (history) => {
      history.addNode(someNode())
      history.addNode(someNode({ study: "other", params: '{"a":1}' }))
    })
    await inRun(cache, "r2", (history) => {
      expect(history.lastOf("states", "within")).toEqual(someNode())
      history.addNode(someNode({ at: 2000, run: "r2", params: '{"cluster":"entity"}' }))
      expect(history.lastOf("states", "within")?.run).toBe("r2")
    })
    await inRun(cache, "r3", (history) => {
      expect(history.lastOf("states", "within")?.params).toBe('{"cluster":"entity"}')
      expect(history.lastOf("other", "within")?.params).toBe('{"a":1}')
      expect(history.lastOf("states", "hausman")).toBeUndefined()
      expect(history.nodesOf("r1").map(({ study }) => study)).toEqual(["states", "other"])
    })
  })

  it("of segments written at once, the record of the later moment stands", async () => {
    const cache = temporaryFolder()
    await inRun(cache, "a", (history) => history.addNode(someNode({ at: 5000, run: "a" })))
    await inRun(cache, "b", (history) => history.addNode(someNode({ at: 4000, run: "b" })))
    expect(await inRun(cache, "c", (history) => history.lastOf("states", "within")?.run)).toBe("a")
  })

  it("the state of a study at a run is what the run wrote, on top of what it was based on", async () => {
    const cache = temporaryFolder()
    const run = (name: string, at: number, more: Partial<StudyRecord> = {}) => ({ run: name, at, command: ["run"], studies: [studyRecord(more)] })
    const names = (history: RunHistory["Service"], name: string, at?: number) =>
      Object.fromEntries([...history.stateOf("states", name, at).nodes].map(([node, { record }]) => [node, record().run]))
    await inRun(cache, "r1", (history) => {
      history.addRun(run("r1", 1000))
      history.addNode(someNode({ at: 1001 }))
      history.addNode(someNode({ at: 1002, node: "hausman" }))
      history.addNode(someNode({ at: 1003, study: "other", node: "moran" }))
    })
    await inRun(cache, "r2", (history) => {
      const { at } = history.stateOf("states", "r1")
      expect(at).toBe(1003)
      history.addRun(run("r2", 2000, { base: { run: "r1", at } }))
      history.addNode(someNode({ run: "r2", at: 2001 }))
    })
    await inRun(cache, "r3", (history) => history.addRun(run("r3", 3000, { base: { run: "r2", at: 2001 }, gone: ["hausman"] })))
    // The first run goes on writing while the others have begun: what they saw stays what it was.
    await inRun(cache, "r1-later", (history) => history.addNode(someNode({ at: 5000, node: "lm-tests" })))
    await inRun(cache, "reader", (history) => {
      expect(names(history, "r1")).toEqual({ within: "r1", hausman: "r1", "lm-tests": "r1" })
      expect(names(history, "r1", 1001)).toEqual({ within: "r1" })
      expect(names(history, "r2")).toEqual({ within: "r2", hausman: "r1" })
      expect(names(history, "r3")).toEqual({ within: "r2" })
      expect(names(history, "r9")).toEqual({})
      expect(history.stateOf("other", "r1").nodes.size).toBe(1)
    })
  })

  it("what a node was made of has a checksum that any part of it changes", () => {
    const same = makingOf(someNode({ state: "fresh", run: "r2", ms: 0, why: [], warnings: [] }))
    expect(makingOf(someNode())).toBe(same)
    for (const more of [{ code: "f00d" }, { params: '{"a":1}' }, { inputs: {} }, { reads: [] }, { artifacts: { coefficients: "00fe" } }])
      expect(makingOf(someNode(more))).not.toBe(same)
  })

  it("a tag is the last name that was given to a run", async () => {
    const cache = temporaryFolder()
    await inRun(cache, "a", (history) => {
      history.tag("r1", "draft")
      history.tag("r2", "sent")
    })
    await inRun(cache, "b", (history) => {
      history.tag("r1", "final")
      history.tag("r2", undefined)
    })
    expect(await inRun(cache, "c", (history) => [...history.tags()])).toEqual([["r1", "final"]])
  })

  it("the parts of a fingerprint are kept once", async () => {
    const cache = temporaryFolder()
    const parts = [{ declaration: "demean", file: "src/econometrics/regression/within.ts", hash: "1" }]
    await inRun(cache, "r1", (history) => history.addCode("f1", parts))
    await inRun(cache, "r2", (history) => {
      history.addCode("f1", parts)
      history.addCode("f2", [])
      expect([history.codeOf("f1"), history.codeOf("f2"), history.codeOf("f3")]).toEqual([parts, [], undefined])
    })
    expect(
      await inStore(
        cache,
        "reader",
        Effect.flatMap(RunLog, (log) => Effect.map(log.records, (records) => records("code").length))
      )
    ).toBe(2)
  })

  it("runs come newest first, each with what was last said of it", async () => {
    const cache = temporaryFolder()
    const run = (name: string, at: number) => ({ run: name, at, command: ["run"], studies: [studyRecord()] })
    await inRun(cache, "r1", (history) => {
      history.addRun(run("r1", 1000))
      history.addRun({ ...run("r1", 1000), ok: true, ms: 40 })
    })
    await inRun(cache, "r2", (history) => history.addRun(run("r2", 2000)))
    expect(await inRun(cache, "r3", (history) => history.runs())).toEqual([run("r2", 2000), { ...run("r1", 1000), ok: true, ms: 40 }])
  })

  it("names of runs sort by time and differ", () => {
    const early = runName(new Date(Date.UTC(2003, 0, 31, 23, 59, 59)))
    expect(early).toMatch(/^20030131T235959-[0-9a-f]{8}$/)
    expect(early < runName(new Date(Date.UTC(2021, 11, 1)))).toBe(true)
    expect(runName(new Date(0))).not.toBe(runName(new Date(0)))
  })
})
