import { writeFileSync } from "node:fs"
import { Effect, Schema } from "effect"
import type { StoreFailure } from "../store/failure.ts"

/** One thing that went wrong, as `--json` prints it. */
export interface CliError {
  readonly code: string
  readonly message: string
  readonly where?: unknown
}

/** The user's input or usage is at fault (exit code 2), or what was asked for failed (1). */
export class CliFailure extends Schema.TaggedError<CliFailure>()("CliFailure", {
  exitCode: Schema.Literals([1, 2]),
  errors: Schema.Array(Schema.Struct({ code: Schema.String, message: Schema.String, where: Schema.optionalKey(Schema.Unknown) }))
}) {
  override get message(): string {
    return this.errors.map((error) => error.message).join("\n")
  }
}
export const usage = (code: string, message: string, where?: unknown): CliFailure =>
  new CliFailure({ exitCode: 2, errors: [where === undefined ? { code, message } : { code, message, where }] })

/** The operating system refuses what the cache needs. */
export const refused = (error: StoreFailure): CliFailure =>
  usage("store", `${error.message}; mend that or make room there, or name another folder with --cache DIR. What was committed before is kept`)

/** Writes what `-o FILE` asks for. */
export const writeOutput = (file: string, content: string | Uint8Array): Effect.Effect<void, CliFailure> =>
  Effect.try({
    try: () => writeFileSync(file, content),
    catch: (error) => usage("output", `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`)
  })

let printed = false
/** Prints the one document of a `--json` call. */
export const printDocument = (document: Readonly<Record<string, unknown>>): void => {
  printed = true
  process.stdout.write(`${JSON.stringify({ version: 1, ...document })}\n`)
}

/** Whether this call has printed its document. */
export const hasDocument = (): boolean => printed

/** The documents of this call are printed by the runs that it starts: it prints none of its own. */
export const leaveDocumentsToRuns = (): void => {
  printed = true
}

/** Prints a failure: as the document that `--json` promises, if none was printed yet, or else in words to stderr. */
export const printFailure = (errors: ReadonlyArray<CliError>, json: boolean): void => {
  if (json && !printed) printDocument({ ok: false, errors })
  else for (const error of errors) process.stderr.write(`sediment: ${error.message}\n`)
}
