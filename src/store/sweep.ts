/** Takes objects away that nothing needs, beside processes that may come to need them just now. */
import { randomBytes } from "node:crypto"
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import type { FoundFile } from "./leftovers.ts"

export interface ObjectFile extends FoundFile {
  readonly sha: string
}

const OBJECT = /^([0-9a-f]{64})\.arrow$/

/** Every object's file, with when it was made or last relied on. */
export const objectFilesIn = (objects: string): ReadonlyArray<ObjectFile> =>
  (existsSync(objects) ? readdirSync(objects).filter((name) => name.length === 2) : []).flatMap((folder) =>
    readdirSync(join(objects, folder)).flatMap((name) => {
      const sha = OBJECT.exec(name)?.[1]
      const path = join(objects, folder, name)
      const stat = sha === undefined ? undefined : statSync(path, { throwIfNoEntry: false })
      return sha === undefined || stat === undefined ? [] : [{ sha, path, bytes: stat.size, modified: stat.mtimeMs }]
    })
  )

/**
 * Deletes an object unless it was made or touched since. It gets another name first: who touches it before that is seen, and who comes later finds that it is
 * gone. Gives whether it is gone.
 */
export const deleteUnlessTouched = ({ path }: ObjectFile, since: number): boolean => {
  const aside = `${path}.${randomBytes(6).toString("hex")}.tmp`
  try {
    renameSync(path, aside)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return true
    throw cause
  }
  if (statSync(aside).mtimeMs < since) {
    rmSync(aside)
    return true
  }
  renameSync(aside, path)
  return false
}
