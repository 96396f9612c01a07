/** Folders whose entries outlive a power cut. */
import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs"
import { open } from "node:fs/promises"
import { dirname } from "node:path"

/** Makes a folder and those above it; gives every folder whose entries changed by that, for `syncFolder`. */
export const makeFolder = (path: string): ReadonlyArray<string> => {
  const first = mkdirSync(path, { recursive: true })
  if (first === undefined) return []
  const changed: Array<string> = []
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) changed.push(dirname(folder))
  return changed
}

/** Makes a folder's entries durable. Windows opens no folders, and needs none of this. */
export const syncFolder = (path: string): void => {
  if (process.platform === "win32") return
  const handle = openSync(path, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The same, without waiting for the disk in this thread. A folder that may not be read cannot be synced by us: whoever made it has to. */
export const syncFolderLater = async (path: string): Promise<void> => {
  if (process.platform === "win32") return
  const handle = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EACCES") throw cause
  })
  await handle?.sync().finally(() => handle.close())
}
