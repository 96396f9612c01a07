/** What a run tells whoever started it, `sediment watch` or a studio, and is told by it. */
import { spawn } from "node:child_process"
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
  /** What it printed, where that was kept. */
  readonly out: string
  readonly err: string
}

const HAS_STARTER = "SEDIMENT_HAS_STARTER"
const STOP = "stop"
const hasStarter = (): boolean => process.send !== undefined && process.env[HAS_STARTER] !== undefined

/** In the run: tells, when this process has nothing left to do, what was looked at. */
export const tellStarter = (files: FileMemory, cache: string): { readonly loaded: () => void } => {
  let loaded = false
  if (hasStarter())
    process.once("beforeExit", () =>
      process.send?.({ loaded, files: [...files.lookedAt].filter(([path]) => !path.startsWith(cache + sep)) } satisfies LookedAt)
    )
  return {
    loaded: () => {
      loaded = true
    }
  }
}

/** In the run: ends it when its starter says so, or is no more. */
export const onStarterEnd = (end: () => void): void => {
  if (!hasStarter()) return
  process.on("message", (message) => {
    if (message === STOP) end()
  })
  process.on("disconnect", end)
  // It must not keep this process alive.
  process.channel?.unref()
}

export interface ProcessOptions {
  /** Whether what it prints is printed here, or kept. */
  readonly output: "printed" | "kept"
  /** Is told the number of the process. */
  readonly started?: (pid: number) => void
}

/** In the starter: runs `sediment` with these arguments as a process of its own, whose memory ends with it, and waits for its end, also when it is interrupted. */
export const runInProcess = (cli: URL, args: ReadonlyArray<string>, { output, started }: ProcessOptions): Effect.Effect<WatchedRun> =>
  Effect.callback((resume) => {
    const to = output === "printed" ? "inherit" : "pipe"
    const child = spawn(process.execPath, [fileURLToPath(cli), ...args], {
      stdio: ["ignore", to, to, "ipc"],
      env: { ...process.env, [HAS_STARTER]: "1" }
    })
    if (child.pid !== undefined) started?.(child.pid)
    const kept = { out: "", err: "" }
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      kept.out += text
    })
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      kept.err += text
    })
    let lookedAt: LookedAt = { loaded: false, files: [] }
    child.on("message", (message) => {
      lookedAt = message as LookedAt
    })
    const done = new Promise<void>((ended) => {
      let closed = false
      // What it said last may come after its end.
      const whenBoth = () => {
        if (closed && !child.connected) ended()
      }
      child.on("close", () => {
        closed = true
        whenBoth()
      })
      child.on("disconnect", whenBoth)
      child.on("error", () => ended())
    })
    void done.then(() => resume(Effect.succeed({ code: child.exitCode, signal: child.signalCode, lookedAt, ...kept })))
    return Effect.promise(() => {
      if (child.connected) child.send(STOP)
      return done
    })
  })
