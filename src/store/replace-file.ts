import { randomBytes } from "node:crypto"
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { makeFolder } from "./folder.ts"

/** What a file is to hold: whole, or piece by piece. */
export type FileContent = string | Uint8Array | Iterable<string | Uint8Array>

/** Writes content to a path in the place of whatever stood there before. */
export const writeContent = (path: string, content: FileContent): void => {
  const file = openSync(path, "w")
  try {
    for (const piece of typeof content === "string" || content instanceof Uint8Array ? [content] : content) writeFileSync(file, piece)
  } finally {
    closeSync(file)
  }
}

/** Puts a file in the place of the one that is there, if one is: a reader sees the old one or the new one, whole. Not synced: for what can be made again. */
export const replaceFile = (path: string, content: FileContent): void => {
  makeFolder(dirname(path))
  // Processes of two machines that share the folder may have one number.
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`
  try {
    writeContent(temporary, content)
    renameSync(temporary, path)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
}
