import { Effect, type Scope } from "effect"
import { changeHints } from "../../../workspace/watch/change-hints.ts"

/** An editor's save is several steps, within a few milliseconds; what is found half written is looked at again a moment later. */
const QUIET_MS = 25

export interface FollowedStudies {
  /** The files that decide the studies from now on. */
  readonly decided: (paths: ReadonlyArray<string>) => void
}

/** Looks whether the studies are what they were whenever something may have happened to a file that decides them, until the scope ends. */
export const followStudies = (look: Effect.Effect<boolean>, changed: () => void): Effect.Effect<FollowedStudies, never, Scope.Scope> =>
  Effect.gen(function* () {
    const hints = yield* changeHints({ quietMs: QUIET_MS })
    let paths: ReadonlyArray<string> = []
    const following = Effect.gen(function* () {
      yield* hints.next
      // Folders may have come and gone: what happens after this is told, and what happened before is seen now.
      hints.follow(paths)
      if (yield* look) changed()
    })
    yield* Effect.forkScoped(Effect.forever(following))
    return {
      decided: (now) => {
        paths = now
        hints.hint()
      }
    }
  })
