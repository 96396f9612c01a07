import { Worker } from "node:worker_threads"
import { Context, Effect, Layer, Semaphore } from "effect"
import type { AnyStage } from "../dag/stage.ts"
import { execute, type Outcome, type Task } from "./execute.ts"
import type { WorkerReply, WorkerRequest } from "./worker.ts"

/** A linked bundle of a study: its URL, and its stages loaded in this thread. */
export interface LoadedStages {
  readonly bundle: string
  readonly stages: Readonly<Record<string, AnyStage>>
}

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
        const idle: Array<Worker> = []
        const all = new Set<Worker>()
        let next = 0
        yield* Effect.addFinalizer(() => Effect.promise(() => Promise.all([...all].map((worker) => worker.terminate()))))

        const start = () => {
          const worker = new Worker(workerUrl)
          all.add(worker)
          return worker
        }
        const drop = (worker: Worker) => {
          all.delete(worker)
          void worker.terminate()
        }
        const onWorker = (loaded: LoadedStages, task: Task): Effect.Effect<Outcome> =>
          Effect.callback<Outcome>((resume) => {
            const worker = idle.pop() ?? start()
            const id = next++
            const broke = (error: Error) => {
              drop(worker)
              resume(
                Effect.succeed({
                  reads: [],
                  warnings: [],
                  ms: 0,
                  outputs: undefined,
                  faults: [{ code: "defect", message: `the worker that ran stage ${task.stage} broke: ${error.message}` }]
                })
              )
            }
            worker.once("error", broke)
            worker.once("message", ({ outcome }: WorkerReply) => {
              worker.off("error", broke)
              idle.push(worker)
              resume(Effect.succeed(outcome))
            })
            worker.postMessage({ id, bundle: loaded.bundle, task } satisfies WorkerRequest)
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
