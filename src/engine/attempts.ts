import { Effect } from "effect"
import type { Fault } from "../dag/stage.ts"
import type { Outcome, Task } from "./execute.ts"
import { Executor, type LoadedStages } from "./executor.ts"

export interface Attempted extends Outcome {
  /** How often the stage was started. */
  readonly attempts: number
}

/** What is told of a node's attempts, as they happen. */
export interface Attempts {
  /** Its turn has come for the first time; false sends it away. */
  readonly begins: () => boolean
  /** So many attempts failed, and another one begins. */
  readonly retries: (attempts: number, faults: ReadonlyArray<Fault>) => void
  /** It failed with an attempt that is the last whatever the schedule says, and nothing else has begun since. */
  readonly fails: () => void
}

/** Executes a task, and again after a failure that may pass, as often and as late as its stage's schedule has it. */
export const attempt = (
  loaded: LoadedStages,
  task: Task,
  isHeavy: () => boolean,
  { begins, fails, retries }: Attempts
): Effect.Effect<Attempted | undefined, never, Executor> =>
  Effect.gen(function* () {
    const executor = yield* Executor
    const schedule = loaded.stages[task.stage]?.retry
    let attempts = 0
    let last: Outcome | undefined
    const turn = {
      begins: () => {
        if (last === undefined) {
          if (!begins()) return false
        } else retries(attempts, last.faults)
        attempts++
        return true
      },
      ends: (outcome: Outcome) => {
        last = outcome
        if (outcome.outputs === undefined && (schedule === undefined || !outcome.transient)) fails()
      }
    }
    const once = executor.execute(loaded, task, isHeavy, turn)
    yield* schedule === undefined
      ? once
      : once.pipe(
          Effect.flatMap((outcome) => (outcome?.transient ? Effect.fail(outcome.faults) : Effect.void)),
          Effect.retryOrElse(schedule, () => Effect.void)
        )
    return last === undefined ? undefined : { ...(last as Outcome), attempts }
  })
