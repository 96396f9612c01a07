/** Which process wrote a record, so that it can be told later whether it is still there. */
import { execFileSync } from "node:child_process"
import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"

export interface ProcessMark {
  /** Where its number counts: host, this boot of it, and what numbers its processes (a container has numbers of its own). */
  readonly place: string
  readonly pid: number
  /** When it started, in ticks since the boot: a number is given again to other processes. Empty where the system does not tell (any but Linux). */
  readonly started: string
}

/** The fields of /proc/PID/stat from the third on, the state: the second, its name in brackets, may have any characters. */
const stat = (pid: number | "self"): ReadonlyArray<string> => {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1")
  return text.slice(text.lastIndexOf(")") + 2).split(" ")
}
const startOf = (fields: ReadonlyArray<string>): string => fields[19]!

const isLinux = process.platform === "linux"
const here = (): string => (isLinux ? placeByProc() : `${hostname()} ${process.platform}`)
const placeByProc = (): string => `${hostname()} ${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()} ${readlinkSync("/proc/self/ns/pid")}`

/** The same by the system's own program, which macOS and the BSDs have; "" where there is none. */
const startByPs = (pid: number): string => {
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
  } catch {
    return ""
  }
}

/** The mark of this process; undefined on a Linux without /proc. */
export const ownMark = (): ProcessMark | undefined => {
  try {
    return { place: here(), pid: process.pid, started: isLinux ? startOf(stat("self")) : startByPs(process.pid) }
  } catch {
    return undefined
  }
}

/** Whether a process has this number. */
const hasNumber = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    // One of another user is there too.
    return (cause as NodeJS.ErrnoException).code === "EPERM"
  }
}

/** Whether a process is still there; undefined where that cannot be known from here. Where it is not known when it started, another one of its number is taken for it. */
export const isAlive = ({ pid, place, started }: ProcessMark): boolean | undefined => {
  try {
    if (here() !== place) return undefined
  } catch {
    return undefined
  }
  if (started === "") return hasNumber(pid)
  if (!isLinux) return hasNumber(pid) && startByPs(pid) === started
  try {
    const fields = stat(pid)
    return startOf(fields) === started && fields[0] !== "Z"
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "ENOENT" || (cause as NodeJS.ErrnoException).code === "ESRCH" ? false : undefined
  }
}
