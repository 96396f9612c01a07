/** Folders whose entries outlive a power cut. */
import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from "node:fs"
import { open } from "node:fs/promises"
import { dirname } from "node:path"

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/**
 * Makes a folder and those above it; gives every folder whose entries changed by that, for `syncFolder`. One after another: where the system refuses to make
 * several at once, as on a read-only disk, Node tells that there are none, and not why.
 */
export const makeFolder = (path: string): ReadonlyArray<string> => {
  const above = dirname(path)
  const make = (): ReadonlyArray<string> => {
    try {
      mkdirSync(path)
      return [above]
    } catch (cause) {
      // It was there, or another process has made it meanwhile.
      if (isFolder(path)) return []
      throw cause
    }
  }
  if (isFolder(path)) return []
  if (above === path || isFolder(above)) return make()
  const changed = makeFolder(above)
  return [...make(), ...changed]
}

/** Some file systems, of networks above all, sync no folders: what is renamed in them is as durable as it will be. */
const notRefused = (cause: unknown): void => {
  if (!["EINVAL", "EBADF", "ENOTSUP", "ENOSYS"].includes((cause as NodeJS.ErrnoException).code ?? "")) throw cause
}

/** Makes a folder's entries durable. Windows opens no folders, and needs none of this. */
export const syncFolder = (path: string): void => {
  if (process.platform === "win32") return
  const handle = openSync(path, "r")
  try {
    fsyncSync(handle)
  } catch (cause) {
    notRefused(cause)
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
  await handle
    ?.sync()
    .catch(notRefused)
    .finally(() => handle.close())
}
