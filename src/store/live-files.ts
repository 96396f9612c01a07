/** Where runs tell what goes on in them, a file a run, for as long as it goes on. Nothing rests on these files: who reads none of them misses nothing that is kept. */
import { closeSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { isAlive, type ProcessMark } from "./process-mark.ts"

export const liveFolder = (cache: string): string => join(cache, "live")
const ENDING = ".ndjson"
export const liveFileName = (run: string): string => `${run}${ENDING}`

/** The names of the files in a cache's `live/`, sorted. */
export const liveFilesIn = (cache: string): ReadonlyArray<string> => {
  try {
    return readdirSync(liveFolder(cache))
      .filter((name) => name.endsWith(ENDING))
      .sort()
  } catch {
    return []
  }
}

/** What a file begins with is written at once, and is shorter than this. */
export const LONGEST_HEAD = 1 << 20
/** A file of a process that cannot be seen from here is left behind if nobody has written into it for so long. */
const SILENT_MS = 24 * 60 * 60 * 1000

/** The process that a file's first line names; undefined where that says nothing of it. */
const processIn = (path: string): ProcessMark | undefined => {
  const file = openSync(path, "r")
  try {
    const bytes = Buffer.alloc(Math.min(LONGEST_HEAD, statSync(path).size))
    const text = bytes.toString("utf8", 0, readSync(file, bytes))
    return (JSON.parse(text.slice(0, text.indexOf("\n"))) as { readonly process?: ProcessMark }).process
  } catch {
    return undefined
  } finally {
    closeSync(file)
  }
}

/** Whether the process that writes into a file is there; where that cannot be seen, or another one may have its number by now, whether it has lately. */
export const isWritten = (mark: ProcessMark | undefined, modified: number): boolean => {
  const alive = mark && isAlive(mark)
  return alive === undefined || (alive && mark?.started === "") ? Date.now() - modified < SILENT_MS : alive
}

/** Files of runs that were killed. */
export const deadLiveFiles = (cache: string): ReadonlyArray<{ readonly path: string; readonly bytes: number; readonly modified: number }> =>
  liveFilesIn(cache).flatMap((name) => {
    const path = join(liveFolder(cache), name)
    try {
      const { mtimeMs: modified, size: bytes } = statSync(path)
      return isWritten(processIn(path), modified) ? [] : [{ path, bytes, modified }]
    } catch {
      // Its run has ended meanwhile, or it is not ours to read.
      return []
    }
  })

/** Takes them away; one that may not be, or is gone by now, is in nobody's way. */
export const sweepLiveFiles = (cache: string): void => {
  for (const { path } of deadLiveFiles(cache))
    try {
      rmSync(path, { force: true })
    } catch {}
}
