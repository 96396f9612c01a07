/** The files of a study's folder, as it is today. */
import { hash } from "node:crypto"
import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs"
import { join, sep } from "node:path"
import type { FolderWire } from "../dag/dag.ts"
import { fitsPattern, patternDepth } from "../dag/file-pattern.ts"

/** What lies in a folder, with the files that may not be taken from it. Paths count from it, with / between names, in the order of their characters. */
export interface FolderListing {
  readonly files: ReadonlyArray<string>
  readonly refused: NonNullable<FolderWire["refused"]>
  /** Every folder that was looked into, from it; the first is "". */
  readonly lookedInto: ReadonlyArray<string>
}

/** Hidden files, those by which Excel and others mark one that is open (`~$2003.xlsx`), and what file managers put beside: none of them is data. */
const isNoData = (name: string): boolean => /^(\.|~\$)|^(thumbs\.db|desktop\.ini)$/i.test(name)

const byCharacters = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const entriesOf = (folder: string): ReadonlyArray<Dirent> | undefined => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !isNoData(name))
      .sort((a, b) => byCharacters(a.name, b.name))
  } catch {
    return undefined
  }
}

/** A text that is the same while a folder has the same files and folders in it; undefined where there is no folder that can be read. */
export const folderIdentity = (folder: string): string | undefined => {
  const entries = entriesOf(folder)
  return entries && hash("sha256", JSON.stringify(entries.map((entry) => [entry.name, entry.isDirectory(), entry.isSymbolicLink()])))
}

const isInside = (path: string, folder: string): boolean => path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** What a link is taken for: a file, nothing, or one that is refused, since what lies elsewhere is not the study's to give away. */
const linkedFile = (path: string, root: string): "file" | "nothing" | "outside" | "broken" => {
  try {
    const real = realpathSync.native(path)
    if (!statSync(real).isFile()) return "nothing"
    return isInside(real, root) ? "file" : "outside"
  } catch {
    return "broken"
  }
}

/** The files in `folder` that fit `match`; undefined where there is no such folder. Folders that are links are not looked into. */
export const listFolder = (folder: string, match: string): FolderListing | undefined => {
  let root: string
  try {
    root = realpathSync.native(folder)
  } catch {
    return undefined
  }
  const fits = fitsPattern(match)
  const depth = patternDepth(match)
  const files: Array<string> = []
  const refused: Array<{ readonly file: string; readonly link: "outside" | "broken" }> = []
  const lookedInto: Array<string> = []
  const look = (below: string, level: number): boolean => {
    const entries = entriesOf(join(root, below))
    if (entries === undefined) return false
    lookedInto.push(below)
    for (const entry of entries) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) {
        if (level < depth) look(path, level + 1)
        continue
      }
      if (!fits(path)) continue
      const found = entry.isSymbolicLink() ? linkedFile(join(root, path), root) : entry.isFile() ? "file" : "nothing"
      if (found === "file") files.push(path)
      else if (found !== "nothing") refused.push({ file: path, link: found })
    }
    return true
  }
  if (!look("", 0)) return undefined
  return { files: files.sort(byCharacters), refused: refused.sort((a, b) => byCharacters(a.file, b.file)), lookedInto }
}

/** Some of what lies in a folder, for who looked for something else there. */
export const someOf = (folder: string): ReadonlyArray<string> | undefined => entriesOf(folder)?.map((entry) => `${entry.name}${entry.isDirectory() ? "/" : ""}`)
