import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** size, mtime in ns, inode, SHA-256, and when it was read (ms). */
type Entry = readonly [size: string, mtimeNs: string, inode: string, sha256: string, readAt: number]

// A file changed within this time before it was read may have been changed again after it, with the same time stamp (2 s: FAT, some network file systems).
const SETTLED_MS = 2000

/**
 * Content hashes of files outside the store. A file whose size, time and inode are as remembered is not read again, but only where it was already
 * settled when it was read; any doubt costs one read, never a wrong answer.
 */
export class FileMemory {
  readonly #path: string
  readonly #entries: Map<string, Entry>
  #changed = false

  constructor(path: string) {
    this.#path = path
    let stored: Record<string, Entry> = {}
    try {
      stored = JSON.parse(readFileSync(path, "utf8"))
    } catch {
      // None yet, or damaged: it is only a memory.
    }
    this.#entries = new Map(Object.entries(stored))
  }

  /** SHA-256 of the file's content, or undefined where there is no such file. */
  hash(path: string): string | undefined {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (stat === undefined || !stat.isFile()) return undefined
    const [size, mtime, inode] = [String(stat.size), String(stat.mtimeNs), String(stat.ino)]
    const known = this.#entries.get(path)
    if (known !== undefined && known[0] === size && known[1] === mtime && known[2] === inode && Number(stat.mtimeNs / 1_000_000n) + SETTLED_MS < known[4])
      return known[3]
    const readAt = Date.now()
    const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex")
    this.#entries.set(path, [size, mtime, inode, sha256, readAt])
    this.#changed = true
    return sha256
  }

  /** Writes what was learned, by rename: a reader sees the old memory or the new one. */
  save(): void {
    if (!this.#changed) return
    mkdirSync(dirname(this.#path), { recursive: true })
    const temporary = `${this.#path}.${process.pid}`
    writeFileSync(temporary, JSON.stringify(Object.fromEntries(this.#entries)))
    renameSync(temporary, this.#path)
    this.#changed = false
  }
}
