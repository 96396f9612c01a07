import { Effect } from "effect"
import { afterAll, beforeEach, describe, expect, it } from "vitest"
import { attempt } from "../../src/engine/attempts.ts"
import type { Turn } from "../../src/engine/execute.ts"
import { Executor } from "../../src/engine/executor.ts"
import { StageBundle, task, withThreads } from "./stage-bundle.ts"

const bundle = new StageBundle(`{
  third: stage("third", () => Effect.sync(() => { tell("third"); if (told("third") < 3) throw new Error("not yet"); return one }), { retry: Schedule.recurs(5) }),
  ends: stage("ends", () => Effect.sync(() => { tell("ends"); if (told("ends") < 2) process.exit(3); return one }), { retry: Schedule.recurs(1) }),
  throws: stage("throws", () => Effect.sync(() => { tell("throws"); throw new Error("never") }), { retry: Schedule.recurs(2) }),
  once: stage("once", () => Effect.sync(() => { tell("once"); throw new Error("no schedule") })),
  refuses: stage("refuses", () => Effect.suspend(() => { tell("refuses"); return StageFailure.of("bad-data", "row 3 is no number") }), { retry: Schedule.recurs(5) }),
  spins: stage("spins", () => Effect.sync(() => { tell("spins"); for (;;); }), { timeout: "400 millis", retry: Schedule.recurs(1) }),
  picky: stage("picky", () => Effect.sync(() => { tell("picky"); throw new Error("attempt " + told("picky")) }), {
    retry: Schedule.forever.pipe(Schedule.while(({ input }) => Effect.succeed(input[0].message.includes("attempt 1"))))
  })
}`)
afterAll(() => bundle.remove())
const loaded = await bundle.load()

let events: Array<string> = []
beforeEach(() => {
  events = []
})
const tried = (stage: string, { heavy = false, begins = true } = {}) =>
  withThreads(
    1,
    attempt(loaded.stages[stage]!, (turn: Turn) => Effect.flatMap(Executor, (executor) => executor.execute(loaded, task(stage), () => heavy, turn)), {
      begins: () => begins,
      retries: (attempts, faults) => events.push(`${attempts}: ${faults[0]?.message.replace(/ \(.*/, "")}`),
      fails: () => events.push("fails")
    })
  )

describe("a failure that may pass is tried again as the schedule says", () => {
  it("until it comes out, each further attempt told with the faults before it", async () => {
    const outcome = await tried("third")
    expect(outcome).toMatchObject({ attempts: 3, faults: [] })
    expect(outcome?.outputs).toBeDefined()
    expect(events).toEqual(["1: stage third broke: Error: not yet", "2: stage third broke: Error: not yet"])
  })
  it("a thread that ended: on a new one", async () => {
    expect(await tried("ends", { heavy: true })).toMatchObject({ attempts: 2, faults: [] })
    expect(events).toEqual(["1: the worker thread that ran stage ends broke: it ended with code 3"])
  })
  it("time that ran out, and no more often than the schedule says: then the last failure stands", async () => {
    expect(await tried("spins")).toMatchObject({ attempts: 2, outputs: undefined, faults: [{ code: "timeout" }] })
    expect(bundle.told("spins")).toHaveLength(2)
    expect(await tried("throws")).toMatchObject({ attempts: 3, outputs: undefined, faults: [{ code: "defect" }] })
    expect(bundle.told("throws")).toHaveLength(3)
  })
  it("and the schedule may decide by the faults", async () => {
    expect(await tried("picky")).toMatchObject({ attempts: 2, faults: [{ message: expect.stringContaining("attempt 2") }] })
  })
})

describe("nothing is tried again", () => {
  it("where a stage tells of its input, whatever the schedule", async () => {
    expect(await tried("refuses", { heavy: true })).toMatchObject({
      attempts: 1,
      transient: false,
      faults: [{ code: "bad-data", message: "row 3 is no number" }]
    })
    expect(bundle.told("refuses")).toHaveLength(1)
    expect(events).toEqual(["fails"])
  })
  it("where the stage has no schedule", async () => {
    expect(await tried("once")).toMatchObject({ attempts: 1, transient: true, outputs: undefined })
    expect(events).toEqual(["fails"])
  })
  it("of a task that is sent away when its turn comes: it never runs", async () => {
    expect(await tried("third", { begins: false })).toBeUndefined()
    expect(bundle.told("third")).toHaveLength(3)
  })
})
