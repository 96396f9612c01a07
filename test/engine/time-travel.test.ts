import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { nodeIn } from "../../src/engine/time-travel.ts"
import { RunHistory, type RunRecord } from "../../src/store/runs.ts"
import { inStore, someNode, temporaryFolder } from "../store/in-store.ts"

const run = (name: string, at: number, more: Partial<RunRecord["studies"][number]> = {}, ok: boolean | null = true): RunRecord => ({
  run: name,
  at,
  command: ["sediment", "run"],
  studies: [{ study: "states", variant: "", nodes: 2, gone: [], ...more }],
  ...(ok === null ? {} : { ok })
})
/** What is told of a node in runs: "record" with the run that wrote it, or why there is none. */
const told = (runs: ReadonlyArray<RunRecord>, ...nodes: ReadonlyArray<readonly [run: string, node: string, at: number]>) =>
  inStore(
    temporaryFolder(),
    "writer",
    Effect.map(RunHistory, (history) => {
      for (const one of runs) history.addRun(one)
      for (const [of, node, at] of nodes) history.addNode(someNode({ run: of, node, at }))
      return (record: RunRecord, node: string) => {
        const past = nodeIn(history, record, "states", node)
        return past.found === "record" ? past.record.run : past.found
      }
    })
  )

describe("a node in a run", () => {
  it("is what the run wrote of it, or what was known before", async () => {
    const [first, second] = [run("r1", 1000), run("r2", 2000, { base: { run: "r1", at: 1001 } })]
    const of = await told([first, second], ["r1", "within", 1001], ["r1", "panel", 1001], ["r2", "within", 2001])
    expect([of(first, "within"), of(second, "within"), of(second, "panel")]).toEqual(["r1", "r2", "r1"])
    expect(of(second, "moran")).toBe("absent")
  })

  it("is none where the run did not look at it, was interrupted before it, or is of another study", async () => {
    const base = { base: { run: "r1", at: 1001 } }
    const [first, some, stopped] = [
      run("r1", 1000),
      run("r2", 2000, { ...base, looked: ["panel"] }),
      run("r3", 3000, { ...base, cancelled: ["within"] }, false)
    ]
    const of = await told([first, some, stopped], ["r1", "within", 1001], ["r1", "panel", 1001])
    expect([of(some, "within"), of(some, "panel")]).toEqual(["not-looked-at", "r1"])
    expect([of(stopped, "within"), of(stopped, "panel")]).toEqual(["cancelled", "r1"])
    expect(of({ ...first, studies: [] }, "within")).toBe("not-looked-at")
  })

  it("is not known in a run that never ended, unless it wrote it", async () => {
    const [first, killed] = [run("r1", 1000), run("r2", 2000, { base: { run: "r1", at: 1001 } }, null)]
    const of = await told([first, killed], ["r1", "within", 1001], ["r1", "panel", 1001], ["r2", "panel", 2001])
    expect([of(killed, "within"), of(killed, "panel")]).toEqual(["unfinished", "r2"])
  })
})
