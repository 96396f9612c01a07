import { Effect, Exit } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { Executor } from "../../src/engine/executor.ts"
import { StageBundle, task, withThreads } from "./stage-bundle.ts"

const bundle = new StageBundle(`{
  works: stage("works", () => Effect.succeed(one)),
  exits: stage("exits", () => Effect.sync(() => process.exit(3))),
  throwsLater: stage("throwsLater", () => Effect.sync(() => { setTimeout(() => { throw new Error("late") }, 20); return one })),
  counts: stage("counts", () => Effect.sync(() => { globalThis.counted = (globalThis.counted ?? 0) + 1; tell("counts", globalThis.counted); return one })),
  never: stage("never", () => Effect.never),
  spins: stage("spins", () => Effect.sync(() => { for (;;) { const end = performance.now() + 10; while (performance.now() < end); tell("spins") } }), { timeout: "300 millis" }),
  quick: stage("quick", () => Effect.succeed(one), { timeout: "1 minute" }),
  alone: stage("alone", () => Effect.gen(function* () { tell("order", "alone begins"); yield* Effect.sleep(20); tell("order", "alone ends"); return one }), { concurrency: 1 }),
  // Comes to an end only when two of them are under way.
  meets: stage("meets", () => Effect.gen(function* () {
    tell("order", "meets begins")
    tell("met")
    while (told("met") < 2) yield* Effect.sleep(5)
    yield* Effect.sleep(20)
    tell("order", "meets ends")
    return one
  }), { concurrency: 2 })
}`)
afterAll(() => bundle.remove())
const loaded = await bundle.load()

const execute = (stage: string, heavy = true) => Effect.flatMap(Executor, (executor) => executor.execute(loaded, task(stage), () => heavy))
const works = (stage: string) => Effect.map(execute(stage), (outcome) => outcome?.outputs !== undefined)

describe("a worker thread", () => {
  it("that ends while a stage runs fails that task, and the next runs on another", async () => {
    expect(await withThreads(1, Effect.all([works("exits"), works("works")]))).toEqual([false, true])
  })
  it("that breaks between two tasks harms neither the process nor the next task", async () => {
    expect(await withThreads(1, Effect.all([works("throwsLater"), Effect.as(Effect.sleep(100), true), works("works")]))).toEqual([true, true, true])
  })
  it("makes way for another when it has loaded many bundles", async () => {
    const each = Array.from({ length: 45 }, (_, i) => ({ ...loaded, bundle: `${loaded.bundle}?${i}` }))
    await withThreads(
      1,
      Effect.forEach(each, (one) => Effect.flatMap(Executor, (executor) => executor.execute(one, task("counts"), () => true)))
    )
    const counts = bundle.told("counts").map(Number)
    expect([counts.length, Math.max(...counts), counts.filter((count) => count === 1).length]).toEqual([45, 20, 3])
  })
  it("is stopped with a task that does not return when that is interrupted", async () => {
    const outcome = await withThreads(
      1,
      Effect.gen(function* () {
        const exit = yield* Effect.exit(works("never").pipe(Effect.timeout(50)))
        return [Exit.isFailure(exit), yield* works("works")]
      })
    )
    expect(outcome).toEqual([true, true])
  })
})

describe("a stage's timeout", () => {
  it("stops a computation that does not return, its thread with it, and says node, stage, limit and what to do", async () => {
    const counts = await withThreads(
      1,
      Effect.gen(function* () {
        const began = performance.now()
        // Said to be light: a stage with a limit runs on a thread nevertheless.
        const outcome = yield* execute("spins", false)
        expect(performance.now() - began).toBeLessThan(5000)
        expect(outcome).toMatchObject({ outputs: undefined, transient: true })
        expect(outcome?.faults).toEqual([
          {
            code: "timeout",
            message:
              'node node-of-spins: stage spins was stopped when it had taken 300ms, the longest that it may; give it less to do, or raise timeout in Stage.make("spins", …)'
          }
        ])
        const count = bundle.told("spins").length
        expect(yield* works("works")).toBe(true)
        yield* Effect.sleep(100)
        return [count, bundle.told("spins").length]
      })
    )
    expect(counts[1]).toBe(counts[0])
  })
  it("that does not run out changes nothing", async () => expect(await withThreads(1, works("quick"))).toBe(true))
})

/** The most tasks under way at a time, of those that a name begins. */
const most = (lines: ReadonlyArray<string>, name: string): number => {
  let now = 0
  return Math.max(...lines.filter((line) => line.startsWith(name)).map((line) => (line.endsWith("begins") ? ++now : now--)))
}

describe("at most so many tasks at a time run", () => {
  it("of a stage as its concurrency says, and of all stages as jobs says", async () => {
    const tasks = ["alone", "meets", "alone", "meets", "alone", "meets", "meets"].map((stage) => works(stage))
    await withThreads(3, Effect.all(tasks, { concurrency: "unbounded" }))
    const lines = bundle.told("order")
    expect(lines).toHaveLength(14)
    expect(most(lines, "alone")).toBe(1)
    expect(most(lines, "meets")).toBe(2)
    expect(most(lines, "")).toBeLessThanOrEqual(3)
  })
  it("one after the other with one job", async () => {
    const before = bundle.told("order").length
    await withThreads(
      1,
      Effect.all(
        ["meets", "alone", "meets"].map((stage) => works(stage)),
        { concurrency: "unbounded" }
      )
    )
    expect(most(bundle.told("order").slice(before), "")).toBe(1)
  })
})
