/** Which process wrote a record, so that it can be told later whether it is still there. */
import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"

export interface ProcessMark {
  /** Where its number counts: host, this boot of it, and what numbers its processes (a container has numbers of its own). */
  readonly place: string
  readonly pid: number
  /** When it started, in ticks since the boot: a number is given again to other processes. */
  readonly started: string
}

/** The fields of /proc/PID/stat from the third on, the state: the second, its name in brackets, may have any characters. */
const stat = (pid: number | "self"): ReadonlyArray<string> => {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1")
  return text.slice(text.lastIndexOf(")") + 2).split(" ")
}
const startOf = (fields: ReadonlyArray<string>): string => fields[19]!

const here = (): string => `${hostname()} ${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()} ${readlinkSync("/proc/self/ns/pid")}`

/** The mark of this process; undefined where the system does not tell (any but Linux). */
export const ownMark = (): ProcessMark | undefined => {
  try {
    return { place: here(), pid: process.pid, started: startOf(stat("self")) }
  } catch {
    return undefined
  }
}

/** Whether a process is still there; undefined where that cannot be known from here. */
export const isAlive = ({ pid, place, started }: ProcessMark): boolean | undefined => {
  try {
    if (here() !== place) return undefined
  } catch {
    return undefined
  }
  try {
    const fields = stat(pid)
    return startOf(fields) === started && fields[0] !== "Z"
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "ENOENT" || (cause as NodeJS.ErrnoException).code === "ESRCH" ? false : undefined
  }
}
