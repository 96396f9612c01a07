/**
 * node:fs with faults, the one that all tests use: at the n-th call that changes a file the process is killed, or the operating system refuses. Importing this
 * patches node:fs; `withFault` says what happens. A process that is started with a fault as JSON in FAULTY_FS has it from its first call on.
 */
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"
import { dirname, resolve, sep } from "node:path"
import { Unsynced } from "./unsynced.ts"

type Refusal = keyof typeof WORDS
type Kind = "open" | "write" | "sync" | "enter" | "remove" | "alter" | "close"
export interface DiskFault {
  /** The number of the call, from 1 on, among those that this can happen to; 0: never. Of a write half of the bytes are written first. */
  readonly at: number
  readonly what: "kill" | Refusal
  /** It stays so: a disk that is full stays full. */
  readonly lasting?: boolean
  /** Calls on this folder, and on what is below it, count. */
  readonly below: string
}
/** A call to which it happened. */
export interface Hit {
  readonly call: string
  readonly path: string
}

const WORDS = { ENOSPC: "no space left on device", EIO: "i/o error", EACCES: "permission denied", EROFS: "read-only file system" } as const
const ALL: ReadonlyArray<Kind> = ["open", "write", "sync", "enter", "remove", "alter", "close"]
// A file that is open is written to whatever its permissions; a full disk does not hinder a deletion.
const HITS: Readonly<Record<DiskFault["what"], ReadonlyArray<Kind>>> = {
  kill: ALL.filter((kind) => kind !== "close"),
  EIO: ALL,
  ENOSPC: ["open", "write", "sync", "enter", "close"],
  EACCES: ["open", "enter", "remove", "alter"],
  EROFS: ["open", "enter", "remove", "alter"]
}
/** Calls that change files, by their names in `fs.promises`; those of `fs` end in "Sync". */
const BY_PATH: Readonly<Record<string, Kind>> = {
  open: "open",
  writeFile: "write",
  appendFile: "write",
  rename: "enter",
  mkdir: "enter",
  copyFile: "enter",
  link: "enter",
  symlink: "enter",
  unlink: "remove",
  rm: "remove",
  rmdir: "remove",
  truncate: "alter",
  utimes: "alter",
  chmod: "alter"
}
/** The same for those on an open file: the name of the synchronous call, and of the method of a file handle. */
const BY_HANDLE: ReadonlyArray<readonly [name: string, method: string, kind: Kind]> = [
  ["writeSync", "write", "write"],
  ["writevSync", "writev", "write"],
  ["fsyncSync", "sync", "sync"],
  ["fdatasyncSync", "datasync", "sync"],
  ["ftruncateSync", "truncate", "alter"],
  ["futimesSync", "utimes", "alter"],
  ["closeSync", "close", "close"]
]

let fault: DiskFault | undefined
let calls = 0
let hit: Hit | undefined
let unsynced = new Unsynced()

/** From now on. `disk`: what happened to it so far. */
const inject = (what: DiskFault | undefined, disk = new Unsynced()): void => {
  fault = what && { ...what, below: resolve(what.below) }
  calls = 0
  hit = undefined
  unsynced = disk
}
/** How many calls were counted so far. */
export const callCount = (): number => calls

/** Uses a disk that has a fault; gives what came of it, and the first call to which it happened. `disk` is told what a power cut would take afterwards. */
export const withFault = async <A>(what: DiskFault, use: () => Promise<A>, disk?: Unsynced): Promise<{ readonly value: A; readonly hit: Hit | undefined }> => {
  inject(what, disk)
  try {
    const value = await use()
    return { value, hit }
  } finally {
    inject(undefined)
  }
}

type Call = (...args: ReadonlyArray<unknown>) => unknown
const real = { ...fs } as unknown as Readonly<Record<string, Call>>
const isThere = (path: string): boolean => fs.existsSync(path)

/** The path of each open file or folder, and whether it may be changed. */
const opened = new Map<unknown, { readonly path: string; readonly changes: boolean }>()

