import { writeFileSync } from "node:fs"
import { Effect } from "effect"
import { type CliFailure, usage } from "./failure.ts"

/** Writes what `-o FILE` asks for. */
export const writeOutput = (file: string, content: string | Uint8Array): Effect.Effect<void, CliFailure> =>
  Effect.try({
    try: () => writeFileSync(file, content),
    catch: (error) => usage("output", `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`)
  })
