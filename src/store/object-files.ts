/** The folder of objects as it lies on the disk. */
import { readdirSync } from "node:fs"
import { join } from "node:path"

const FOLDER = /^[0-9a-f]{2}$/
const OBJECT = /^([0-9a-f]{64})\.arrow$/

/** Undefined where there is no such folder, or a file in its place. */
const entriesOf = (folder: string): ReadonlyArray<string> | undefined => {
  try {
    return readdirSync(folder)
  } catch (cause) {
    if (["ENOTDIR", "ENOENT"].includes((cause as NodeJS.ErrnoException).code ?? "")) return undefined
    throw cause
  }
}

export interface ObjectFolder {
  /** The names of the objects, without a look at any. */
  readonly names: ReadonlyArray<string>
  /** What is neither an object nor a temporary file: nobody reads it, and nobody takes it away. */
  readonly foreign: ReadonlyArray<string>
}

export const pathOf = (objects: string, sha: string): string => join(objects, sha.slice(0, 2), `${sha}.arrow`)

export const objectsIn = (objects: string): ObjectFolder => {
  const names: Array<string> = []
  const foreign: Array<string> = []
  for (const folder of entriesOf(objects) ?? []) {
    const entries = FOLDER.test(folder) ? entriesOf(join(objects, folder)) : undefined
    if (entries === undefined) foreign.push(join(objects, folder))
    for (const entry of entries ?? []) {
      const sha = OBJECT.exec(entry)?.[1]
      if (sha?.startsWith(folder)) names.push(sha)
      else if (!entry.endsWith(".tmp")) foreign.push(join(objects, folder, entry))
    }
  }
  return { names, foreign }
}