/** What is about to happen to a call. */
const turn = (kind: Kind, call: string, path: string): DiskFault["what"] | undefined => {
  if (fault === undefined || !(path === fault.below || path.startsWith(fault.below + sep)) || !HITS[fault.what].includes(kind)) return undefined
  calls++
  if (calls !== fault.at && !(fault.lasting && fault.at > 0 && calls > fault.at)) return undefined
  hit ??= { call, path }
  return fault.what
}
const happen = (what: DiskFault["what"], kind: Kind, call: string, path: string): never => {
  if (what === "kill") {
    process.kill(process.pid, "SIGKILL")
    // The signal may take a moment to come.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
  // What a failed sync did not put on the disk, no later sync does.
  if (kind === "sync") unsynced.loseBytes(path)
  throw refusal(what, WORDS[what], call, path)
}
const refusal = (code: string, words: string, call: string, path: string): NodeJS.ErrnoException => {
  const syscall = call.replace(/Sync$/, "")
  return Object.assign(new Error(`${code}: ${words}, ${syscall} '${path}'`), { code, syscall, path })
}

// Of a folder that is made with those above it, Node tells these reasons. For any other it looks whether the folder is there, and tells that it is not.
const TOLD_OF_FOLDERS: ReadonlyArray<DiskFault["what"]> = ["kill", "ENOSPC", "EACCES"]
const makesAbove = (options: unknown): boolean => typeof options === "object" && options !== null && "recursive" in options && options.recursive === true

const half = (data: unknown): Uint8Array => {
  const bytes = typeof data === "string" ? Buffer.from(data) : (data as Uint8Array)
  return bytes.subarray(0, bytes.length >> 1)
}
/** The arguments of a write, `data` being the place of the data among them, with half of it. */
const halved = (call: string, args: ReadonlyArray<unknown>, data: number): ReadonlyArray<unknown> => {
  const before = args.slice(0, data)
  if (!/^write(Sync)?$/.test(call)) return [...before, half(args[data]), ...args.slice(data + 1)]
  const bytes = args[data] as Uint8Array
  const offset = Number(args[data + 1] ?? 0)
  return [...before, bytes, offset, Number(args[data + 2] ?? bytes.length - offset) >> 1, args[data + 3]]
}

/** Whether a call would change anything: a folder that is there is not made, and what is not there is not removed. */
const changes = (call: string, kind: Kind, args: ReadonlyArray<unknown>, path: string): boolean =>
  kind === "open"
    ? ![undefined, "r", fs.constants.O_RDONLY].includes(args[1] as string)
    : call.startsWith("mkdir")
      ? !isThere(path)
      : kind === "remove"
        ? isThere(path)
        : true

/** Takes note of a call that was done; gives what to do when it is. */
const noting = (call: string, kind: Kind, args: ReadonlyArray<unknown>, path: string): (() => void) => {
  const wasThere = isThere(path)
  const made: Array<string> = []
  if (call.startsWith("mkdir")) for (let folder = path; !isThere(folder); folder = dirname(folder)) made.push(folder)
  const disk = unsynced
  return () => {
    if (call.startsWith("rename")) disk.renamed(path, resolve(String(args[1])))
    else if (kind === "enter") for (const one of made) disk.made(one)
    else if (kind === "remove") disk.removed(path)
    else if (kind === "sync") disk.synced(path)
    else if (kind === "open" || kind === "write") {
      if (!wasThere) disk.made(path)
      disk.written(path)
    }
  }
}

/** Does a call, unless something happens to it. `data`: the place of the data among the arguments. */
const doing = <A>(call: string, kind: Kind, args: ReadonlyArray<unknown>, path: string, data: number, go: (args: ReadonlyArray<unknown>) => A): A => {
  const what = turn(kind, call, path)
  if (what === undefined) {
    const note = fault === undefined ? () => {} : noting(call, kind, args, path)
    const result = go(args)
    if (!(result instanceof Promise)) {
      note()
      return result
    }
    return result.then((value) => {
      note()
      return value
    }) as A
  }
  if (call.startsWith("mkdir") && makesAbove(args[1]) && !TOLD_OF_FOLDERS.includes(what)) throw refusal("ENOENT", "no such file or directory", call, path)
  if (kind !== "write" && kind !== "close") return happen(what, kind, call, path)
  const note = noting(call, kind, args, path)
  const part = go(kind === "write" ? halved(call, args, data) : args)
  const then = () => {
    note()
    return happen(what, kind, call, path)
  }
  return part instanceof Promise ? (part.then(then) as A) : then()
}

const patched: Record<string, Call> = {}
const patchedPromises: Record<string, Call> = {}
for (const [name, kind] of Object.entries(BY_PATH)) {
  const call = `${name}Sync`
  patched[call] = (...args) => {
    const known = opened.get(args[0])
    const path = known?.path ?? resolve(String(args[0]))
    const done = changes(name, kind, args, path) ? doing(call, kind, args, path, 1, (all) => real[call]!(...all)) : real[call]!(...args)
    if (kind === "open") opened.set(done, { path, changes: changes(name, kind, args, path) })
    return done
  }
  const later = (fs.promises as unknown as Record<string, Call>)[name]!
  patchedPromises[name] = async (...args) => {
    const path = resolve(String(args[0]))
    const changing = changes(name, kind, args, path)
    const done = await (changing ? doing(name, kind, args, path, 1, (all) => later(...all)) : later(...args))
    return kind === "open" ? patchedHandle(done as fs.promises.FileHandle, path, changing) : done
  }
}
for (const [name, , kind] of BY_HANDLE)
  patched[name] = (...args) => {
    const known = opened.get(args[0])
    if (kind === "close") opened.delete(args[0])
    return known === undefined || (kind === "close" && !known.changes)
      ? real[name]!(...args)
      : doing(name, kind, args, known.path, 1, (all) => real[name]!(...all))
  }

const patchedHandle = (handle: fs.promises.FileHandle, path: string, changing: boolean): fs.promises.FileHandle => {
  const methods = handle as unknown as Record<string, Call>
  for (const [method, kind] of [
    ...BY_HANDLE.map(([, method, kind]) => [method, kind] as const),
    ["writeFile", "write"] as const,
    ["appendFile", "write"] as const
  ]) {
    const own = methods[method]!
    if (kind !== "close" || changing) methods[method] = async (...args) => doing(method, kind, args, path, 0, (all) => own.apply(handle, [...all]))
  }
  return handle
}

Object.assign(fs, patched)
Object.assign(fs.promises, patchedPromises)
syncBuiltinESMExports()
const given = process.env["FAULTY_FS"]
if (given !== undefined) inject(JSON.parse(given) as DiskFault)
