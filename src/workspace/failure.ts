import { Schema } from "effect"
import type { StoreFailure } from "../store/failure.ts"
import { toType } from "./command-to-type.ts"

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

const ELSEWHERE = "name another folder with --cache DIR"
/** What to do where the system refuses, by its name of the reason. */
const REMEDIES: Readonly<Record<string, () => string>> = {
  EROFS: () =>
    `the file system of that folder is mounted read-only: what is there can be asked for, but nothing new can be kept there; mount it so that it can be written to, or ${ELSEWHERE}`,
  EACCES: () => `whoever runs this may not do that there: change the permissions of that folder, or ${ELSEWHERE}`,
  EPERM: () => `whoever runs this may not do that there: change the permissions of that folder, or ${ELSEWHERE}`,
  ENOSPC: () => `the file system of that folder is full: make room there (${toType("gc")} tells what can be freed), or ${ELSEWHERE}`,
  EDQUOT: () => `what you may store there is used up: make room there (${toType("gc")} tells what can be freed), or ${ELSEWHERE}`
}

/** The operating system refuses what the cache needs. */
export const refused = (error: StoreFailure): CliFailure =>
  usage("store", `${error.message}; ${REMEDIES[error.errno ?? ""]?.() ?? `mend that, or ${ELSEWHERE}`}. What was committed before is kept`)
