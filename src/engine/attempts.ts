import { type Cause, Effect } from "effect"
import type { AnyStage, Fault } from "../dag/stage.ts"
import type { Outcome, Turn } from "./execute.ts"

/** What an attempt came to, as far as it matters here: values, or the names of those that are kept already. */
type Tried = Omit<Outcome, "outputs"> & { readonly outputs: object | undefined }

export type Attempted<O extends Tried> = O & {
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

/** Executes a stage once, and again after a failure that may pass, as often and as late as its schedule has it. */
export const attempt = <O extends Tried, E, R>(
  stage: AnyStage,
  once: (turn: Turn<O>) => Effect.Effect<O | undefined, E, R>,
  { begins, fails, retries }: Attempts
): Effect.Effect<Attempted<O> | undefined, E, R> =>
  Effect.gen(function* () {
    const schedule = stage.retry
    let attempts = 0
    let last: O | undefined
    const turn: Turn<O> = {
      begins: () => {
        if (last === undefined) {
          if (!begins()) return false
        } else retries(attempts, last.faults)
        attempts++
        return true
      },
      ends: (outcome) => {
        last = outcome
        if (outcome.outputs === undefined && (schedule === undefined || !outcome.transient)) fails()
      }
    }
    // A failure of the store is none of the stage's: it ends the attempts.
    let broke: Cause.Cause<E> | undefined
    const tried = Effect.matchCauseEffect(once(turn), {
      onFailure: (cause) => Effect.sync(() => void (broke = cause)),
      onSuccess: (outcome) => (outcome?.transient ? Effect.fail(outcome.faults) : Effect.void)
    })
    yield* schedule === undefined ? Effect.ignore(tried) : Effect.retryOrElse(tried, schedule, () => Effect.void)
    if (broke !== undefined) return yield* Effect.failCause(broke as Cause.Cause<E>)
    return last === undefined ? undefined : { ...(last as O), attempts }
  })
