/** What a folder of another machine does that a disk does not: docs/shared-store.md says on what the store counts there. */
import { closeSync, fstatSync, openSync, type Stats } from "node:fs"

/** Whether a file is not there: it never was, or (ESTALE) another machine has deleted it while it was open, or known, here. */
export const isGone = (cause: unknown): boolean => ["ENOENT", "ESTALE"].includes((cause as NodeJS.ErrnoException).code ?? "")

/**
 * What a file is at this moment; undefined where it is not there. A network file system answers stat from what it remembers, for up to a minute: when a file is opened, it asks
 * the server.
 */
export const statAnew = (path: string): Stats | undefined => {
  try {
    const handle = openSync(path, "r")
    try {
      return fstatSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    if (isGone(cause)) return undefined
    throw cause
  }
}
