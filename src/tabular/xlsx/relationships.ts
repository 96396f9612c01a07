import { lastWord, relationshipsRoot } from "./ooxml-names.ts"
import type { WorkbookPackage } from "./workbook-package.ts"

export interface Relationship {
  readonly id: string
  /** `worksheet`, `sharedStrings`, … */
  readonly type: string
  /** The part's name from the root of the zip; undefined where it lies outside of the file. */
  readonly part: string | undefined
}

/** A target from the folder of the part that names it; undefined where it leads out of the zip. */
const resolve = (folder: string, target: string): string | undefined => {
  const steps: Array<string> = []
  for (const step of (target.startsWith("/") ? target : `${folder}/${target}`).replaceAll("\\", "/").split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return undefined
    } else if (step !== "" && step !== ".") steps.push(step)
  }
  return steps.join("/")
}

const folderOf = (part: string): string => part.slice(0, Math.max(0, part.lastIndexOf("/")))

/** What a part refers to (ECMA-376 part 2, 6.5); "" is the whole zip. Empty where the file has no such list. */
export const relationshipsOf = (file: WorkbookPackage, part: string): ReadonlyArray<Relationship> => {
  const folder = folderOf(part)
  const list = `${folder === "" ? "" : `${folder}/`}_rels/${part.slice(folder === "" ? 0 : folder.length + 1)}.rels`
  if (!file.has(list)) return []
  const found: Array<Relationship> = []
  file.readAll(list, relationshipsRoot, {
    open: (name, { Id, Target, TargetMode, Type }, depth) => {
      if (depth !== 1 || name !== "Relationship" || Id === undefined || Target === undefined || Type === undefined) return
      const outside = TargetMode === "External"
      found.push({ id: Id, type: lastWord(Type), part: outside ? undefined : resolve(folder, Target) })
    }
  })
  return found
}
