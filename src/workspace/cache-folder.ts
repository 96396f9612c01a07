import { existsSync, lstatSync, readlinkSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { Effect } from "effect"
import { toType } from "./command-to-type.ts"
import { CliFailure, usage } from "./failure.ts"

const FROM_WHERE = "or name another folder with --cache DIR"

/** The folder of the cache that the flags name. */
export const cacheOf = (flags: { readonly cache: string }): string => resolve(flags.cache || process.env["SEDIMENT_CACHE"] || "cache")

/** What stands at a path where a folder must, if a folder may not be made there; in words. */
const inTheWay = (path: string): string | undefined => {
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there === undefined || statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined
  return there.isSymbolicLink() ? `a link to ${readlinkSync(path)}, where no folder is` : "a file"
}

/** Refuses a cache in which something else stands where one of its folders must, before anything is read or written. */
export const wellFormed = (cache: string): Effect.Effect<void, CliFailure> => {
  const own = inTheWay(cache)
  if (own !== undefined) return Effect.fail(usage("cache", `${cache} is ${own}: name a folder with --cache DIR`, { path: cache }))
  const errors = ["objects", "traces", "runs", "remembered"].flatMap((name) => {
    const path = join(cache, name)
    const what = inTheWay(path)
    return what === undefined
      ? []
      : [
          {
            code: "cache",
            message: `${path} is ${what}, and a cache has a folder there: move it away (what it stood for is made again), ${FROM_WHERE}`,
            where: { path }
          }
        ]
  })
  return errors.length === 0 ? Effect.void : Effect.fail(new CliFailure({ exitCode: 2, errors }))
}

/** The folder of the cache that the flags name, for those who ask what is in it: refused where there is none. */
export const existingCache = (flags: { readonly cache: string }): Effect.Effect<string, CliFailure> =>
  Effect.gen(function* () {
    const cache = cacheOf(flags)
    yield* wellFormed(cache)
    if (!["objects", "traces", "runs"].some((folder) => existsSync(join(cache, folder))))
      return yield* usage("no-cache", `there is no cache in ${cache}: ${toType("run")} makes one; ${FROM_WHERE}`, { path: cache })
    return cache
  })
