import { Schema } from "effect"
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
