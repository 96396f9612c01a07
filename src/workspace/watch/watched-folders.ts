import { type FSWatcher, statSync, watch } from "node:fs"
import { basename, dirname } from "node:path"

/** Stands among a folder's names where all of them count. */
const ANYTHING = ""

/**
 * Tells when something may have happened to files, whether they are there or not. It is the folders that are watched, up to the root: editors put a new file
 * in the place of the old one, and a folder may be moved away and come back. What it tells is a hint: whether a file is another is for its content to say.
 */
export class WatchedFolders {
  readonly #watchers = new Map<string, { readonly inode: string; readonly watcher: FSWatcher; names: ReadonlySet<string> }>()
  readonly #hint: () => void
  readonly #refused: (error: NodeJS.ErrnoException) => void

  /** `refused` is called where the system has no more watches to give; nothing is watched then. */
  constructor(hint: () => void, refused: (error: NodeJS.ErrnoException) => void) {
    this.#hint = hint
    this.#refused = refused
  }

  /** Watches for these files and no others (of a path that ends in /, for everything in that folder); folders that are not the ones they were are watched anew. What happens after this call is told. */
  follow(paths: Iterable<string>): void {
    const wanted = new Map<string, Set<string>>()
    for (const path of paths) {
      if (path.endsWith("/")) wanted.set(dirname(`${path}.`), (wanted.get(dirname(`${path}.`)) ?? new Set()).add(ANYTHING))
      for (let at = path; dirname(at) !== at; at = dirname(at)) {
        const names = wanted.get(dirname(at))
        if (names?.has(basename(at))) break
        if (names === undefined) wanted.set(dirname(at), new Set([basename(at)]))
        else names.add(basename(at))
      }
    }
    for (const folder of this.#watchers.keys()) if (!wanted.has(folder)) this.#drop(folder)
    try {
      for (const [folder, names] of wanted) this.#watch(folder, names)
    } catch (error) {
      this.close()
      this.#refused(error as NodeJS.ErrnoException)
    }
  }

  close(): void {
    for (const folder of this.#watchers.keys()) this.#drop(folder)
  }

  #watch(folder: string, names: ReadonlySet<string>): void {
    const stat = statSync(folder, { bigint: true, throwIfNoEntry: false })
    const known = this.#watchers.get(folder)
    const inode = stat?.isDirectory() ? `${stat.dev} ${stat.ino}` : undefined
    if (known !== undefined && known.inode === inode) {
      known.names = names
      return
    }
    this.#drop(folder)
    if (inode === undefined) return
    try {
      const watcher = watch(folder, (_, name) => {
        const names = this.#watchers.get(folder)?.names
        if (name === null || names?.has(name) || names?.has(ANYTHING)) this.#hint()
      })
      watcher.on("error", () => {
        this.#drop(folder)
        this.#hint()
      })
      this.#watchers.set(folder, { inode, watcher, names })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // Of a folder that may not be read, or is gone meanwhile, nothing can be told; the one above tells when it is another.
      if (code === "ENOSPC" || code === "EMFILE" || code === "ENOSYS") throw error
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.watcher.close()
    this.#watchers.delete(folder)
  }
}
