/** Blobs on their way between the local store and the shared one. */
import { Deferred, Effect, Exit } from "effect"
import type { StoreFailure } from "../failure.ts"
import { ObjectStore } from "../objects.ts"
import type { Availability } from "./availability.ts"
import { type Remote, RemoteFailure } from "./remote.ts"

/** The largest artifact that goes either way: more than this is in no one buffer of Node. */
const MOST_BYTES = 2 ** 31 - 1
/** Of so many blobs it is known that they are there: to ask again costs a request each. */
const MOST_KNOWN = 100_000

export interface Blobs {
  /** Puts a blob into the local store if it is not there, once however many ask; gives whether it is then. */
  readonly fetch: (sha: string) => Effect.Effect<boolean, StoreFailure, ObjectStore>
  /** Makes sure that bytes are there, or an object of the local store: asks first, and sends them only where they are not. */
  readonly send: (sha: string, bytes?: Uint8Array) => Effect.Effect<Sent, RemoteFailure, ObjectStore>
  /** That any was there is no longer known: whoever keeps the store tidy may have taken it away since. */
  readonly doubt: () => void
}
/** `lost`: the object is not in the local store, or damaged. */
export type Sent = { readonly state: "there"; readonly bytes: number } | { readonly state: "lost" }

export const makeBlobs = (remote: Remote, availability: Availability): Blobs => {
  const underway = new Map<string, Deferred.Deferred<boolean, StoreFailure>>()
  /** Blobs that were there when they were last asked for, and their sizes. */
  const there = new Map<string, number>()
  const know = (sha: string, bytes: number): Sent => {
    if (there.size >= MOST_KNOWN) there.clear()
    there.set(sha, bytes)
    return { state: "there", bytes }
  }
  /** Blobs that the store has, and that are not what they are called: the whole one is sent all the same. */
  const spoiled = new Set<string>()
  const fetch = (sha: string) =>
    Effect.gen(function* () {
      const objects = yield* ObjectStore
      const asked = Effect.tapError(remote.get("cas", sha, MOST_BYTES), ({ fault }) =>
        Effect.sync(() => {
          if (fault !== "damaged") return
          spoiled.add(sha)
          there.delete(sha)
        })
      )
      const bytes = yield* availability.attempt("read", asked, undefined)
      if (bytes === undefined) return false
      yield* objects.put(bytes)
      know(sha, bytes.length)
      return true
    })
  return {
    doubt: () => there.clear(),
    fetch: (sha) =>
      Effect.gen(function* () {
        if (yield* (yield* ObjectStore).touch(sha)) return true
        const other = underway.get(sha)
        if (other !== undefined) return yield* Deferred.await(other)
        const mine = Deferred.makeUnsafe<boolean, StoreFailure>()
        underway.set(sha, mine)
        // Who waits for it is not interrupted with it: it then is a miss.
        const told = (exit: Exit.Exit<boolean, StoreFailure>) =>
          Effect.suspend(() => {
            underway.delete(sha)
            return Deferred.done(mine, Exit.hasInterrupts(exit) ? Exit.succeed(false) : exit)
          })
        return yield* Effect.onExit(fetch(sha), told)
      }),
    send: (sha, given) =>
      Effect.gen(function* () {
        const known = there.get(sha)
        if (known !== undefined) return { state: "there", bytes: known }
        const bytes = given ?? (yield* (yield* ObjectStore).get(sha).pipe(Effect.catch(() => Effect.succeed(undefined))))
        if (bytes === undefined) return { state: "lost" }
        if (bytes.length > MOST_BYTES)
          return yield* new RemoteFailure({ fault: "too large", message: `an artifact of ${bytes.length} bytes is larger than any that is sent` })
        if (spoiled.has(sha) || !(yield* remote.has("cas", sha))) yield* remote.put("cas", sha, bytes)
        spoiled.delete(sha)
        return know(sha, bytes.length)
      })
  }
}
