import { Worker } from "node:worker_threads"
import { Context, Effect, Layer, Semaphore } from "effect"
import type { AnyStage } from "../dag/stage.ts"
import { execute, type Outcome, type Task } from "./execute.ts"
import type { WorkerRequest } from "./worker.ts"

/** A linked bundle of a study: its URL, and its stages loaded in this thread. */
export interface LoadedStages {
  readonly bundle: string
  readonly stages: Readonly<Record<string, AnyStage>>
}

const broken = (task: Task, reason: string): Outcome => ({
  reads: [],
  warnings: [],
  ms: 0,
  outputs: undefined,
  faults: [{ code: "defect", message: `the worker thread that ran stage ${task.stage} broke: ${reason}` }]
})

/** Runs tasks: light ones in this thread, heavy ones on worker threads that start when they are first needed. */
export class Executor extends Context.Service<
  Executor,
  {
    readonly jobs: number
    readonly execute: (loaded: LoadedStages, task: Task, heavy: boolean) => Effect.Effect<Outcome>
  }
>()("sediment/engine/Executor") {
  /** At most `jobs` tasks at a time. The scope's end stops the workers. */
  static readonly threads = (jobs: number, workerUrl: URL): Layer.Layer<Executor> =>
    Layer.effect(
      Executor,
      Effect.gen(function* () {
        const slots = yield* Semaphore.make(jobs)
        const all = new Set<Worker>()
        const idle = new Set<Worker>()
        /** What waits for the worker's reply, or for its end. */
        const waiting = new Map<Worker, { readonly reply: (outcome: Outcome) => void; readonly end: (reason: string) => void }>()
        yield* Effect.addFinalizer(() => Effect.promise(() => Promise.all([...all].map((worker) => worker.terminate()))))

        const drop = (worker: Worker) => {
          all.delete(worker)
          idle.delete(worker)
          waiting.delete(worker)
          void worker.terminate()
        }
        const start = (): Worker => {
          const worker = new Worker(workerUrl)
          const ended = (reason: string) => {
            const task = waiting.get(worker)
            drop(worker)
            task?.end(reason)
          }
          // A worker may also break between two tasks: what a stage left behind can still throw.
          worker.on("error", (error) => ended(error instanceof Error ? error.message : String(error)))
          worker.on("exit", (code) => ended(`it ended with code ${code}`))
          worker.on("message", (outcome: Outcome) => {
            const task = waiting.get(worker)
            waiting.delete(worker)
            idle.add(worker)
            task?.reply(outcome)
          })
          all.add(worker)
          return worker
        }
        const onWorker = (loaded: LoadedStages, task: Task): Effect.Effect<Outcome> =>
          Effect.callback<Outcome>((resume) => {
            const [worker = start()] = idle
            idle.delete(worker)
            const reply = (outcome: Outcome) => resume(Effect.succeed(outcome))
            waiting.set(worker, { reply, end: (reason) => reply(broken(task, reason)) })
            worker.postMessage({ bundle: loaded.bundle, task } satisfies WorkerRequest)
            // An interrupted task cannot be stopped inside a computation: its thread is.
            return Effect.sync(() => drop(worker))
          })
        return {
          jobs,
          execute: (loaded, task, heavy) =>
            slots.withPermits(1)(heavy ? onWorker(loaded, task) : Effect.suspend(() => execute(loaded.stages[task.stage]!, task)))
        }
      })
    )
}
