import { statSync } from "node:fs"
import { Effect } from "effect"
import type { Executor } from "../../engine/executor.ts"
import type { Installation } from "../../engine/study.ts"
import { type Build, buildOf } from "../names.ts"

/** The installation was replaced or taken away while its worker works. */
export class Replaced extends Error {
  constructor() {
    super("the installation of this worker was replaced or taken away: start it anew")
  }
}

/** A look at the files that is cheap; undefined where one is not there. */
const lookAt = (installation: Installation): string | undefined => {
  try {
    return JSON.stringify(
      Object.values<URL>({ ...installation }).map((url) => {
        const { ctimeMs, ino, mtimeMs, size } = statSync(url)
        return [ctimeMs, ino, mtimeMs, size]
      })
    )
  } catch {
    return undefined
  }
}

/**
 * Gives what tells whether what is installed is still the build that this process began as. Threads, and modules of studies, load it late: after an upgrade in
 * place they would compute something else under this one's name.
 */
export const watchInstalled = (installation: Installation, { name }: Build): (() => boolean) => {
  let seen = lookAt(installation)
  return () => {
    const now = lookAt(installation)
    if (now !== undefined && now === seen) return true
    try {
      // The same files may have been written once more.
      if (now === undefined || buildOf(installation).name !== name) return false
    } catch {
      return false
    }
    seen = now
    return true
  }
}

/** An executor whose outcomes all come of one installation: it dies of `Replaced` where that is another when a task has come to its end. */
export const ofOneInstallation = (executor: Executor["Service"], isInstalled: () => boolean): Executor["Service"] => ({
  ...executor,
  execute: (...asked) => Effect.tap(executor.execute(...asked), () => (isInstalled() ? Effect.void : Effect.die(new Replaced())))
})
