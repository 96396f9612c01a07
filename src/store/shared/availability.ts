/** Whether the shared store is worth asking just now. What goes wrong is told once, and from then on it is left alone for a while: a run of ten thousand nodes must not wait ten thousand times. */
import { Clock, Effect, Schedule, Semaphore } from "effect"
import type { RemoteFailure, RemoteFault } from "./remote.ts"

export type Use = "read" | "write"

/** How long it is left alone after a failure, of which to learn took no time, or long; twice as long after the next one. */
const FIRST_PAUSE_MS = { passing: 2_000, other: 30_000 }
const LONGEST_PAUSE_MS = 600_000

/** How many ask at a time: those that wait for their turn learn of a failure without having to fail themselves. */
const AT_A_TIME = 16

/** Those that may be gone a moment later. */
const PASSING: ReadonlySet<RemoteFault> = new Set<RemoteFault>(["unreachable", "busy"])
/** Those after which reading and writing are given up alike; what is refused or full is so for one of them. */
const OF_BOTH: ReadonlySet<RemoteFault> = new Set<RemoteFault>(["unreachable", "slow", "busy", "unexpected"])
/** Those that are about one blob and no other. */
const OF_ONE: ReadonlySet<RemoteFault> = new Set<RemoteFault>(["too large", "damaged", "not taken"])

const THEN: Readonly<Record<Use, string>> = {
  read: "the run goes on without what others have made",
  write: "what is made here is not kept there"
}

export interface Availability {
  readonly isOpen: (use: Use) => Effect.Effect<boolean>
  /** Milliseconds until it may be asked again: 0 where it may be now, infinite where it is not worth it. */
  readonly pause: (use: Use) => Effect.Effect<number>
  /** The same where it is left alone since it was away, for reading and writing alike; 0 where it is there, and refuses or is full. */
  readonly away: Effect.Effect<number>
  /** Does what asks the store, again and again where a failure may pass; `otherwise` where it is left alone, or after it failed. */
  readonly attempt: <A, B, R>(use: Use, ask: Effect.Effect<A, RemoteFailure, R>, otherwise: B) => Effect.Effect<A | B, never, R>
}

export const makeAvailability = (address: string, tell: (message: string) => void, retries: number, base: number): Availability => {
  const state: Record<Use, { until: number; pause: number }> = { read: { until: 0, pause: 0 }, write: { until: 0, pause: 0 } }
  const turns: Record<Use, Semaphore.Semaphore> = { read: Semaphore.makeUnsafe(AT_A_TIME), write: Semaphore.makeUnsafe(AT_A_TIME) }
  const told = new Set<string>()
  const say = (key: string, message: string) => {
    if (told.has(key)) return
    told.add(key)
    tell(`the shared store ${address}: ${message}`)
  }
  let awayUntil = 0
  const leave = (use: Use, now: number, fault: RemoteFault) => {
    const one = state[use]
    // Several that were under way fail together: that is one failure.
    if (now < one.until) return
    const first = FIRST_PAUSE_MS[PASSING.has(fault) ? "passing" : "other"]
    one.pause = fault === "refused" ? Number.POSITIVE_INFINITY : Math.min(LONGEST_PAUSE_MS, Math.max(first, 2 * one.pause))
    one.until = now + one.pause
    if (OF_BOTH.has(fault)) awayUntil = one.until
  }
  const failed = (use: Use, { fault, message }: RemoteFailure) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      if (OF_ONE.has(fault)) return say(fault, `${message}; it is not taken${fault === "damaged" ? " from there" : ""}, and further ones like it are not told`)
      const uses: ReadonlyArray<Use> = OF_BOTH.has(fault) ? ["read", "write"] : [use]
      for (const one of uses) leave(one, now, fault)
      say(OF_BOTH.has(fault) ? "both" : `${use} ${fault}`, `${message}; ${OF_BOTH.has(fault) ? "the run goes on without it" : THEN[use]}`)
    })
  const worked = (use: Use) => {
    const one = state[use]
    if (one.pause === 0) return
    one.pause = 0
    if (told.delete("both") || told.delete(`${use} full`)) tell(`the shared store ${address}: it answers again`)
  }
  const again = Schedule.max([Schedule.jittered(Schedule.exponential(base)), Schedule.recurs(retries)])
  const pause = (use: Use) => Effect.map(Clock.currentTimeMillis, (now) => Math.max(0, state[use].until - now))
  const isOpen = (use: Use) => Effect.map(pause(use), (ms) => ms === 0)
  return {
    isOpen,
    pause,
    away: Effect.map(Clock.currentTimeMillis, (now) => Math.max(0, awayUntil - now)),
    attempt: (use, ask, otherwise) =>
      Effect.gen(function* () {
        if (!(yield* isOpen(use))) return otherwise
        // One that fails meanwhile ends the attempts of all.
        const patient = Effect.retry(ask, { schedule: again, while: ({ fault }) => Effect.map(isOpen(use), (open) => open && PASSING.has(fault)) })
        return yield* patient.pipe(
          Effect.tap(() => Effect.sync(() => worked(use))),
          Effect.catch((failure) => Effect.as(failed(use, failure), otherwise))
        )
      }).pipe(turns[use].withPermits(1))
  }
}
