import { Effect, Option, Queue, type Scope } from "effect"
import { WatchedFolders } from "./watched-folders.ts"

/** Hints that one of some files may have changed. */
export interface ChangeHints {
  /** The files from now on. Every change after this call is hinted at. */
  readonly follow: (paths: Iterable<string>) => void
  /** Something may have happened that the system does not tell. */
  readonly hint: () => void
  /** Waits until what is happening is over. */
  readonly quiet: Effect.Effect<void>
  /** Waits until something may have happened, and is over. */
  readonly next: Effect.Effect<void>
}

// An editor's save is several steps, and "save all" or a checkout several saves: it is over when this long nothing has happened.
const QUIET_MS = 100
const LONGEST_MS = 2000
/** How often is looked where the system refuses to watch. */
const FALLBACK_SECONDS = 2

export interface HintOptions {
  /** Looks every so often, whatever the system tells. */
  readonly pollSeconds?: number | undefined
  /** Is told where the one has to give way to the other. */
  readonly say?: (text: string) => void
  /** How long nothing must have happened for it to be over; 0: every hint counts by itself. */
  readonly quietMs?: number
}

/** Hints from the system, or every so often. */
export const changeHints = ({ pollSeconds, quietMs = QUIET_MS, say = () => {} }: HintOptions): Effect.Effect<ChangeHints, never, Scope.Scope> =>
  Effect.gen(function* () {
    const hints = yield* Queue.sliding<void>(1)
    const hint = () => {
      Queue.offerUnsafe(hints, undefined)
    }
    let poll = pollSeconds
    const refused = ({ message }: Error) => {
      poll = FALLBACK_SECONDS
      say(`the system refuses to watch more folders (${message}): looking every ${FALLBACK_SECONDS} s instead, as --poll ${FALLBACK_SECONDS} does`)
    }
    const folders = new WatchedFolders(hint, refused)
    yield* Effect.addFinalizer(() => Effect.sync(() => folders.close()))
    const quietUntil = (until: number): Effect.Effect<void> =>
      quietMs === 0
        ? Effect.void
        : Queue.take(hints).pipe(
            Effect.timeoutOption(quietMs),
            Effect.flatMap((more) => (Option.isSome(more) && Date.now() < until ? quietUntil(until) : Effect.void))
          )
    const quiet = Effect.suspend(() => quietUntil(Date.now() + LONGEST_MS))
    return {
      follow: (paths) => {
        if (poll === undefined) folders.follow(paths)
      },
      hint,
      quiet,
      next: Effect.suspend(() => (poll === undefined ? Effect.andThen(Queue.take(hints), quiet) : Effect.sleep(poll * 1000)))
    }
  })
