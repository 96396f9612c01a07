import { hash, randomBytes } from "node:crypto"
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { open } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { Context, Effect, Layer, Semaphore } from "effect"
import { failure, ObjectDamaged, ObjectMissing, type StoreFailure } from "./failure.ts"
import { makeFolder, syncFolder } from "./folder.ts"

/** Content-addressed objects: `objects/<2 hex>/<sha256>.arrow`, each named by the SHA-256 of its bytes. */
export class ObjectStore extends Context.Service<
  ObjectStore,
  {
    /** Where an object is, or would be, once synced. */
    readonly path: (sha: string) => string
    /** Takes the bytes and gives their name. They are on the disk under that name after the next `sync`; this process can `get` them at once. */
    readonly put: (bytes: Uint8Array) => Effect.Effect<string, StoreFailure>
    /** Makes everything put so far durable, as a group. */
    readonly sync: Effect.Effect<void, StoreFailure>
    /** The bytes, in a SharedArrayBuffer, checked against the name (once a process and file identity). */
    readonly get: (sha: string) => Effect.Effect<Uint8Array<SharedArrayBuffer>, ObjectMissing | ObjectDamaged | StoreFailure>
    readonly has: (sha: string) => Effect.Effect<boolean>
    /** The names of all objects: 256 folders read, no file opened. */
    readonly list: Effect.Effect<ReadonlySet<string>, StoreFailure>
    /** Moves an object aside to `damaged/` and gives its new path; nothing happens if it is not there or is whole after all. */
    readonly quarantine: (sha: string) => Effect.Effect<string | undefined, StoreFailure>
  }
>()("sediment/store/ObjectStore") {
  static readonly layer = (cache: string): Layer.Layer<ObjectStore> => Layer.effect(ObjectStore, makeObjectStore(resolve(cache)))
}

const SUFFIX = ".arrow"
const OBJECT = /^[0-9a-f]{64}\.arrow$/
/** How many files are synced at a time: the disk orders such writes better than we can, and there are but four threads for them. */
const SYNCS_AT_ONCE = 8

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === "ENOENT"

const readWhole = (handle: number, size: number): Uint8Array<SharedArrayBuffer> => {
  const bytes = new Uint8Array(new SharedArrayBuffer(size))
  for (let at = 0; at < size; ) {
    const count = readSync(handle, bytes, at, size - at, at)
    if (count === 0) return bytes.subarray(0, at)
    at += count
  }
  return bytes
}

const makeObjectStore = Effect.fnUntraced(function* (cache: string) {
  const objects = join(cache, "objects")
  const path = (sha: string) => join(objects, sha.slice(0, 2), sha + SUFFIX)
  /** Put but not yet synced, by name: the temporary file. */
  const waiting = new Map<string, string>()
  /** Folders with entries that a sync has to make durable. */
  const changed = new Set<string>()
  /** The file identity under which an object was found whole. */
  const verified = new Map<string, string>()
  const oneSync = yield* Semaphore.make(1)

  const read = (sha: string): Uint8Array<SharedArrayBuffer> => {
    const file = waiting.get(sha) ?? path(sha)
    let handle: number
    try {
      handle = openSync(file, "r")
    } catch (cause) {
      throw isMissing(cause) ? new ObjectMissing({ sha, path: file }) : cause
    }
    try {
      const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(handle, { bigint: true })
      const identity = `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
      const bytes = readWhole(handle, Number(size))
      if (verified.get(sha) === identity) return bytes
      const found = hash("sha256", bytes)
      if (found !== sha) throw new ObjectDamaged({ sha, path: file, found })
      verified.set(sha, identity)
      return bytes
    } finally {
      closeSync(handle)
    }
  }
  const wholeOrNot = (sha: string): "whole" | "damaged" | "missing" => {
    try {
      read(sha)
      return "whole"
    } catch (cause) {
      if (cause instanceof ObjectMissing) return "missing"
      if (cause instanceof ObjectDamaged) return "damaged"
      throw cause
    }
  }
  const setAside = (sha: string): string | undefined => {
    if (wholeOrNot(sha) !== "damaged") return undefined
    const folder = join(cache, "damaged")
    makeFolder(folder)
    const target = join(folder, `${sha}-${randomBytes(4).toString("hex")}${SUFFIX}`)
    renameSync(waiting.get(sha) ?? path(sha), target)
    waiting.delete(sha)
    return target
  }
  const write = (sha: string, bytes: Uint8Array): void => {
    const folder = dirname(path(sha))
    for (const above of makeFolder(folder)) changed.add(above)
    const temporary = join(folder, `${sha}.${randomBytes(6).toString("hex")}.tmp`)
    try {
      writeFileSync(temporary, bytes, { flag: "wx" })
    } catch (cause) {
      rmSync(temporary, { force: true })
      throw cause
    }
    waiting.set(sha, temporary)
  }
  const makeDurable = async (): Promise<void> => {
    const group = [...waiting]
    const queue = group.values()
    const syncSome = async () => {
      for (const [, temporary] of queue) {
        const handle = await open(temporary, "r+")
        await handle.sync().finally(() => handle.close())
      }
    }
    await Promise.all(Array.from({ length: SYNCS_AT_ONCE }, syncSome))
    for (const [sha, temporary] of group) {
      renameSync(temporary, path(sha))
      waiting.delete(sha)
      changed.add(dirname(temporary))
    }
    for (const folder of changed) {
      syncFolder(folder)
      changed.delete(folder)
    }
  }

  return ObjectStore.of({
    path,
    put: (bytes) =>
      Effect.try({
        try: () => {
          const sha = hash("sha256", bytes)
          if (waiting.has(sha)) return sha
          // An object that is there is trusted only after a look: a damaged one would make every later run wrong.
          setAside(sha)
          if (!existsSync(path(sha))) write(sha, bytes)
          return sha
        },
        catch: failure("write an object in", objects)
      }),
    sync: Effect.tryPromise({ try: makeDurable, catch: failure("make objects durable in", objects) }).pipe(Effect.uninterruptible, oneSync.withPermits(1)),
    get: (sha) =>
      Effect.try({
        try: () => read(sha),
        catch: (cause) => (cause instanceof ObjectMissing || cause instanceof ObjectDamaged ? cause : failure("read", path(sha))(cause))
      }),
    has: (sha) => Effect.sync(() => waiting.has(sha) || existsSync(path(sha))),
    list: Effect.try({
      try: () => {
        const names = new Set(waiting.keys())
        for (const folder of existsSync(objects) ? readdirSync(objects) : [])
          for (const name of readdirSync(join(objects, folder))) if (OBJECT.test(name)) names.add(basename(name, SUFFIX))
        return names
      },
      catch: failure("list", objects)
    }),
    quarantine: (sha) => Effect.try({ try: () => setAside(sha), catch: failure("move aside", path(sha)) })
  })
})
