/**
 * A process that writes into a store and may be killed while it does (see crash.test.ts). Arguments: cache folder, run, and "2" for two groups of records or
 * "endless". FAULTY_FS says at which call. Prints each trace's name once its commit is done.
 */
import { Effect } from "effect"
import { summarize } from "../../src/artifact/hash.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { storeLayer } from "../../src/store/layer.ts"
import { ObjectStore } from "../../src/store/objects.ts"
import { RunHistory } from "../../src/store/runs.ts"
import { TraceIndex } from "../../src/store/traces.ts"
import { callCount } from "./faulty-fs.ts"

const [cache = "", run = "", groups = ""] = process.argv.slice(2)

const table = (x: number) => ({
  rows: 200,
  columns: [{ name: "x", kind: "number" as const, values: new Float64Array(200).fill(x), valid: undefined, unit: "", description: "" }],
  notes: []
})

const program = Effect.gen(function* () {
  const objects = yield* ObjectStore
  const traces = yield* TraceIndex
  const history = yield* RunHistory
  history.addRun({ run, at: Date.now(), command: ["run"], studies: [{ study: "crash", variant: "", nodes: 1, gone: [] }] })
  for (let group = 0; groups === "endless" || group < Number(groups); group++) {
    const done: Array<string> = []
    for (let i = 0; i < 2; i++) {
      const name = `${run}-${group}-${i}`
      const content = table(callCount() + i / 10)
      const artifact = yield* objects.put(writeArrow(content))
      traces.add({
        code: "c",
        params: name,
        reads: [],
        outputs: { output: { artifact, summary: summarize(content) } },
        warnings: [],
        ms: 1,
        run,
        at: Date.now()
      })
      done.push(name)
    }
    yield* history.commit
    process.stdout.write(`${done.join("\n")}\n`)
  }
})
await Effect.runPromise(Effect.provide(program, storeLayer(cache, run)))
