/** What a power cut may take: bytes that were written and not synced, and entries of folders that were not synced since. */
import fs from "node:fs"
import { dirname } from "node:path"

// As they are before any test patches them.
const { existsSync, rmSync, statSync, truncateSync } = fs

export class Unsynced {
  /** Files with bytes that are not on the disk, and how many are. */
  readonly #bytes = new Map<string, number>()
  /** Files and folders whose entry is not on the disk. */
  readonly #entries = new Set<string>()
  /** How much of a file the last sync has put on the disk. */
  readonly #synced = new Map<string, number>()

  made(path: string): void {
    this.#entries.add(path)
  }
  written(path: string): void {
    if (!this.#bytes.has(path)) this.#bytes.set(path, this.#synced.get(path) ?? 0)
  }
  /** A file, or a folder's entries. */
  synced(path: string): void {
    if (statSync(path).isDirectory()) for (const entry of [...this.#entries].filter((one) => dirname(one) === path)) this.#entries.delete(entry)
    else {
      this.#bytes.delete(path)
      this.#synced.set(path, statSync(path).size)
    }
  }
  renamed(from: string, to: string): void {
    const bytes = this.#bytes.get(from)
    this.removed(from)
    this.removed(to)
    this.#entries.add(to)
    if (bytes !== undefined) this.#bytes.set(to, bytes)
  }
  removed(path: string): void {
    this.#bytes.delete(path)
    this.#entries.delete(path)
    this.#synced.delete(path)
  }
  /** What was written to a file since the last sync is gone. */
  loseBytes(path: string): void {
    const bytes = this.#bytes.get(path)
    if (bytes !== undefined && existsSync(path)) truncateSync(path, bytes)
  }
  /** The power is cut: of the files that `isLost` says, all goes that may. The rest happens to have reached the disk. */
  lose(isLost: (path: string) => boolean): void {
    for (const path of this.#bytes.keys()) if (isLost(path)) this.loseBytes(path)
    for (const path of this.#entries) if (isLost(path) && !this.#bytes.has(path)) rmSync(path, { recursive: true, force: true })
  }
}
