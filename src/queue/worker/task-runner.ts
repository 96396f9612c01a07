/** Executes tasks by their names: takes the inputs out of the store, runs the stage on a thread, and keeps what came of it, the objects before the trace. */
import { hash } from "node:crypto"
import { Clock, Effect } from "effect"
import { summarize, type TableSummary } from "../../artifact/hash.ts"
import { readArrow } from "../../artifact/read.ts"
import type { NamedInput, NamedTask } from "../../engine/elsewhere.ts"
import type { TaskInput } from "../../engine/execute.ts"
import { Executor } from "../../engine/executor.ts"
import type { LoadedStages } from "../../engine/loaded-stages.ts"
import { type Today, valueToday } from "../../engine/reads.ts"
import type { StoreFailure } from "../../store/failure.ts"
import { ObjectStore } from "../../store/objects.ts"
import { TraceLog } from "../../store/segment-log.ts"
import { SharedStore } from "../../store/shared/shared-store.ts"
import type { RecordedRead, Trace, TracedOutput } from "../../store/trace.ts"
import { encodeTrace } from "../../store/trace-table.ts"
import { artifactsOf } from "../entry.ts"
import type { TaskOutcome } from "../message.ts"
import type { Sharing } from "../sharing.ts"

/** How many summaries are remembered: the nodes of a map often read the same. */
const MOST_SUMMARIES = 200

/** What is known of artifacts that were read, the last ones. */
export class Summaries {
  readonly #known = new Map<string, TableSummary>()

  of(artifact: string, bytes: Uint8Array): TableSummary {
    const known = this.#known.get(artifact) ?? summarize(readArrow(bytes))
    this.#known.delete(artifact)
    this.#known.set(artifact, known)
    if (this.#known.size > MOST_SUMMARIES) this.#known.delete(this.#known.keys().next().value!)
    return known
  }
}

export interface RunnerOptions {
  readonly worker: string
  readonly summaries: Summaries
  readonly sharing: Sharing
  /** Where the store is, in words. */
  readonly store: string
}

/** What came of a task, and the trace that was written of it where it came out. */
export interface RanTask {
  readonly outcome: TaskOutcome
  readonly trace: Trace | undefined
  /** An artifact that is in the cache that all share, and that is not seen from here. */
  readonly unseen?: string | undefined
}

const isList = (named: NamedInput | ReadonlyArray<NamedInput>): named is ReadonlyArray<NamedInput> => !("artifact" in named)

/** Executes a task; what it made is durable after the next flush of the log. */
export const runTask = (
  { sharing, store, summaries, worker }: RunnerOptions,
  loaded: LoadedStages,
  run: string,
  task: NamedTask
): Effect.Effect<RanTask, StoreFailure, ObjectStore | TraceLog | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const log = yield* TraceLog
    const executor = yield* Executor
    const [unseen] = yield* Effect.promise(() => sharing.take(artifactsOf(task), "just now"))
    const taken = new Map<string, Uint8Array>()
    const lost: Array<string> = []
    const messages: Array<string> = []
    const shared = yield* SharedStore
    const get = (artifact: string) =>
      Effect.gen(function* () {
        const own = yield* Effect.result(objects.get(artifact))
        if (own._tag === "Success") return own.success
        if (own.failure._tag === "StoreFailure") return yield* own.failure
        // What is damaged here is put aside, so that it can be fetched.
        yield* objects.quarantine(artifact)
        if (yield* shared.fetch(artifact)) return yield* objects.get(artifact)
        return yield* own.failure
      }).pipe(
        Effect.catchTags({
          ObjectMissing: ({ message }) => Effect.sync(() => void messages.push(message)),
          ObjectDamaged: ({ message }) => Effect.sync(() => void messages.push(message))
        })
      )
    const take = ({ artifact, node }: NamedInput): Effect.Effect<TaskInput, StoreFailure, ObjectStore> =>
      Effect.gen(function* () {
        const bytes = taken.get(artifact) ?? (yield* get(artifact))
        if (bytes === undefined) {
          lost.push(artifact)
          return { kind: "table", from: node, bytes: new Uint8Array() }
        }
        taken.set(artifact, bytes)
        return { kind: "table", from: node, bytes }
      })
    const inputs: Record<string, TaskInput | ReadonlyArray<TaskInput>> = {}
    for (const [input, named] of Object.entries(task.inputs)) inputs[input] = isList(named) ? yield* Effect.forEach(named, take) : yield* take(named)
    const failed = (code: string, message: string): RanTask => ({
      outcome: { reads: [], warnings: [], ms: 0, outputs: undefined, faults: [{ code, message }], transient: true, lost, worker },
      trace: undefined
    })
    if (lost.length > 0) {
      const told = failed(
        "input-not-shared",
        `worker ${worker} does not find what its stage ${task.stage} is to read in ${store}: ${messages.join("; ")}. What it and the run have told of that store says more`
      )
      // What is not in a shared store is there for no other worker either.
      return { ...told, unseen: sharing.hasTraces ? unseen : undefined }
    }
    const outcome = yield* executor.execute(loaded, { node: task.node, stage: task.stage, params: task.params, inputs, seed: task.seed }, () => true)
    if (outcome === undefined) return failed("sent-away", `worker ${worker} did not execute it`)
    const { faults, ms, reads, transient, warnings } = outcome
    if (outcome.outputs === undefined) return { outcome: { reads, warnings, ms, outputs: undefined, faults, transient, lost, worker }, trace: undefined }
    const summaryOf: Today["summary"] = (node, output) => {
      const named = Object.values(task.inputs)
        .flat()
        .find((one) => one.node === node && one.output === output)
      return named && summaries.of(named.artifact, taken.get(named.artifact)!)
    }
    const today: Today = { summary: summaryOf, source: () => ({ sha256: "absent", note: undefined }), seed: () => task.seed, machine: () => undefined }
    const node = { name: task.node, stage: task.stage, params: task.params, inputs: task.inputs, outputs: {} }
    const recorded = reads.map((read): RecordedRead => ({ read, value: valueToday(node, read, today)! }))
    const outputs: Record<string, TracedOutput> = {}
    for (const [output, { bytes, summary }] of Object.entries(outcome.outputs)) outputs[output] = { artifact: yield* objects.put(bytes), summary }
    const at = yield* Clock.currentTimeMillis
    const trace: Trace = { code: task.code, params: hash("sha256", task.params), reads: recorded, outputs, warnings, ms, run, at }
    log.append("trace", encodeTrace(trace))
    return { outcome: { reads, warnings, ms, outputs, faults: [], transient: false, lost, worker }, trace }
  })
