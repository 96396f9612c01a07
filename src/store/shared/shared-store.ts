import { Context, Effect } from "effect"
import type { StoreFailure } from "../failure.ts"
import type { ObjectStore } from "../objects.ts"
import type { Trace } from "../trace.ts"

/** What became of the traces that were to be kept in the shared store. */
export interface Kept {
  readonly kept: number
  /** Those that are not there (yet): it cannot be written to, the time was over, or an object was lost. */
  readonly left: number
}

/**
 * A second, slower store behind the cache folder, which many machines share. Whatever fails on the way to it is told once, in words, and is a miss: only the disk of the
 * cache can make any of these fail.
 */
export interface SharedStore {
  /** Where it is, as it may be told: without a password. Undefined where there is none. */
  readonly address: string | undefined
  /** Whether what is made here is to be kept there. */
  readonly writes: boolean
  /** Asks it whether we may do there what we are to, and gives why not; undefined where we may, or where it cannot be asked just now. */
  readonly refusal: Effect.Effect<string | undefined>
  /** Milliseconds for which it is not asked, since it was away: what is not found meanwhile may be there. 0 where it is there, whatever it says. */
  readonly away: Effect.Effect<number>
  /**
   * The newest trace of this code and these parameters whose every read has today's value. Each of its artifacts is then in the local store (durable after the next
   * `sync`), checked against its name. The trace itself is not added to the local ones.
   */
  readonly find: (code: string, params: string, today: (read: string) => string | undefined) => Effect.Effect<Trace | undefined, StoreFailure, ObjectStore>
  /** Puts a blob into the local store if it is not there, and gives whether it is then. */
  readonly fetch: (sha: string) => Effect.Effect<boolean, StoreFailure, ObjectStore>
  /** Makes sure that objects of the local store are there, whoever may be waiting for them; gives those that are not. */
  readonly offer: (shas: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<string>, never, ObjectStore>
  /** Takes a trace to be kept there, its artifacts first, while other things go on. Waits for nothing. */
  readonly keep: (trace: Trace) => void
  /** Waits until all that was taken is there, or it turns out that it will not be; for a limited time. */
  readonly flush: Effect.Effect<Kept>
}

const none: SharedStore = {
  address: undefined,
  writes: false,
  refusal: Effect.succeed(undefined),
  away: Effect.succeed(0),
  find: () => Effect.succeed(undefined),
  fetch: () => Effect.succeed(false),
  offer: (shas) => Effect.succeed(shas),
  keep: () => {},
  flush: Effect.succeed({ kept: 0, left: 0 })
}

/** That of a run; there is none where nobody provides one. */
export const SharedStore = Context.Reference<SharedStore>("sediment/store/SharedStore", { defaultValue: () => none })
