import { randomBytes } from "node:crypto"
import { renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { makeFolder } from "./folder.ts"

/** Puts a file in the place of the one that is there, if one is: a reader sees the old one or the new one, whole. Not synced: for what can be made again. */
export const replaceFile = (path: string, content: string | Uint8Array): void => {
  makeFolder(dirname(path))
  // Processes of two machines that share the folder may have one number.
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`
  try {
    writeFileSync(temporary, content)
    renameSync(temporary, path)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
}
