import { spawn } from "node:child_process"
import { closeSync, openSync, readFileSync } from "node:fs"
import { join } from "node:path"

export interface Command {
  readonly program: string
  readonly args: ReadonlyArray<string>
}

/** What became of a program that was called. */
export interface Finished {
  /** Wall time in ms, the program's start included. */
  readonly ms: number
  /** The most memory that the process itself held, in MiB; undefined where the system does not say, or the process ended too soon. */
  readonly peakMiB: number | undefined
  /** What it printed, on both streams. */
  readonly printed: string
}

// The kernel keeps a process's peak (VmHWM) only while it lives: a look this often misses at most what was added in its last moments.
const LOOK_MS = 3
/** Whatever takes longer than this is stopped. */
const LIMIT_MS = 2 * 60 * 60_000

const peakOf = (pid: number): number | undefined => {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
    return kib === undefined ? undefined : Number(kib) / 1024
  } catch {
    return undefined
  }
}

/** Calls a program in a folder and waits for it. Its output goes to a file there, so that this process does nothing meanwhile but look at its memory. */
export const call = ({ args, program }: Command, folder: string): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const output = join(folder, "output.txt")
    const handle = openSync(output, "w")
    const start = performance.now()
    const child = spawn(program, args, { cwd: folder, stdio: ["ignore", handle, handle], timeout: LIMIT_MS, killSignal: "SIGKILL" })
    let peakMiB: number | undefined
    const look = () => {
      if (child.pid !== undefined) peakMiB = peakOf(child.pid) ?? peakMiB
    }
    const looking = setInterval(look, LOOK_MS)
    const done = (): string => {
      clearInterval(looking)
      closeSync(handle)
      return readFileSync(output, "utf8")
    }
    child.once("error", (error) => {
      done()
      reject(error)
    })
    child.once("exit", (code, signal) => {
      const ms = performance.now() - start
      const printed = done()
      if (code === 0) resolve({ ms, peakMiB, printed })
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code ?? signal}: ${printed.trim().split("\n").slice(-3).join(" ").slice(-400)}`))
    })
  })
