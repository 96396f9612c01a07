import { Worker } from "node:worker_threads"
import { Context, Deferred, Duration, Effect, Layer, Semaphore } from "effect"
import type { AnyStage } from "../dag/stage.ts"
import type { Elsewhere } from "./elsewhere.ts"
import { execute, type Outcome, type Task, type Turn } from "./execute.ts"
import type { LoadedStages } from "./loaded-stages.ts"
import type { WorkerReply, WorkerRequest } from "./worker.ts"

const failed = (code: string, message: string, ms: number): Outcome => ({
  reads: [],
  warnings: [],
  ms,
  outputs: undefined,
  faults: [{ code, message }],
  transient: true
})
const broken = (task: Task, reason: string): Outcome => failed("defect", `the worker thread that ran stage ${task.stage} broke: ${reason}`, 0)
const timedOut = (task: Task, limit: Duration.Duration): Outcome =>
  failed(
    "timeout",
    `node ${task.node}: stage ${task.stage} was stopped when it had taken ${Duration.format(limit)}, the longest that it may; give it less to do, or raise timeout in Stage.make(${JSON.stringify(task.stage)}, …)`,
    Duration.toMillis(limit)
  )

/** What a thread has loaded it has for good, some 7 MB for a large study: after so many bundles (of edits, of drafts) another takes its place. */
const MOST_BUNDLES = 20

/** Runs tasks: light ones in this thread, and commands, which are processes; heavy ones, and those that have a time limit, on worker threads that start when they are first needed. */
export class Executor extends Context.Service<
  Executor,
  {
    readonly jobs: number
    /** `isHeavy` is asked when the task's turn has come. Gives nothing where the task was sent away then. */
    readonly execute: (loaded: LoadedStages, task: Task, isHeavy: () => boolean, turn?: Turn) => Effect.Effect<Outcome | undefined>
    /** Where some tasks are executed by other processes. */
    readonly elsewhere?: Elsewhere
  }
>()("sediment/engine/Executor") {
  /** At most `jobs` tasks at a time, and of a stage at most as many as it says. The scope's end stops the workers. `folders`: what becomes of those in which commands run. */
  static readonly threads = (jobs: number, workerUrl: URL, folders: "removed" | "kept on failure" = "removed"): Layer.Layer<Executor> =>
    Layer.effect(
      Executor,
      Effect.gen(function* () {
        const slots = yield* Semaphore.make(jobs)
        const all = new Set<Worker>()
        const idle = new Set<Worker>()
        /** What waits for the worker's reply, or for its end. */
        const waiting = new Map<Worker, { readonly begins: () => void; readonly reply: (outcome: Outcome) => void; readonly end: (reason: string) => void }>()
        const bundles = new WeakMap<Worker, Set<string>>()
        yield* Effect.addFinalizer(() => Effect.promise(() => Promise.all([...all].map((worker) => worker.terminate()))))

        const drop = (worker: Worker): Promise<unknown> => {
          all.delete(worker)
          idle.delete(worker)
          waiting.delete(worker)
          return worker.terminate()
        }
        const start = (): Worker => {
          const worker = new Worker(workerUrl)
          const ended = (reason: string) => {
            const task = waiting.get(worker)
            void drop(worker)
            task?.end(reason)
          }
          // A worker may also break between two tasks: what a stage left behind can still throw.
          worker.on("error", (error) => ended(error instanceof Error ? error.message : String(error)))
          worker.on("exit", (code) => ended(`it ended with code ${code}`))
          worker.on("message", (outcome: WorkerReply) => {
            const task = waiting.get(worker)
            // One that was dropped meanwhile is about to end: it takes no further task.
            if (!all.has(worker)) return
            if (outcome === "begins") return task?.begins()
            waiting.delete(worker)
            if (bundles.get(worker)!.size < MOST_BUNDLES) idle.add(worker)
            else void drop(worker)
            task?.reply(outcome)
          })
          all.add(worker)
          bundles.set(worker, new Set())
          return worker
        }
        const onWorker = (loaded: LoadedStages, task: Task, begins: () => void = () => {}): Effect.Effect<Outcome> =>
          Effect.callback<Outcome>((resume) => {
            const [worker = start()] = idle
            idle.delete(worker)
            bundles.get(worker)!.add(loaded.bundle)
            const reply = (outcome: Outcome) => resume(Effect.succeed(outcome))
            waiting.set(worker, { begins, reply, end: (reason) => reply(broken(task, reason)) })
            // Where it cannot be put back, the thread tells that it found none.
            Effect.runSync(Effect.ignore(Effect.try(() => loaded.keep?.())))
            worker.postMessage({ bundle: loaded.bundle, task } satisfies WorkerRequest)
            // An interrupted task cannot be stopped inside a computation: its thread is.
            return Effect.promise(() => drop(worker))
          })
        /** The start of a thread and the loading of its bundle do not count: they are not the stage's. */
        const within = (limit: Duration.Duration, loaded: LoadedStages, task: Task): Effect.Effect<Outcome> =>
          Effect.suspend(() => {
            const begun = Deferred.makeUnsafe<void>()
            const outcome = onWorker(loaded, task, () => Deferred.doneUnsafe(begun, Effect.void))
            return Effect.raceFirst(outcome, Deferred.await(begun).pipe(Effect.andThen(Effect.sleep(limit)), Effect.as(timedOut(task, limit))))
          })

        /** By stage and how many of its tasks may run at a time: studies that have the stage share its limit. */
        const limits = new Map<string, Semaphore.Semaphore>()
        const limited = ({ concurrency, name }: AnyStage, run: Effect.Effect<Outcome | undefined>) => {
          if (concurrency === undefined) return run
          const key = `${name} ${concurrency}`
          const limit = limits.get(key) ?? Semaphore.makeUnsafe(concurrency)
          limits.set(key, limit)
          return limit.withPermits(1)(run)
        }
        return {
          jobs,
          execute: (loaded, task, isHeavy, turn) =>
            Effect.suspend(() => {
              const stage = loaded.stages[task.stage]!
              const limit = stage.timeout === undefined ? undefined : Duration.fromInputUnsafe(stage.timeout)
              const run = Effect.suspend(() =>
                stage.command !== undefined
                  ? execute(stage, task, folders)
                  : limit !== undefined
                    ? within(limit, loaded, task)
                    : isHeavy()
                      ? onWorker(loaded, task)
                      : execute(stage, task)
              )
              const taken = Effect.suspend(() =>
                turn?.begins() === false ? Effect.succeed(undefined) : Effect.tap(run, (outcome) => Effect.sync(() => turn?.ends(outcome)))
              )
              return limited(stage, slots.withPermits(1)(taken))
            })
        }
      })
    )
}
