/** A command as a group of processes: started without a shell, and ended with all that it has started itself. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { type Duration, Effect } from "effect"
import { BoundedLog, type LogLine } from "./bounded-log.ts"

/** After the word to end a group has so long before it is ended by force. */
const GRACE_MS = 2000
/** After its first process has ended, what it wrote is waited for so long: one that has left the group may hold the streams open. */
const DRAIN_MS = 1000
const WINDOWS = process.platform === "win32"

export interface Ended {
  /** How its first process ended; undefined where the time was over. */
  readonly exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | undefined
  readonly stdout: ReadonlyArray<LogLine>
  readonly stderr: ReadonlyArray<LogLine>
}

export interface Start {
  readonly path: string
  readonly given: ReadonlyArray<string>
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly limit: Duration.Duration | undefined
}

const running = new Set<ChildProcess>()
let watching = false
/** Whatever ends this process, short of a SIGKILL, ends its commands: they are in groups of their own, which no Ctrl-C of a terminal reaches. */
const watch = (): void => {
  if (watching) return
  watching = true
  process.on("exit", () => {
    for (const child of running) signalGroup(child, "SIGKILL")
  })
}

const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return
  try {
    if (WINDOWS) spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore", windowsHide: true })
    else process.kill(-child.pid, signal)
  } catch {
    // None of them is there any more.
  }
}

interface Running {
  readonly child: ChildProcess
  readonly stdout: BoundedLog
  readonly stderr: BoundedLog
  /** Its end, and that of all that it wrote. */
  readonly ended: Promise<NonNullable<Ended["exit"]>>
}

const start = ({ environment, folder, given, path }: Start): Running => {
  watch()
  const stdout = new BoundedLog()
  const stderr = new BoundedLog()
  const child = spawn(path, [...given], { cwd: folder, env: { ...environment }, stdio: ["ignore", "pipe", "pipe"], detached: !WINDOWS, windowsHide: true })
  running.add(child)
  child.stdout.on("data", (chunk: Buffer) => stdout.write(chunk))
  child.stderr.on("data", (chunk: Buffer) => stderr.write(chunk))
  const ended = new Promise<NonNullable<Ended["exit"]>>((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code, signal) => {
      running.delete(child)
      // What it has left behind goes with it.
      if (!WINDOWS) signalGroup(child, "SIGKILL")
      const drained = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, DRAIN_MS)
      child.once("close", () => {
        clearTimeout(drained)
        resolve({ code, signal })
      })
    })
  })
  return { child, stdout, stderr, ended }
}

const isOver = ({ exitCode, pid, signalCode }: ChildProcess): boolean => pid === undefined || exitCode !== null || signalCode !== null

/** Ends a group: first by the word, then by force. */
const stop = async ({ child, ended }: Running): Promise<void> => {
  if (isOver(child)) return
  signalGroup(child, "SIGTERM")
  const force = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS)
  await ended.catch(() => {})
  clearTimeout(force)
}

/** Starts a command and waits for its end. Fails with what the system says where it cannot be started. An interruption, and the end of its time, end the whole group. */
export const runGroup = (given: Start): Effect.Effect<Ended, Error> =>
  Effect.acquireUseRelease(
    Effect.try({ try: () => start(given), catch: (error) => error as Error }),
    (group) => {
      const exit = Effect.tryPromise({ try: () => group.ended, catch: (error) => error as Error })
      const within = given.limit === undefined ? exit : Effect.raceFirst(exit, Effect.as(Effect.sleep(given.limit), undefined))
      return Effect.map(within, (how) => ({ group, how }))
    },
    (group) => Effect.promise(() => stop(group))
  ).pipe(Effect.map(({ group, how }) => ({ exit: how, stdout: group.stdout.lines(), stderr: group.stderr.lines() })))
