import { type Zippable, zipSync } from "fflate"

const UNIX = 3
const REGULAR_FILE = 0o100644

/** A zip archive, the same bytes for the same files: sorted by path, of one time. Throws where a path would lead out of the folder that it is unpacked to. */
export const zipped = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  // The first day that a zip can tell, in local time, in which zips are.
  const mtime = new Date(1980, 0, 1)
  const entries: Zippable = {}
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (path.startsWith("/") || path.includes("\\") || path.split("/").some((part) => part === ".." || part === "." || part === ""))
      throw new RangeError(`"${path}" is not a path below the package`)
    entries[path] = [bytes, { level: 9, mtime, os: UNIX, attrs: REGULAR_FILE << 16 }]
  }
  return zipSync(entries)
}
