/** What a run tells `sediment watch`, which started it, and is told by it. */
import { type ChildProcess, spawn } from "node:child_process"
import { sep } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import type { FileMemory } from "../../engine/file-memory.ts"

/** The files that a run looked at outside of its cache: all that decides the studies. */
export interface LookedAt {
  /** The studies could be read. */
  readonly loaded: boolean
  /** Each with what it was when it was first looked at. */
  readonly files: ReadonlyArray<readonly [path: string, identity: string]>
}
export interface WatchedRun {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly lookedAt: LookedAt
}

const STARTED_BY_WATCH = "SEDIMENT_STARTED_BY_WATCH"
const STOP = "stop"
const isWatched = (): boolean => process.send !== undefined && process.env[STARTED_BY_WATCH] !== undefined

/** In the run: tells, when this process has nothing left to do, what was looked at. */
export const tellWatch = (files: FileMemory, cache: string): { readonly loaded: () => void } => {
  let loaded = false
  if (isWatched())
    process.once("beforeExit", () =>
      process.send?.({ loaded, files: [...files.lookedAt].filter(([path]) => !path.startsWith(cache + sep)) } satisfies LookedAt)
    )
  return {
    loaded: () => {
      loaded = true
    }
  }
}

/** In the run: ends it when watch says so, or is no more. */
export const onWatchEnd = (end: () => void): void => {
  if (!isWatched()) return
  process.on("message", (message) => {
    if (message === STOP) end()
  })
  process.on("disconnect", end)
  // It must not keep this process alive.
  process.channel?.unref()
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** In watch: runs `sediment` with these arguments as a process of its own, whose memory ends with it, and waits for its end, also when it is interrupted. */
export const runInProcess = (cli: URL, args: ReadonlyArray<string>): Effect.Effect<WatchedRun> =>
  Effect.callback((resume) => {
    const child = spawn(process.execPath, [fileURLToPath(cli), ...args], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, [STARTED_BY_WATCH]: "1" }
    })
    let lookedAt: LookedAt = { loaded: false, files: [] }
    child.on("message", (message) => {
      lookedAt = message as LookedAt
    })
    const done = new Promise<void>((ended) => {
      // What it said last may come after its end.
      const whenBoth = () => {
        if (hasEnded(child) && !child.connected) ended()
      }
      for (const event of ["exit", "disconnect"]) child.on(event, whenBoth)
      child.on("error", () => ended())
    })
    void done.then(() => resume(Effect.succeed({ code: child.exitCode, signal: child.signalCode, lookedAt })))
    return Effect.promise(() => {
      if (child.connected) child.send(STOP)
      return done
    })
  })
