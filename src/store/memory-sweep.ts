import { rmSync } from "node:fs"
import { contentNameOf, unreferredIn } from "./leftovers.ts"

/** How many modules and graphs stay of which no study is remembered: one that was read a moment ago may yet be asked for its source map, or its nodes. */
const KEPT = 10

/** Takes away the older of the modules and graphs that edits have left behind: each edit makes some. */
export const sweepMemory = (remembered: string): void => {
  try {
    const byName = Map.groupBy(unreferredIn(remembered), ({ path }) => contentNameOf(path))
    const newestOf = (files: ReadonlyArray<{ readonly modified: number }>) => Math.max(...files.map(({ modified }) => modified))
    const newestFirst = [...byName.values()].sort((a, b) => newestOf(b) - newestOf(a))
    for (const { path } of newestFirst.slice(KEPT).flat()) rmSync(path, { force: true })
  } catch {
    // They are in nobody's way.
  }
}
