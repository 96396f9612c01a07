import { Effect, Layer, Semaphore } from "effect"
import { execute, type Task } from "../../src/engine/execute.ts"
import { Executor } from "../../src/engine/executor.ts"

/** An executor without worker threads, which does `first` when a task's turn has come. */
export const inThisThread = (jobs: number, first: (task: Task) => Effect.Effect<void>): Layer.Layer<Executor> =>
  Layer.effect(
    Executor,
    Effect.map(Semaphore.make(jobs), (slots) => ({
      jobs,
      execute: (loaded, task, _heavy, turn) =>
        Effect.gen(function* () {
          if (turn?.begins() === false) return undefined
          yield* first(task)
          const outcome = yield* execute(loaded.stages[task.stage]!, task)
          turn?.ends(outcome)
          return outcome
        }).pipe(slots.withPermits(1))
    }))
  )
