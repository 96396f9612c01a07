import { realpathSync, statSync } from "node:fs"
import { Effect } from "effect"
import { type FileContent, replaceFile, writeContent } from "../store/replace-file.ts"
import { type CliFailure, usage } from "../workspace/failure.ts"

const put = (file: string, content: FileContent): void => {
  const standing = statSync(file, { throwIfNoEntry: false })
  // What is no file, /dev/stdout, is written into as it is.
  if (standing !== undefined && !standing.isFile()) writeContent(file, content)
  else replaceFile(standing === undefined ? file : realpathSync(file), content)
}

/** Says which files `-o` has written; not on standard output, which may be one of them. */
export const tellWritten = (files: Iterable<string>): void => {
  process.stderr.write(`written: ${[...files].join(", ")}\n`)
}

/** Writes what `-o FILE` asks for, into a folder that is made where there is none: all of it, or nothing, and then what stood there before stands there still. */
export const writeOutput = (file: string, content: FileContent): Effect.Effect<void, CliFailure> =>
  Effect.try({
    try: () => put(file, content),
    catch: (error) => usage("output", `cannot write ${file}: ${(error instanceof Error ? error.message : String(error)).replace(/\.[0-9a-f]{12}\.tmp\b/g, "")}`)
  })
