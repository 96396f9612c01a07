import { statSync } from "node:fs"
import type { ObjectStore } from "../store/objects.ts"

export type Path = ObjectStore["Service"]["path"]

/** How many bytes artifacts have together, by what names them; undefined where one is no longer in the store. */
export const bytesOf = (artifacts: Readonly<Record<string, string>>, path: Path): number | undefined => {
  let sum = 0
  for (const artifact of Object.values(artifacts)) {
    const size = statSync(path(artifact), { throwIfNoEntry: false })?.size
    if (size === undefined) return undefined
    sum += size
  }
  return sum
}
