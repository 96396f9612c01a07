/** What a run tells, what the studio reads of it, and what the page makes of that: the same, whenever somebody comes to it. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import type { EngineEvent, NodeReport } from "../../../src/engine/events.ts"
import type { StudioEvent } from "../../../src/studio/messages/event.ts"
import { afterEvents, type LiveState, NOTHING_UNDERWAY, withoutFinished, withUnderway } from "../../../src/studio/page/live-runs.ts"
import { FollowedRun } from "../../../src/studio/server/live/followed-run.ts"
import { liveListener } from "../../../src/workspace/live/live-file.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"

const NODES = Array.from({ length: 8 }, (_, i) => `n${i}`)
const report = (node: string, state: NodeReport["state"], attempts: number): NodeReport => ({
  ...{ study: "s", node, stage: "stage", state, changed: state === "ran", why: [{ reason: "new" }], artifacts: {}, warnings: [] },
  ...{ faults: state === "failed" ? [{ code: "bad", message: `${node} is bad` }] : [], blockedBy: [], attempts, ms: 1 }
})

/** What may happen in a run of these nodes, each at some place among the others. */
const runs = fc
  .record({
    ends: fc.boolean(),
    nodes: fc.array(
      fc.record({
        state: fc.constantFrom<NodeReport["state"] | "running">("ran", "failed", "fresh", "blocked", "running"),
        attempts: fc.integer({ min: 1, max: 3 }),
        at: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      }),
      { minLength: NODES.length, maxLength: NODES.length }
    )
  })
  .map(({ ends, nodes }): ReadonlyArray<EngineEvent> => {
    const placed = nodes.flatMap(({ at, attempts, state }, i): ReadonlyArray<{ readonly at: number; readonly event: EngineEvent }> => {
      const node = NODES[i]!
      const [from, to] = [Math.min(...at), Math.max(...at)]
      if (state === "fresh" || state === "blocked") return [{ at: to, event: { event: "node-finished", report: report(node, state, 0) } }]
      const retries = Array.from({ length: attempts - 1 }, (_, k) => ({
        at: from + ((to - from) * (k + 1)) / attempts,
        event: { event: "node-retried" as const, study: "s", node, attempts: k + 1, faults: [] }
      }))
      const finished = state === "running" ? [] : [{ at: to, event: { event: "node-finished" as const, report: report(node, state, attempts) } }]
      return [{ at: from, event: { event: "node-started", study: "s", node, stage: "stage", why: [{ reason: "new" }] } }, ...retries, ...finished]
    })
    return [
      { event: "run-started", run: "r", nodes: 10, stale: 8, unknown: 0, due: new Map([["s", NODES]]) },
      ...placed.sort((a, b) => a.at - b.at).map(({ event }) => event),
      ...(ends ? [{ event: "run-finished" as const, report: { run: "r", ok: true, nodes: [], distinct: 0, ms: 5 } }] : [])
    ]
  })

/** What is seen in a page of a state. */
const seenIn = ({ nodes, runs }: LiveState) => ({
  runs: [...runs.values()].map(({ done, due, failures, running }) => ({
    done,
    due,
    failures: failures.map(({ node }) => node).sort(),
    running: running.map(({ attempts, node }) => `${node} ${attempts}`).sort()
  })),
  nodes: [...(nodes.get("s") ?? [])].map(([name, { state }]) => `${name} ${state}`).sort()
})

describe("what goes on in a run", () => {
  const folder = new TemporaryFolder({})
  afterAll(() => folder.remove())
  let caches = 0

  it("is read as it was told, however it is cut when it is read, and a page that comes at any moment knows what one knows that was there all the time", async () => {
    await fc.assert(
      fc.asyncProperty(runs, fc.array(fc.nat({ max: 400 }), { maxLength: 5 }), fc.nat({ max: 30 }), async (events, cuts, moment) => {
        const cache = folder.at(`${caches++}`)
        const path = join(cache, "live/r.ndjson")
        let whole = Buffer.alloc(0)
        await Effect.runPromise(
          Effect.scoped(
            Effect.gen(function* () {
              const tell = yield* liveListener(cache, ["sediment", "run"])
              for (const event of events) tell(event)
              // What waits to be written is written together, a moment later.
              yield* Effect.sleep(40)
              whole = readFileSync(path)
            })
          )
        )
        // As another process finds it: in pieces.
        const copy = join(cache, "copy")
        mkdirSync(copy)
        const read = join(copy, "r.ndjson")
        writeFileSync(read, "")
        const followed = new FollowedRun(read)
        const places = [...cuts.map((one) => one % (whole.length + 1)), whole.length].sort((a, b) => a - b)
        const told: Array<StudioEvent> = []
        let begun = false
        for (const place of places) {
          writeFileSync(read, whole.subarray(0, place))
          const since = followed.read()
          if (followed.head === undefined) continue
          told.push(...(begun ? since : [{ event: "run-started" as const, run: followed.underway(false) }]))
          begun = true
        }
        const underway = followed.underway(false)
        followed.close()
        const always = afterEvents(NOTHING_UNDERWAY, told)
        expect(seenIn(withUnderway(NOTHING_UNDERWAY, [underway]))).toEqual(seenIn(always))
        // One event after the other, or some at a time.
        const at = moment % (told.length + 1)
        expect(seenIn(afterEvents(afterEvents(NOTHING_UNDERWAY, told.slice(0, at)), told.slice(at)))).toEqual(seenIn(always))
        const states = new Map(
          events.flatMap((event) =>
            event.event === "node-started" ? [[event.node, "running"]] : event.event === "node-finished" ? [[event.report.node, event.report.state]] : []
          )
        )
        expect(seenIn(always).nodes).toEqual([...states].map(([node, state]) => `${node} ${state}`).sort())
        expect(seenIn(always).runs[0]!.done).toBe([...states.values()].filter((state) => state !== "running").length)
        // When it is over, what it has settled is known until an answer knows it too.
        const ended = afterEvents(always, [{ event: "run-finished", run: "r", studies: ["s"], at: 1, ms: 1, outcome: "ok" }])
        expect(ended.runs.size).toBe(0)
        expect(seenIn(ended).nodes).toEqual(seenIn(always).nodes.filter((node) => !node.endsWith("running")))
        expect(seenIn(withoutFinished(ended)).nodes).toEqual([])
        expect(withoutFinished(always)).toEqual(always)
      }),
      { numRuns: 40 }
    )
  })

  it("is not what it was after an edit, for what was settled; what runs, runs", () => {
    const at = { run: "r", study: "s", at: 1 }
    const run = {
      ...{ run: "r", at: 1, command: [], studies: ["s"], due: 2, done: 0, fromHere: true, canBeEnded: true },
      running: [],
      settled: [],
      failures: []
    }
    const state = afterEvents(NOTHING_UNDERWAY, [
      { event: "run-started", run },
      { event: "nodes-settled", ...at, state: "fresh", nodes: ["a"] },
      { event: "node-started", ...at, node: "b", why: "" },
      { event: "changed", what: "studies" }
    ])
    expect(seenIn(state)).toEqual({ runs: [{ done: 1, due: 2, failures: [], running: ["b 1"] }], nodes: ["b running"] })
  })
})
