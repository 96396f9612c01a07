/** Whole results of queries, and artifacts to be downloaded, as files in a folder of the studio's own until they are fetched. */
import { createReadStream, fstatSync, mkdtempSync, openSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Readable } from "node:stream"

/** How long a file can be fetched. */
const KEPT = 10 * 60_000

/** A folder that nobody else reads. */
export const makeResultsFolder = (): string => mkdtempSync(join(tmpdir(), "sediment-studio-"))

/** Removes the files that have been there for a while. */
export const forgetOldResults = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > KEPT) rmSync(path, { force: true })
  }
}

const TYPES = {
  csv: "text/csv; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.file",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  dta: "application/x-stata-dta",
  json: "application/json"
} as const

/** The result of a name that the studio has given: 128 random bits and an ending, so that no name leads out of the folder. */
export const resultFile = (folder: string, name: string): { readonly type: string; readonly bytes: number; readonly content: Readable } | undefined => {
  const [, ending] = /^[0-9a-f]{32}\.(csv|parquet|arrow|xlsx|dta|json)$/.exec(name) ?? []
  if (ending === undefined) return undefined
  try {
    const fd = openSync(join(folder, name), "r")
    const content = createReadStream("", { fd })
    return { type: TYPES[ending as keyof typeof TYPES], bytes: fstatSync(fd).size, content }
  } catch {
    return undefined
  }
}
