import type { CliError } from "../workspace/failure.ts"

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
