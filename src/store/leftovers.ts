/** Files of a cache folder that no reader needs: what killed writers and killed runs left, what was moved aside, memories that nothing refers to. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { deadLiveFiles } from "./live-files.ts"

export interface FoundFile {
  readonly path: string
  readonly bytes: number
  /** Last change of its content, or touch; milliseconds since 1970. */
  readonly modified: number
}
export interface Leftovers {
  readonly temporary: ReadonlyArray<FoundFile>
  /** Objects that were found to be wrong. */
  readonly quarantined: ReadonlyArray<FoundFile>
  /** Linked modules and graphs under `remembered/` that no remembered study refers to. */
  readonly unreferred: ReadonlyArray<FoundFile>
}

const entriesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true, recursive: true }) : [])
const filesIn = (folder: string): ReadonlyArray<FoundFile> =>
  entriesIn(folder).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    // Another process may have taken it away meanwhile.
    const stat = entry.isFile() ? statSync(path, { throwIfNoEntry: false }) : undefined
    return stat === undefined ? [] : [{ path, bytes: stat.size, modified: stat.mtimeMs }]
  })

const temporaryIn = (folder: string): ReadonlyArray<FoundFile> =>
  entriesIn(folder).some(({ name }) => name.endsWith(".tmp")) ? filesIn(folder).filter(({ path }) => path.endsWith(".tmp")) : []

/** The SHA-256 in the name of a module or a graph; a module's source map has its name. */
export const contentNameOf = (path: string): string | undefined => /([0-9a-f]{64})(?:\.\w+)+$/.exec(path)?.[1]

/** Linked modules and graphs whose name stands in no remembered study: both are named by their content. */
export const unreferredIn = (remembered: string): ReadonlyArray<FoundFile> => {
  const named = ["modules", "graphs"].flatMap((folder) => filesIn(join(remembered, folder))).filter(({ path }) => !path.endsWith(".tmp"))
  const studies = filesIn(join(remembered, "studies")).map(({ path }) => readFileSync(path, "utf8"))
  return named.filter(({ path }) => {
    const name = contentNameOf(path)
    return name === undefined || !studies.some((text) => text.includes(name))
  })
}

/** Data files that were written for a branch of the studio, of which no kept branch is. A branch that cannot be read keeps what its text names. */
const lostDrafts = (cache: string): ReadonlyArray<FoundFile> => {
  const folder = join(cache, "what-if")
  const branches = join(folder, "branches")
  const isBranch = (path: string): boolean => dirname(path) === branches && path.endsWith(".json")
  const files = filesIn(folder)
  const kept = files.flatMap(({ path }) => (isBranch(path) ? [readFileSync(path, "utf8")] : []))
  return files.filter(({ path }) => !isBranch(path) && !kept.some((text) => text.includes(basename(path))))
}

export const leftoversIn = (cache: string): Leftovers => ({
  temporary: [
    ...["objects", "traces", "runs", "remembered"].flatMap((folder) => temporaryIn(join(cache, folder))),
    ...deadLiveFiles(cache),
    ...lostDrafts(cache)
  ],
  quarantined: filesIn(join(cache, "damaged")),
  unreferred: unreferredIn(join(cache, "remembered"))
})
