import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect, type Scope } from "effect"
import { changeHints } from "../../../workspace/watch/change-hints.ts"

/** A commit is several writes: it is over when this long nothing was written. */
const QUIET_MS = 20
/** A run commits up to ten times a second, and what becomes of its nodes is told as it happens: so often is what rests on the store asked again meanwhile. */
const UNDERWAY_MS = 2000

const FOLDERS = ["traces", "runs"]

/** A text that is the same while the logs have the same segments of the same length. */
const stateOf = (cache: string): string =>
  FOLDERS.flatMap((name) => {
    const folder = join(cache, name)
    try {
      return readdirSync(folder).map((file) => `${file} ${statSync(join(folder, file), { throwIfNoEntry: false })?.size}`)
    } catch {
      return []
    }
  }).join("\n")

export interface FollowedStore {
  /** Tells of it whatever is seen: a run is over, and one that was killed has written nothing of that. */
  readonly tell: () => void
}

/** Tells when what the store holds has grown or been freed, whoever did it, until the scope ends. */
export const followStore = (cache: string, isRunUnderway: () => boolean, changed: () => void): Effect.Effect<FollowedStore, never, Scope.Scope> =>
  Effect.gen(function* () {
    const hints = yield* changeHints({ quietMs: QUIET_MS })
    const follow = () => hints.follow(FOLDERS.map((name) => `${join(cache, name)}/`))
    follow()
    let known = stateOf(cache)
    let told = Number.NEGATIVE_INFINITY
    const look = () => {
      const now = stateOf(cache)
      if (now === known) return
      known = now
      told = performance.now()
      changed()
    }
    const wait = Effect.suspend(() => {
      const left = told + UNDERWAY_MS - performance.now()
      return left > 0 && isRunUnderway() ? Effect.sleep(left) : Effect.void
    })
    yield* Effect.forkScoped(
      Effect.forever(
        Effect.gen(function* () {
          yield* hints.next
          follow()
          yield* wait
          look()
        })
      )
    )
    return {
      tell: () => {
        known = stateOf(cache)
        told = performance.now()
        changed()
      }
    }
  })
