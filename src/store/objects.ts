import { hash, randomBytes } from "node:crypto"
import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, rmSync, utimesSync } from "node:fs"
import { open, rename } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { Context, Effect, Layer, Semaphore } from "effect"
import { failure, ObjectDamaged, ObjectMissing, type StoreFailure } from "./failure.ts"
import { makeFolder, syncFolderLater } from "./folder.ts"
import { isGone, statAnew } from "./network-file.ts"
import { objectsIn, pathOf } from "./object-files.ts"
import { RecentObjects } from "./recent-objects.ts"

/** Content-addressed objects: `objects/<2 hex>/<sha256>.arrow`, each named by the SHA-256 of its bytes. */
export class ObjectStore extends Context.Service<
  ObjectStore,
  {
    /** Where an object is, or would be, once synced. */
    readonly path: (sha: string) => string
    /** Takes the bytes and gives their name. They are on the disk after the next `sync`; this process can `get` them at once. */
    readonly put: (bytes: Uint8Array) => Effect.Effect<string, StoreFailure>
    /** Makes everything put so far durable, as a group. */
    readonly sync: Effect.Effect<void, StoreFailure>
    /** A copy of the bytes, in a SharedArrayBuffer: as this process has just put them, or read and checked against the name (once a process and file identity). */
    readonly get: (sha: string) => Effect.Effect<Uint8Array<SharedArrayBuffer>, ObjectMissing | ObjectDamaged | StoreFailure>
    readonly has: (sha: string) => Effect.Effect<boolean>
    /** Tells gc that an object is relied on anew, which keeps it for a day; false where it is not there. */
    readonly touch: (sha: string) => Effect.Effect<boolean>
    /** The names of all objects: 256 folders read, no file opened. */
    readonly list: Effect.Effect<ReadonlySet<string>, StoreFailure>
    /** Moves an object aside to `damaged/` and gives its new path; nothing happens if it is not there or is whole after all. */
    readonly quarantine: (sha: string) => Effect.Effect<string | undefined, StoreFailure>
  }
>()("sediment/store/ObjectStore") {
  static readonly layer = (cache: string, mostWaiting = MOST_WAITING): Layer.Layer<ObjectStore> =>
    Layer.effect(ObjectStore, makeObjectStore(resolve(cache), mostWaiting))
}

/** How many files are written and synced at a time: there are four threads for it. */
const SYNCS_AT_ONCE = 4
/** How many bytes may wait for the next sync; an object counts as a block of the disk at the least, so that there are never very many. */
const MOST_WAITING = 1 << 26
const BLOCK = 4096
const sizeOf = ({ length }: Uint8Array): number => Math.max(BLOCK, length)

/** Does the same with each, several at a time. After a failure no further one is begun, and those under way come to their end. */
const inTurn = async <A>(all: ReadonlyArray<A>, use: (one: A) => Promise<void>): Promise<void> => {
  const queue = all.values()
  const failures: Array<unknown> = []
  const some = async () => {
    for (const one of queue) {
      if (failures.length > 0) return
      await use(one).catch((cause: unknown) => failures.push(cause))
    }
  }
  await Promise.all(Array.from({ length: SYNCS_AT_ONCE }, some))
  if (failures.length > 0) throw failures[0]
}

const shared = (bytes: Uint8Array): Uint8Array<SharedArrayBuffer> => {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}

const readWhole = (handle: number, size: number): Uint8Array<SharedArrayBuffer> => {
  const bytes = new Uint8Array(new SharedArrayBuffer(size))
  for (let at = 0; at < size; ) {
    const count = readSync(handle, bytes, at, size - at, at)
    if (count === 0) return bytes.subarray(0, at)
    at += count
  }
  return bytes
}

