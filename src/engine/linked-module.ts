/** A study's linked module as a file, named by the SHA-256 of its text: this process and its worker threads import it from there. */
import { hash } from "node:crypto"
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { replaceFile } from "../store/replace-file.ts"

/** Tells gc that a file is relied on anew. */
export const touch = (path: string): void => {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // Where nothing can be changed, nothing is deleted either.
  }
}

/** The text of the module at a path, if it is the one of this name. It is read: damage that keeps size and times would leave wrong results under the right names. */
export const readModule = (path: string, name: string): string | undefined => {
  try {
    const text = readFileSync(path, "utf8")
    return hash("sha256", text) === name ? text : undefined
  } catch {
    return undefined
  }
}

const write = (path: string, text: string, sourceMap: object): string => {
  if (readModule(path, hash("sha256", text)) === text) touch(path)
  else replaceFile(path, text)
  try {
    replaceFile(`${path}.map`, JSON.stringify(sourceMap))
  } catch {
    // Without it an error names a line of the module.
  }
  return path
}

/** By which the system says that a place that may well be a cache is not to be written to. A file where the cache should be is a mistake, and is told. */
const REFUSED = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EIO"])

/** Writes a module and its source map, and gives its path: in a folder that goes with this process where the system refuses that one. Throws where it refuses both. */
export const writeModule = (path: string, text: string, sourceMap: object): string => {
  try {
    return write(path, text, sourceMap)
  } catch (refusal) {
    if (!REFUSED.has((refusal as NodeJS.ErrnoException).code ?? "")) throw refusal
    try {
      const folder = mkdtempSync(join(tmpdir(), "sediment-module-"))
      process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
      return write(join(folder, basename(path)), text, sourceMap)
    } catch {
      throw refusal
    }
  }
}

/** Puts a module back where it is gone: gc, or a later edit of the study, may have swept it away since it was looked at, and who loads it next needs it. */
export const keeperOf = (path: string, text: string) => (): void => {
  if (!existsSync(path)) replaceFile(path, text)
}
