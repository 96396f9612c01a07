/** The segments of a log as files. */
import { randomBytes } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { isGone } from "./network-file.ts"

export interface SegmentFile {
  readonly name: string
  readonly bytes: Buffer
  /** When it was last written to, before it was read; milliseconds since 1970. */
  readonly modified: number
}

/** The names of a log's segments, sorted. */
export const segmentsIn = (folder: string): ReadonlyArray<string> =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => (entry.name.endsWith(".log") && !entry.isDirectory() ? [entry.name] : []))
        .sort()
    : []

const readSegment = (folder: string, name: string): SegmentFile | undefined => {
  try {
    const path = join(folder, name)
    const modified = statSync(path).mtimeMs
    return { name, bytes: readFileSync(path), modified }
  } catch (cause) {
    if (isGone(cause)) return undefined
    throw cause
  }
}

/** All segments, by name. Where gc puts one in the place of others meanwhile, the folder is looked at again: those are gone only when that one is there. */
export const readSegmentFiles = (folder: string): ReadonlyArray<SegmentFile> => {
  const tried = new Map<string, SegmentFile | undefined>()
  for (let names = segmentsIn(folder); names.some((name) => !tried.has(name)); names = segmentsIn(folder))
    for (const name of names) if (!tried.has(name)) tried.set(name, readSegment(folder, name))
  return [...tried.values()].filter((file) => file !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A name for a further segment that sorts after another one, and after all that were named after that before. */
export const nameAfter = (segment: string): string =>
  `${segment.replace(/(~[^~]*)?\.log$/, "")}~${Date.now().toString(36).padStart(9, "0")}${randomBytes(4).toString("hex")}.log`
