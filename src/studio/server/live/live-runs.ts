import { join } from "node:path"
import { Effect, type Scope } from "effect"
import { isWritten, liveFilesIn, liveFolder, sweepLiveFiles } from "../../../store/live-files.ts"
import type { LiveHead } from "../../../workspace/live/live-line.ts"
import { changeHints } from "../../../workspace/watch/change-hints.ts"
import type { StudioEvent, UnderwayRun } from "../../messages/event.ts"
import { FollowedRun } from "./followed-run.ts"

/** How often it is looked whether the processes of runs that go on are still there. */
const LOOK_MS = 400
/** How often it is looked for new ones, since the system does not tell of those of other machines. */
const LOOK_FOR_NEW_MS = 2000
/** A run that began and ended within this time, before it was looked at, is told too. */
const NEWS_MS = 5000

export interface LiveRunsOptions {
  readonly cache: string
  readonly tell: (events: ReadonlyArray<StudioEvent>) => void
  /** Is told of each run, in the moment in which it is first seen; gives whether it was started from here. */
  readonly begins: (head: LiveHead) => boolean
  /** Is told when a run is over, before the page is. */
  readonly ends: (run: string) => void
}

interface Known {
  readonly followed: FollowedRun
  fromHere: boolean
  told: boolean
}

/** The runs that go on in a cache, whoever started them. */
export class LiveRuns {
  readonly #options: LiveRunsOptions
  readonly #known = new Map<string, Known>()
  /** Files of runs that are over, and that are there still. */
  readonly #over = new Set<string>()

  private constructor(options: LiveRunsOptions) {
    this.#options = options
  }

  /** Follows them until the scope ends. */
  static readonly follow = (options: LiveRunsOptions): Effect.Effect<LiveRuns, never, Scope.Scope> =>
    Effect.gen(function* () {
      const runs = new LiveRuns(options)
      const hints = yield* changeHints({ quietMs: 0 })
      yield* Effect.addFinalizer(() => Effect.sync(() => runs.#close()))
      const look = () => {
        hints.follow([`${liveFolder(options.cache)}/`])
        runs.look()
      }
      look()
      yield* Effect.forkScoped(Effect.forever(Effect.andThen(hints.next, Effect.sync(look))))
      // A killed process writes nothing.
      let looked = 0
      const lookAgain = Effect.sync(() => {
        const now = performance.now()
        if (!runs.areUnderway && now - looked < LOOK_FOR_NEW_MS) return
        looked = now
        runs.look()
      })
      yield* Effect.forkScoped(Effect.forever(Effect.andThen(Effect.sleep(LOOK_MS), lookAgain)))
      return runs
    })

  /** Whether any goes on. */
  get areUnderway(): boolean {
    return [...this.#known.values()].some(({ followed }) => followed.head !== undefined)
  }
  /** Those that go on. */
  get underway(): ReadonlyArray<UnderwayRun> {
    return [...this.#known.values()].flatMap(({ followed, fromHere, told }) => (told ? [followed.underway(fromHere)] : []))
  }
  find(run: string): FollowedRun | undefined {
    return [...this.#known.values()].find(({ followed, told }) => told && followed.head?.run === run)?.followed
  }

  /** Takes up what was written since it was last looked. */
  look(): void {
    const { cache, tell } = this.#options
    const names = new Set(liveFilesIn(cache))
    for (const name of this.#over) if (!names.has(name)) this.#over.delete(name)
    for (const name of names) if (!this.#known.has(name) && !this.#over.has(name)) this.#open(name)
    const events: Array<StudioEvent> = []
    for (const [name, known] of this.#known) events.push(...this.#read(name, known, names.has(name)))
    tell(events)
  }

  #open(name: string): void {
    try {
      const followed = new FollowedRun(join(liveFolder(this.#options.cache), name))
      followed.read()
      this.#known.set(name, { followed, fromHere: false, told: false })
    } catch {
      // It is over already.
    }
  }

  #read(name: string, known: Known, isThere: boolean): ReadonlyArray<StudioEvent> {
    const { followed, told } = known
    // Looked at before what it wrote is read: of a process that is gone nothing comes after that.
    const isGone = followed.head !== undefined && !(isThere && isWritten(followed.process, followed.modified))
    const since = followed.read()
    const { end, head } = followed
    if (head === undefined) {
      // Nothing stands in it yet; or it is of another version, and is not looked at again.
      if (!isThere || followed.isForeign) this.#forget(name, known)
      if (followed.isForeign) this.#over.add(name)
      return []
    }
    if (!told) {
      // What a run has left that was killed some time ago is no news.
      if (end === undefined ? isGone : followed.modified < Date.now() - NEWS_MS) {
        this.#end(name, known)
        return []
      }
      known.told = true
      known.fromHere = this.#options.begins(head)
    }
    const events: ReadonlyArray<StudioEvent> = told ? since : [{ event: "run-started", run: followed.underway(known.fromHere) }]
    if (end === undefined && !isGone) return events
    this.#end(name, known)
    this.#options.ends(head.run)
    const { at, ms, outcome } = end ?? { at: Date.now(), ms: Date.now() - head.at, outcome: "killed" as const }
    return [...events, { event: "run-finished", run: head.run, studies: head.studies, at, ms, outcome }]
  }

  #end(name: string, known: Known): void {
    this.#forget(name, known)
    this.#over.add(name)
    // A run that ends takes its file away.
    if (!isWritten(known.followed.process, 0)) sweepLiveFiles(this.#options.cache)
  }

  #forget(name: string, { followed }: Known): void {
    followed.close()
    this.#known.delete(name)
  }

  #close(): void {
    for (const [name, known] of this.#known) this.#forget(name, known)
  }
}