const makeObjectStore = Effect.fnUntraced(function* (cache: string, mostWaiting: number) {
  const objects = join(cache, "objects")
  const path = (sha: string) => pathOf(objects, sha)
  const folderOf = (sha: string) => dirname(path(sha))
  /** Put but not yet on the disk, by name. */
  const waiting = new Map<string, Uint8Array>()
  let waitingBytes = 0
  /** Folders with entries that a sync has to make durable. */
  const changed = new Set<string>()
  /** Folders whose entries the first object counts on: whoever made them may have been killed before they were durable. */
  const above = [objects, cache, dirname(cache)]
  const recent = new RecentObjects()
  /** The file identity under which an object was found whole. */
  const verified = new Map<string, string>()
  const oneSync = yield* Semaphore.make(1)
  const oneForRoom = yield* Semaphore.make(1)

  const read = (sha: string): Uint8Array<SharedArrayBuffer> => {
    const file = path(sha)
    let handle: number
    try {
      handle = openSync(file, "r")
    } catch (cause) {
      throw isGone(cause) ? new ObjectMissing({ sha, path: file }) : cause
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
    } catch (cause) {
      throw isGone(cause) ? new ObjectMissing({ sha, path: file }) : cause
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
  const touched = (sha: string): boolean => {
    const now = new Date()
    try {
      utimesSync(path(sha), now, now)
      return true
    } catch {
      // Where nothing can be changed, nothing is deleted either.
      return existsSync(path(sha))
    }
  }
  const setAside = (sha: string): string | undefined => {
    if (wholeOrNot(sha) !== "damaged") return undefined
    const folder = join(cache, "damaged")
    makeFolder(folder)
    const target = join(folder, `${sha}-${randomBytes(4).toString("hex")}.arrow`)
    renameSync(path(sha), target)
    return target
  }
  const writeObject = async (sha: string, bytes: Uint8Array): Promise<void> => {
    const temporary = join(folderOf(sha), `${sha}.${randomBytes(6).toString("hex")}.tmp`)
    try {
      const handle = await open(temporary, "wx")
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      // A request that was sent twice, since the answer of a network was lost, finds at the second time that it was done.
      await rename(temporary, path(sha)).catch((cause: unknown) => {
        if (!isGone(cause) || statAnew(path(sha))?.size !== bytes.length) throw cause
      })
    } catch (cause) {
      rmSync(temporary, { force: true })
      throw cause
    }
    waiting.delete(sha)
    waitingBytes -= sizeOf(bytes)
  }
  const makeDurable = async (): Promise<void> => {
    const group = [...waiting]
    const folders = new Set(group.map(([sha]) => folderOf(sha)))
    for (const folder of folders) {
      for (const above of makeFolder(folder)) changed.add(above)
      changed.add(folder)
    }
    await inTurn(group, ([sha, bytes]) => writeObject(sha, bytes))
    await inTurn([...changed], async (folder) => {
      // Who counts on a further entry while this is under way asks for another sync of it.
      changed.delete(folder)
      await syncFolderLater(folder).catch((cause: unknown) => {
        changed.add(folder)
        throw cause
      })
    })
  }
  const sync = Effect.tryPromise({ try: makeDurable, catch: failure("write objects in", objects) }).pipe(Effect.uninterruptible, oneSync.withPermits(1))

  // Those that wait for room look again when it is their turn: a sync of each would let whoever commits wait for all of them.
  const room = Effect.suspend(() => {
    const isFull = () => waitingBytes > mostWaiting
    return isFull() ? oneForRoom.withPermits(1)(Effect.suspend(() => (isFull() ? sync : Effect.void))) : Effect.void
  })

  return ObjectStore.of({
    path,
    put: (bytes) =>
      Effect.try({
        try: () => {
          const sha = hash("sha256", bytes)
          recent.keep(sha, bytes)
          // An object that is there is trusted only after a look: a damaged one would make every later run wrong.
          if (waiting.has(sha)) return sha
          for (const folder of above.splice(0)) changed.add(folder)
          if (existsSync(path(sha)) && setAside(sha) === undefined && touched(sha)) {
            // The same holds for the object.
            changed.add(folderOf(sha))
            return sha
          }
          waiting.set(sha, bytes)
          waitingBytes += sizeOf(bytes)
          return sha
        },
        catch: failure("look at an object in", objects)
      }).pipe(Effect.tap(() => room)),
    sync,
    get: (sha) =>
      Effect.try({
        try: () => {
          const known = waiting.get(sha) ?? recent.get(sha)
          return known === undefined ? read(sha) : shared(known)
        },
        catch: (cause) => (cause instanceof ObjectMissing || cause instanceof ObjectDamaged ? cause : failure("read", path(sha))(cause))
      }),
    touch: (sha) => Effect.sync(() => waiting.has(sha) || touched(sha)),
    has: (sha) => Effect.sync(() => waiting.has(sha) || existsSync(path(sha))),
    list: Effect.try({
      try: () => new Set([...waiting.keys(), ...objectsIn(objects).names]),
      catch: failure("list", objects)
    }),
    quarantine: (sha) => Effect.try({ try: () => setAside(sha), catch: failure("move aside", path(sha)) })
  })
})
