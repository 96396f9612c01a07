/** A name for a cache folder, whichever path and machine it is seen from. */
import { randomBytes } from "node:crypto"
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { failure, type StoreFailure } from "./failure.ts"
import { makeFolder } from "./folder.ts"

const NAME = /^[0-9a-f]{16}\n$/

const read = (path: string): string | undefined => {
  try {
    const text = readFileSync(path, "utf8")
    return NAME.test(text) ? text.trim() : undefined
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw cause
  }
}

/** The name of a cache, which it is given when it is first asked for. Of two who ask at once, one gives it: a link is made once, on a network file system too. */
export const cacheIdentity = (cache: string): Effect.Effect<string, StoreFailure> => {
  const path = join(cache, "identity")
  return Effect.try({
    try: () => {
      const known = read(path)
      if (known !== undefined) return known
      makeFolder(cache)
      const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`
      writeFileSync(temporary, `${randomBytes(8).toString("hex")}\n`)
      try {
        linkSync(temporary, path)
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause
        // One that was cut off names nothing.
        if (read(path) === undefined) writeFileSync(path, readFileSync(temporary))
      } finally {
        rmSync(temporary, { force: true })
      }
      return read(path)!
    },
    catch: failure("name the cache in", path)
  })
}
