/** A run as a process of the command line does it, over the real store with all that is remembered. */
import { join } from "node:path"
import { Context, Effect, Layer } from "effect"
import { FileMemory } from "../../../src/engine/file-memory.ts"
import { FreshMemory } from "../../../src/engine/fresh-memory.ts"
import { neededFor, planStudy } from "../../../src/engine/plan.ts"
import { quietStudies, recordQuiet } from "../../../src/engine/quiet.ts"
import { run as runStudies } from "../../../src/engine/run.ts"
import type { StoreFailure } from "../../../src/store/failure.ts"
import { storeLayer } from "../../../src/store/layer.ts"
import { ObjectStore } from "../../../src/store/objects.ts"
import { RunHistory } from "../../../src/store/runs.ts"
import { TraceIndex } from "../../../src/store/traces.ts"
import { inThisThread } from "../in-this-thread.ts"
import { openStudy } from "./small-study.ts"

// Only a file that has been the same for two seconds is remembered: an hour later, all of these are.
let ahead = 3_600_000
const now = Date.now.bind(Date)
Date.now = () => now() + ahead
// What is made is made durable about every 100 ms: here, after every second node.
const NODE_TAKES_MS = 60

export interface Ran {
  /** By node and output. */
  readonly artifacts: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The nodes whose stage was executed, sorted. */
  readonly executed: ReadonlyArray<string>
  /** Whether the answer "all fresh" was remembered. */
  readonly quiet: boolean
}
export const cacheIn = (folder: string): string => join(folder, "cache")

/** `onCommit` is told the code of each trace that is durable now. */
export const runOnce = (folder: string, run: string, onCommit: (code: string) => void = () => {}): Effect.Effect<Ran, StoreFailure> =>
  Effect.gen(function* () {
    const cache = cacheIn(folder)
    const executed: Array<string> = []
    const program = Effect.gen(function* () {
      const files = new FileMemory(join(cache, "remembered", "files.json"))
      const study = yield* openStudy(join(folder, "study"), cache, files)
      const memory = new FreshMemory(cache, files, () => false)
      const { targets } = study.graph
      const request = { run, command: ["run"], quiet: [], memory, listen: () => {}, willRead: () => false }
      const quiet = yield* quietStudies([study], memory)
      const present = yield* (yield* ObjectStore).list
      const known = { traces: yield* TraceIndex, history: yield* RunHistory, hasObject: (sha: string) => present.has(sha) }
      const plans = [...planStudy(study, neededFor(study, targets), known)]
      if (quiet.length === 0) {
        const { nodes } = yield* runStudies({ ...request, studies: [{ study, targets }] })
        files.save()
        return { artifacts: Object.fromEntries(nodes.map(({ artifacts, node }) => [node, artifacts])), quiet: false }
      }
      yield* Effect.ignore(recordQuiet({ run, at: Date.now(), command: ["run"], ms: 0 }, quiet))
      files.save()
      const fresh = plans.map(([node, plan]) => {
        if (plan.state !== "fresh") throw new Error(`remembered as fresh, and it is not: ${node}`)
        return [node, Object.fromEntries(Object.entries(plan.trace.outputs).map(([output, { artifact }]) => [output, artifact]))] as const
      })
      return { artifacts: Object.fromEntries(fresh), quiet: true }
    })
    const added: Array<string> = []
    const told = Layer.effectContext(
      Effect.gen(function* () {
        const traces = yield* TraceIndex
        const history = yield* RunHistory
        const add: typeof traces.add = (trace) => {
          traces.add(trace)
          added.push(trace.code)
        }
        const commit = Effect.suspend(() => {
          const before = added.length
          return Effect.tap(history.commit, () => Effect.sync(() => added.splice(0, before).forEach(onCommit)))
        })
        return Context.make(TraceIndex, { ...traces, add }).pipe(Context.add(RunHistory, { ...history, commit }))
      })
    )
    const executor = inThisThread(2, (task) =>
      Effect.sync(() => {
        executed.push(task.node)
        ahead += NODE_TAKES_MS
      })
    )
    const ran = yield* program.pipe(Effect.provide(Layer.mergeAll(told.pipe(Layer.provideMerge(storeLayer(cache, run))), executor)))
    return { ...ran, executed: executed.sort() }
  })
