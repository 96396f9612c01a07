import { randomBytes } from "node:crypto"
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { Effect } from "effect"
import { type CliFailure, usage } from "./failure.ts"

const put = (file: string, content: string | Uint8Array): void => {
  const standing = statSync(file, { throwIfNoEntry: false })
  // What is no file, /dev/stdout, is written into as it is.
  if (standing !== undefined && !standing.isFile()) {
    writeFileSync(file, content)
    return
  }
  const place = standing === undefined ? file : realpathSync(file)
  const temporary = `${place}.${randomBytes(6).toString("hex")}.tmp`
  try {
    writeFileSync(temporary, content)
    renameSync(temporary, place)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
}

/** Writes what `-o FILE` asks for: all of it, or nothing, and then what stood there before stands there still. */
export const writeOutput = (file: string, content: string | Uint8Array): Effect.Effect<void, CliFailure> =>
  Effect.try({
    try: () => put(file, content),
    catch: (error) => usage("output", `cannot write ${file}: ${(error instanceof Error ? error.message : String(error)).replace(/\.[0-9a-f]{12}\.tmp\b/g, "")}`)
  })
