import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { RunHistory, runName } from "../../src/store/runs.ts"
import { SegmentLog } from "../../src/store/segment-log.ts"
import { TraceIndex } from "../../src/store/traces.ts"
import { inStore, someNode, temporaryFolder } from "./in-store.ts"

/** Uses the history as one process would, then commits. */
const inRun = <A>(cache: string, run: string, use: (history: RunHistory["Service"]) => A): Promise<A> =>
  inStore(
    cache,
    run,
    Effect.gen(function* () {
      const result = use(yield* RunHistory)
      yield* (yield* TraceIndex).commit
      return result
    })
  )
const written = (cache: string) =>
  inStore(
    cache,
    "reader",
    Effect.map(SegmentLog, (log) => log.records("node").length)
  )

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

  it("a fresh node is written only if what it was made of is not what it was", async () => {
    const cache = temporaryFolder()
    await inRun(cache, "r1", (history) => history.addNode(someNode()))
    await inRun(cache, "r2", (history) => history.addNode(someNode({ state: "fresh", run: "r2", at: 2000, ms: 0, why: [] })))
    expect(await written(cache)).toBe(1)
    await inRun(cache, "r3", (history) => history.addNode(someNode({ state: "fresh", run: "r3", at: 3000, params: '{"a":1}' })))
    expect(await written(cache)).toBe(2)
    await inRun(cache, "r4", (history) => history.addNode(someNode({ state: "ran", run: "r4", at: 4000, params: '{"a":1}' })))
    expect(await written(cache)).toBe(3)
  })

  it("the parts of a fingerprint are kept once", async () => {
    const cache = temporaryFolder()
    const parts = [{ declaration: "demean", file: "src/econometrics/within.ts", hash: "1" }]
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
        Effect.map(SegmentLog, (log) => log.records("code").length)
      )
    ).toBe(2)
  })

  it("runs come newest first, each with what was last said of it", async () => {
    const cache = temporaryFolder()
    const run = (name: string, at: number) => ({ run: name, at, command: ["run"], studies: ["states"] })
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
