/** Takes objects away that nothing needs, beside processes that may come to need them just now. */
import { randomBytes } from "node:crypto"
import { renameSync, rmSync, statSync } from "node:fs"
import type { FoundFile } from "./leftovers.ts"
import { isGone, statAnew } from "./network-file.ts"
import { objectsIn, pathOf } from "./object-files.ts"

export interface ObjectFile extends FoundFile {
  readonly sha: string
}

/** Every object's file, with when it was made or last relied on. */
export const objectFilesIn = (objects: string): ReadonlyArray<ObjectFile> =>
  objectsIn(objects).names.flatMap((sha) => {
    const path = pathOf(objects, sha)
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat === undefined ? [] : [{ sha, path, bytes: stat.size, modified: stat.mtimeMs }]
  })

/**
 * Deletes an object unless it was made or touched since. It gets another name first: who touches it before that is seen, and who comes later finds that it is
 * gone. Gives whether it is gone.
 */
export const deleteUnlessTouched = ({ path }: ObjectFile, since: number): boolean => {
  const aside = `${path}.${randomBytes(6).toString("hex")}.tmp`
  try {
    renameSync(path, aside)
  } catch (cause) {
    if (isGone(cause)) return true
    throw cause
  }
  const now = statAnew(aside)
  if (now === undefined || now.mtimeMs < since) {
    rmSync(aside, { force: true })
    return true
  }
  renameSync(aside, path)
  return false
}
