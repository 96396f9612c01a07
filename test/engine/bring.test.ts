import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Fiber, References, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { readArrow } from "../../src/artifact/read.ts"
import { FileMemory } from "../../src/engine/file-memory.ts"
import { FreshMemory } from "../../src/engine/fresh-memory.ts"
import type { Study } from "../../src/engine/study.ts"
import { File, number, Stage, StageFailure, table } from "../../src/sediment.ts"
import { ObjectStore } from "../../src/store/objects.ts"
import { RunHistory } from "../../src/store/runs.ts"
import { HEADER } from "../../src/store/segment-log.ts"
import { inStore, temporaryFolder } from "../store/in-store.ts"
import { handMadeStudy, node, output, runAll } from "./hand-made-study.ts"
import { inThisThread } from "./in-this-thread.ts"

const Numbers = table("Numbers", { x: number() })
const given = Stage.make("given", {
  inputs: {},
  params: Schema.Struct({ x: Schema.Finite }),
  output: Numbers,
  run: (_, { x }) => Effect.succeed({ x: Float64Array.of(x) })
})
const sum = Stage.make("sum", {
  inputs: { a: Numbers, b: Numbers },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ a, b }) => Effect.succeed({ x: a.column("x").values.map((x, i) => x + b.column("x").values[i]!) as Float64Array })
})
const fails = Stage.make("fails", { inputs: {}, params: Schema.Struct({}), output: Numbers, run: () => StageFailure.of("bad", "it is bad") })
const told = Stage.make("told", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ file }) => Effect.succeed({ x: Float64Array.of(file.path.length) })
})
const sizes = Stage.make("sizes", {
  inputs: { one: File, other: File },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ one, other }) => Effect.succeed({ x: Float64Array.of(one.bytes.length, other.bytes.length) })
})

/** Runs studies once, and gives the nodes whose stage was executed beside the report. */
const once = async (studies: ReadonlyArray<Study>, cache = temporaryFolder(), run = "run") => {
  const executed: Array<string> = []
  const executor = inThisThread(4, (task) =>
    Effect.gen(function* () {
      executed.push(task.node)
      for (let turn = 0; turn < 20; turn++) yield* Effect.yieldNow
    })
  )
  const { nodes, ok } = await Effect.runPromise(runAll(studies, cache, run, executor))
  return { ok, executed, states: nodes.map(({ state }) => state).sort(), artifacts: nodes.map(({ artifacts }) => artifacts["output"]) }
}

