import { existsSync, realpathSync, statSync } from "node:fs"
import { recall, remember } from "../store/memory-file.ts"
import { hashOfFile } from "./file-chunks.ts"
import { folderIdentity } from "./folder-listing.ts"

/** size, mtime and ctime in ns, inode, SHA-256, and when it was read (ms). */
type Entry = readonly [size: string, mtimeNs: string, ctimeNs: string, inode: string, sha256: string, readAt: number]

// A file changed within this time before it was read may have been changed again after it, with the same time stamp (2 s: FAT, some network file systems).
const SETTLED_MS = 2000
const ABSENT = "absent"

/**
 * Content hashes of files outside the store. A file whose size, times and inode are as remembered is not read again, but only where it was already
 * settled when it was read; any doubt costs one read, never a wrong answer. The time of the last change (ctime) counts because a copy may set the other.
 */
export class FileMemory {
  readonly #path: string
  readonly #entries: Map<string, Entry>
  readonly #lookedAt = new Map<string, string>()
  #changed = false

  constructor(path: string) {
    this.#path = path
    this.#entries = new Map(Object.entries(JSON.parse(recall(path) ?? "{}") as Record<string, Entry>))
  }

  /** Every path that was asked for, with what was there the first time: its identity, or its content's hash alone. */
  get lookedAt(): ReadonlyMap<string, string> {
    return this.#lookedAt
  }

  /** From now on what is looked at counts as looked at for the first time. */
  lookAnew(): void {
    this.#lookedAt.clear()
  }

  /** Takes note of what somebody else found who read the file. */
  found(path: string, identity: string | undefined): void {
    if (!this.#lookedAt.has(path)) this.#lookedAt.set(path, identity ?? ABSENT)
  }

  /** SHA-256 of the file's content, or undefined where there is no file that can be read. */
  hash(path: string): string | undefined {
    const sha256 = this.#read(path)
    this.found(path, sha256)
    return sha256
  }

  #read(path: string): string | undefined {
    try {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
      if (stat === undefined || !stat.isFile()) return undefined
      const [size, mtime, ctime, inode] = [String(stat.size), String(stat.mtimeNs), String(stat.ctimeNs), String(stat.ino)]
      const known = this.#entries.get(path)
      const settledAt = Math.max(Number(stat.mtimeMs), Number(stat.ctimeMs)) + SETTLED_MS
      if (known !== undefined && known[0] === size && known[1] === mtime && known[2] === ctime && known[3] === inode && settledAt < known[5]) return known[4]
      const readAt = Date.now()
      const sha256 = hashOfFile(path)
      this.#entries.set(path, [size, mtime, ctime, inode, sha256, readAt])
      this.#changed = true
      return sha256
    } catch {
      return undefined
    }
  }

  /** What a file is today: its content and where it really lies, since a module's imports count from there; "absent" where there is none. A path that ends in / is a folder's, which is what lies in it. */
  identity(path: string): string {
    const identity = this.#identify(path)
    this.found(path, identity)
    return identity
  }

  #identify(path: string): string {
    if (path.endsWith("/")) return folderIdentity(path) ?? ABSENT
    const sha256 = this.#read(path)
    if (sha256 === undefined) return ABSENT
    try {
      const real = realpathSync.native(path)
      return real === path ? sha256 : `${sha256} ${real}`
    } catch {
      return ABSENT
    }
  }

  /** Writes what was learned. A cache that cannot be written to is read as it is. */
  save(): void {
    if (!this.#changed) return
    // What nobody asks for any more, and is gone, would stay for ever.
    for (const path of this.#entries.keys()) if (!this.#lookedAt.has(path) && !existsSync(path)) this.#entries.delete(path)
    remember(this.#path, JSON.stringify(Object.fromEntries(this.#entries)))
    this.#changed = false
  }
}
