import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const CALLS = ["mkdirSync", "openSync", "writeSync", "fsyncSync", "renameSync", "rmSync"] as const

/**
 * Lets only so many calls that change files happen while `use` runs, and of a write that is one too many the first half; all later ones fail: what is on the
 * disk then is what a process leaves that is killed there. Gives whether `use` came to its end.
 */
export const withCalls = async (most: number, use: () => Promise<unknown>): Promise<boolean> => {
  const real = Object.fromEntries(CALLS.map((name) => [name, fs[name]])) as Record<string, (...args: ReadonlyArray<unknown>) => unknown>
  let calls = 0
  for (const name of CALLS)
    Object.assign(fs, {
      [name]: (...args: ReadonlyArray<unknown>) => {
        const reads = name === "openSync" && args[1] === "r"
        if (!reads && ++calls > most) {
          const [handle, bytes, at] = args as [number, Uint8Array, number]
          if (name === "writeSync" && calls === most + 1) real["writeSync"]!(handle, bytes, at, (bytes.length - at) >> 1)
          throw new Error("the process is dead")
        }
        return real[name]!(...args)
      }
    })
  syncBuiltinESMExports()
  try {
    await use()
    return true
  } catch {
    return false
  } finally {
    Object.assign(fs, real)
    syncBuiltinESMExports()
  }
}