describe("a run", () => {
  it("comes to its end wherever its fibers take turns", { timeout: 60_000 }, async () => {
    // What fails blocks others, which costs many steps between two looks at what has ended.
    const nodes = [
      node(fails, "fails"),
      ...["sum", "other"].map((name) => node(sum, name, { a: output("fails"), b: output("fails") })),
      node(given, "given", {}, { x: 1 })
    ]
    const study = handMadeStudy([given, sum, fails], nodes)
    for (let steps = 4; steps <= 24; steps++)
      for (let turns = 0; turns < 12; turns++) {
        const executor = inThisThread(2, (task) =>
          Effect.gen(function* () {
            for (let turn = 0; turn < turns && task.node === "given"; turn++) yield* Effect.yieldNow
          })
        )
        const run = runAll([study], temporaryFolder(), "run", executor)
        const report = await Effect.runPromise(run.pipe(Effect.provideService(References.MaxOpsBeforeYield, steps), Effect.timeoutOption("10 seconds")))
        expect(report._tag, `${steps} steps at a time, ${turns} turns`).toBe("Some")
      }
  })

  it("does what is the same work once, in one study or several, and takes the others as fresh", async () => {
    const nodes = [
      ...["a", "b", "c"].map((name) => node(given, name, {}, { x: 1 })),
      node(sum, "sum", { a: output("a"), b: output("b") }),
      node(sum, "same", { a: output("c"), b: output("a") })
    ]
    const { artifacts, executed, states } = await once([handMadeStudy([given, sum], nodes), handMadeStudy([given, sum], nodes, undefined, "another")])
    expect(executed.length).toBe(2)
    expect(states).toEqual([...Array<string>(8).fill("fresh"), "ran", "ran"])
    expect(new Set(artifacts).size).toBe(2)
  })

  it("does not take work of the same kind for the same", async () => {
    const nodes = [
      node(given, "a", {}, { x: 1 }),
      node(given, "b", {}, { x: 2 }),
      node(sum, "sum", { a: output("a"), b: output("b") }),
      node(sum, "turned", { a: output("b"), b: output("a") }),
      node(told, "told", { file: { source: "x" } }),
      node(told, "longer", { file: { source: "longer" } })
    ]
    const { executed } = await once([handMadeStudy([given, sum, told], nodes)])
    expect(executed.length).toBe(6)
  })

  it("tries what failed for one node for another that is the same", async () => {
    const { executed, states } = await once([
      handMadeStudy(
        [fails],
        ["a", "b"].map((name) => node(fails, name))
      )
    ])
    expect([executed.length, states]).toEqual([2, ["failed", "failed"]])
  })

  it("gives a stage one content of a file that changes while it is read", async () => {
    let text = ""
    const read = () => (text += "x")
    const nodes = [node(sizes, "sizes", { one: { source: "growing" }, other: { source: "growing" } })]
    const cache = temporaryFolder()
    const { artifacts } = await once([handMadeStudy([sizes], nodes, read)], cache)
    const { columns } = await inStore(
      cache,
      "look",
      Effect.gen(function* () {
        return readArrow(yield* (yield* ObjectStore).get(artifacts[0]!))
      })
    )
    expect(columns[0]!.values[0]).toBe(columns[0]!.values[1])
  })

  it("runs a stage again that looked at the path of a file which has another", async () => {
    const cache = temporaryFolder()
    const study = (path: string) =>
      handMadeStudy([told, sizes], [node(told, "told", { file: { source: path } }), node(sizes, "sizes", { one: { source: path }, other: { source: path } })])
    await once([study("a.csv")], cache, "run-1")
    expect((await once([study("longer.csv")], cache, "run-2")).executed).toEqual(["told"])
    expect((await once([study("a.csv")], cache, "run-3")).executed).toEqual([])
  })

  it("makes durable what it made while what it makes next takes its time", { timeout: 20_000 }, async () => {
    const cache = temporaryFolder()
    const nodes = [node(given, "quick", {}, { x: 1 }), node(given, "slow", {}, { x: 2 })]
    const executor = inThisThread(2, (task) => (task.node === "slow" ? Effect.never : Effect.void))
    const fiber = Effect.runFork(runAll([handMadeStudy([given], nodes)], cache, "run", executor))
    const kept = Effect.gen(function* () {
      return (yield* RunHistory).lastOf("made by hand", "quick")?.state
    })
    try {
      await expect.poll(() => inStore(cache, "look", kept), { timeout: 5000, interval: 200 }).toBe("ran")
    } finally {
      await Effect.runPromise(Fiber.interrupt(fiber))
    }
  })

  it("is not what a remembered answer rests on where its record could not be kept", async () => {
    const cache = temporaryFolder()
    const study = handMadeStudy([given], [node(given, "given", {}, { x: 1 })])
    const memory = new FreshMemory(cache, new FileMemory(join(cache, "files.json")), () => false)
    await once([study], cache, "run-1")
    expect(memory.recall(study)?.answer.base.run).toBe("run-1")
    rmSync(join(cache, "remembered"), { recursive: true })
    // The segment that this run would write into is there already.
    writeFileSync(join(cache, "runs", "run-2.log"), HEADER)
    expect((await once([study], cache, "run-2")).states).toEqual(["fresh"])
    expect(memory.recall(study)).toBeUndefined()
  })
})
