import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Schema } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { File, number, Stage, table } from "../../src/sediment.ts"
import { RunHistory } from "../../src/store/runs.ts"
import { httpStore } from "../../src/store/shared/http-store.ts"
import { inStore, temporaryFolder } from "../store/in-store.ts"
import { type Server, startServer } from "../store/shared/server.ts"
import { handMadeStudy, node, output, runAll } from "./hand-made-study.ts"
import { inThisThread } from "./in-this-thread.ts"

const Numbers = table("Numbers", { x: number(), y: number() })
const read = Stage.make("read", {
  inputs: { file: File },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ file }) =>
    Effect.sync(() => {
      const [x = "", y = ""] = new TextDecoder().decode(file.bytes).split(" ")
      return { x: Float64Array.of(Number(x)), y: Float64Array.of(Number(y)) }
    })
})
const double = Stage.make("double", {
  inputs: { numbers: Numbers },
  params: Schema.Struct({}),
  output: Numbers,
  run: ({ numbers }) => Effect.sync(() => ({ x: numbers.column("x").values.map((x) => 2 * x) as Float64Array, y: Float64Array.of(0) }))
})
const study = (text = "1 2") =>
  handMadeStudy(
    [read, double],
    [
      node(read, "numbers", { file: { source: "numbers.txt" } }),
      node(double, "twice", { numbers: output("numbers") }),
      node(double, "four-times", { numbers: output("twice") })
    ],
    () => text
  )

let server: Server
let files: string
beforeEach(async () => {
  files = temporaryFolder()
  server = await startServer(files)
})
afterEach(() => server.stop())

interface Machine {
  readonly cache?: string
  readonly write?: boolean
  readonly text?: string
  readonly willRead?: boolean
  readonly shared?: boolean
}
let runs = 0
/** One run, in a cache of its own where none is named: the nodes that were executed, and those that came from the shared store. */
const once = async ({ cache = temporaryFolder(), shared = true, text, willRead = false, write = false }: Machine = {}) => {
  const executed: Array<string> = []
  const told: Array<string> = []
  const executor = inThisThread(4, (task) => Effect.sync(() => executed.push(task.node)))
  const store = httpStore({ url: server.url, write, retries: 0, tell: (message) => told.push(message) })
  const run = `run-${runs++}`
  const { nodes, ok } = await Effect.runPromise(runAll([study(text)], cache, run, executor, { willRead, ...(shared && { shared: store }) }))
  return {
    ...{ cache, run, ok, executed, told },
    fetched: nodes.flatMap((one) => (one.from === "shared store" ? [one.node] : [])),
    artifacts: nodes.map(({ artifacts }) => artifacts["output"]!)
  }
}
const objectsIn = (cache: string): ReadonlyArray<string> =>
  readdirSync(join(cache, "objects"), { recursive: true, encoding: "utf8" })
    .map((name) => join(cache, "objects", name))
    .filter((path) => statSync(path).isFile())

const ALL = ["numbers", "twice", "four-times"]

describe("a run with a shared store", () => {
  it("makes nothing that another machine has made, and comes to the same", async () => {
    const first = await once({ write: true })
    expect([first.executed, first.fetched]).toEqual([ALL, []])
    const other = await once()
    expect([other.executed, other.fetched]).toEqual([[], ALL])
    expect(other.artifacts).toEqual(first.artifacts)
    // It is as if it had been made here.
    const again = await once({ cache: other.cache, shared: false })
    expect([again.executed, again.fetched]).toEqual([[], []])
    expect([...first.told, ...other.told]).toEqual([])
  })

  it("keeps nothing there unless it is told to", async () => {
    await once()
    expect(server.served.filter((one) => one.startsWith("PUT"))).toEqual([])
    expect((await once()).executed).toEqual(ALL)
  })

  it("finds what read the same columns, whatever became of the others", async () => {
    await once({ write: true })
    const edited = await once({ text: "1 3" })
    expect([edited.executed, edited.fetched]).toEqual([["numbers"], ["twice", "four-times"]])
    const other = await once({ text: "5 2" })
    expect([other.executed, other.fetched]).toEqual([ALL, []])
  })

  it("takes lost and damaged artifacts from there, rather than make them again", async () => {
    const { artifacts, cache } = await once({ write: true })
    for (const path of objectsIn(cache)) rmSync(path)
    const lost = await once({ cache })
    expect([lost.executed, lost.fetched, lost.artifacts]).toEqual([[], ALL, artifacts])
    for (const path of objectsIn(cache)) writeFileSync(path, "damaged")
    const damaged = await once({ cache, willRead: true })
    expect([damaged.executed, damaged.artifacts]).toEqual([[], artifacts])
    expect((await once({ cache, willRead: true, shared: false })).executed).toEqual([])
  })

  it("tells in the history what came from there, and why it was due", async () => {
    await once({ write: true })
    const { cache, run } = await once()
    const { nodes, record } = await inStore(
      cache,
      "reader",
      Effect.map(RunHistory, (history) => ({ nodes: history.nodesOf(run), record: history.runs()[0]! }))
    )
    expect(record).toMatchObject({ run, ok: true, states: { fresh: 3 }, shared: 3 })
    expect(nodes.map(({ from, state, why }) => [state, from, why])).toEqual(ALL.map(() => ["fresh", "shared store", [{ reason: "new" }]]))
  })

  it("does not ask for what took next to nothing here, with this code and these parameters", async () => {
    const { cache } = await once({ shared: false })
    const edited = await once({ cache, text: "7 7" })
    expect(edited.executed).toEqual(ALL)
    expect(server.served).toEqual([])
  })

  it("goes on where a blob is gone, and where nobody is there", async () => {
    const first = await once({ write: true })
    for (const path of readdirSync(join(files, "cas"), { recursive: true, encoding: "utf8" }))
      if (path.includes(first.artifacts[1]!)) rmSync(join(files, "cas", path))
    const other = await once()
    expect([other.ok, other.executed, other.fetched]).toEqual([true, ["twice"], ["numbers", "four-times"]])
    await server.stop()
    const alone = await once()
    expect([alone.ok, alone.executed, alone.artifacts]).toEqual([true, ALL, first.artifacts])
    expect(alone.told).toHaveLength(1)
  })
})
