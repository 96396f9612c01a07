/** How a worker is called by whoever starts it later: a script, a service, a manifest. The address of the queue, which may have a password, comes by the environment. */
import { fileURLToPath } from "node:url"
import type { Installation } from "../../engine/study.ts"

export interface WorkerSettings {
  /** Folder of the cache. */
  readonly cache: string
  /** Address of the shared store, without a password, and whether it is written to; undefined where there is none. */
  readonly remote: { readonly address: string; readonly write: boolean } | undefined
  readonly idleMs: number | undefined
  readonly leaseMs: number | undefined
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000]
] as const

/** A span of time as a flag takes it, in whole seconds at the finest. */
export const span = (ms: number): string => {
  for (const [unit, length] of UNITS) if (ms % length === 0) return `${ms / length}${unit}`
  return `${Math.floor(ms / 1000)}s`
}

/** This Sediment, on the Node that runs it: both are where another machine of the same file system finds them. */
export const thisProgram = ({ cli }: Installation): ReadonlyArray<string> => [process.execPath, fileURLToPath(cli)]

/** `worker …`, without the number of slots. */
export const workerArguments = ({ cache, idleMs, leaseMs, remote }: WorkerSettings): ReadonlyArray<string> => [
  "worker",
  "--cache",
  cache,
  ...(remote === undefined ? [] : ["--remote", remote.address, ...(remote.write ? ["--remote-write"] : [])]),
  ...(idleMs === undefined ? [] : ["--idle-timeout", span(idleMs)]),
  ...(leaseMs === undefined ? [] : ["--lease", span(leaseMs)])
]
