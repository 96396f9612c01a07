import type { Job as QueuedJob } from "bullmq"
import { Effect, Schema } from "effect"
import type { Redis } from "ioredis"
import type { Executor } from "../../engine/executor.ts"
import { ObjectStore } from "../../store/objects.ts"
import { TraceLog } from "../../store/segment-log.ts"
import type { Trace } from "../../store/trace.ts"
import { Job, readOutcome, type TaskOutcome, taskKey } from "../message.ts"
import { OUTCOME_SECONDS, outcomeKey, taskJobKey } from "../names.ts"
import { written } from "../redis.ts"
import type { Sharing } from "../sharing.ts"
import type { WorkerEvent } from "./events.ts"
import { type Modules, stageOf } from "./modules.ts"
import { type RanTask, type RunnerOptions, runTask } from "./task-runner.ts"

/** What is made is made durable, and told, in groups: as seldom as that, where tasks are many and short. */
const GROUP_MS = 100

const decodeJob = Schema.decodeUnknownEffect(Job)

interface JobOptions {
  readonly queue: string
  readonly redis: Redis
  /** Waits for what Redis or the store is asked, for as long as that is worth while. Rejects when it is not. */
  readonly ask: <A>(asked: Promise<A>) => Promise<A>
  readonly modules: Modules
  readonly sharing: Sharing
  /** Keeps a trace in the shared store, where there is one. */
  readonly keep: (trace: Trace) => void
  readonly runner: RunnerOptions
  /** Is told what goes wrong for a while. */
  readonly trouble: (message: string) => void
  readonly listen: (event: Extract<WorkerEvent, { event: "began" | "failed" | "finished" }>) => void
}

/** What is in the cache that all share is not seen from here. */
export class NotSeen extends Error {}

/** An outcome whose artifacts the submitter will not find is a failure. */
const withoutThose = (outcome: TaskOutcome, notThere: ReadonlySet<string>): TaskOutcome => {
  const one = Object.values(outcome.outputs ?? {}).find(({ artifact }) => notThere.has(artifact))
  return one === undefined
    ? outcome
    : {
        ...outcome,
        outputs: undefined,
        transient: true,
        faults: [
          {
            code: "not-shared",
            message: `worker ${outcome.worker} made its artifact ${one.artifact}, and could not keep it in the shared store: its own lines say why`
          }
        ]
      }
}

/** Executes the tasks of a job one after another; passes over those that are known to have come out. Where one cannot see what it is to read, the rest is left: it fails with `NotSeen`. */
export const runJob = (
  queued: QueuedJob,
  { ask, keep, listen, modules, queue, redis, runner, sharing, trouble }: JobOptions
): Effect.Effect<void, unknown, ObjectStore | TraceLog | Executor> =>
  Effect.gen(function* () {
    const objects = yield* ObjectStore
    const log = yield* TraceLog
    const job = yield* decodeJob(queued.data)
    const module = yield* Effect.tryPromise({ try: () => ask(modules.link(job.module)), catch: (error) => error })
    const keys = job.tasks.map(taskKey)
    const known = yield* Effect.promise(() => ask(redis.mget(keys.map((key) => outcomeKey(queue, key)))))
    let untold: Array<{ readonly key: string; readonly done: RanTask }> = []
    let due = Date.now() + GROUP_MS
    const tell = Effect.gen(function* () {
      if (untold.length === 0) return
      const group = untold
      untold = []
      yield* log.flushAfter(objects.sync)
      const made = group.flatMap(({ done }) => Object.values(done.outcome.outputs ?? {}).map(({ artifact }) => artifact))
      const notThere = new Set(made.length === 0 ? [] : yield* Effect.promise(() => sharing.offer([...new Set(made)])))
      for (const { done } of group) if (done.trace !== undefined) keep(done.trace)
      const told = () => {
        const pipeline = redis.pipeline()
        for (const { done, key } of group) pipeline.set(outcomeKey(queue, key), JSON.stringify(withoutThose(done.outcome, notThere)), "EX", OUTCOME_SECONDS)
        return pipeline
      }
      yield* Effect.promise(() => ask(written(told, trouble)))
    })
    for (const [i, task] of job.tasks.entries()) {
      if (known[i] != null && readOutcome(known[i]).outputs !== undefined) continue
      const { node, stage } = task
      listen({ event: "began", node, stage, ms: 0, faults: [] })
      const done = yield* runTask(runner, stageOf(module, task), job.run, task)
      const { outcome } = done
      const faults = outcome.faults.map(({ message }) => message)
      listen({ event: outcome.outputs === undefined ? "failed" : "finished", node, stage, ms: outcome.ms, faults })
      untold.push({ key: keys[i]!, done })
      if (done.unseen !== undefined) {
        yield* tell
        return yield* Effect.fail(new NotSeen(`it does not see ${done.unseen}, which node ${node} is to read`))
      }
      if (Date.now() >= due && i < job.tasks.length - 1) {
        yield* tell
        // It is only said sooner: who submitted looks for outcomes anyway.
        yield* Effect.promise(() => ask(queued.updateProgress(i + 1)).catch(() => {}))
        due = Date.now() + GROUP_MS
      }
    }
    yield* tell
    // From here on the outcomes answer for its tasks: in which job they were nobody needs to know.
    yield* Effect.promise(() => ask(redis.del(keys.map((key) => taskJobKey(queue, key)))).catch(() => {}))
  })
