import { Cause, Effect, Exit, Option } from "effect"
import { decode } from "../../dag/decode.ts"
import { type CliError, CliFailure } from "../../workspace/failure.ts"
import { type Question, writeAnswer } from "../messages/question.ts"
import type { Reply } from "./thread-protocol.ts"

/** What is wrong, as the page and whoever asks by hand read it. */
export const refusal = (status: number, errors: ReadonlyArray<CliError>): Reply => ({ status, body: JSON.stringify({ errors }) })

const defect = (cause: Cause.Cause<unknown>): Reply => refusal(500, [{ code: "defect", message: `this is a fault of Sediment itself: ${Cause.pretty(cause)}` }])

/** What a failure of an effect is told as. A browser reports each status but 200 as an error of the page: that a node never ran, or a filter has a slip, is none. */
const failureReply = (cause: Cause.Cause<unknown>): Reply => {
  const error = cause.reasons.find((reason) => reason._tag === "Fail")?.error
  return error instanceof CliFailure ? refusal(200, error.errors) : defect(cause)
}

/** Reads what is asked, has it answered, and writes the answer. Never fails: what goes wrong is a reply too. */
export const replyTo = <R>(
  name: string,
  question: Question,
  asked: string,
  answer: (asked: never) => Effect.Effect<unknown, CliFailure, R>
): Effect.Effect<Reply, never, R> =>
  Effect.gen(function* () {
    const json = yield* Effect.option(Effect.try(() => JSON.parse(asked) as unknown))
    if (Option.isNone(json)) return refusal(400, [{ code: "not-json", message: `${name} is asked with JSON, and this is none` }])
    // What is nested a hundred thousand times is JSON, and more than can be told of.
    const read = yield* Effect.option(Effect.try(() => decode(question.asks, json.value)))
    if (Option.isNone(read)) return refusal(400, [{ code: "asked", message: `${name}: what is asked is nested too deeply` }])
    const { faults, value } = read.value
    if (value === undefined)
      return refusal(
        400,
        faults.map(({ message, path }) => ({ code: "asked", message: `${name}${path === "" ? "" : `, ${path}`}: ${message}`, where: { path } }))
      )
    const exit = yield* Effect.exit(Effect.suspend(() => answer(value as never)))
    if (Exit.isFailure(exit)) return failureReply(exit.cause)
    return { status: 200, body: yield* Effect.orDie(writeAnswer(question, exit.value)) }
  }).pipe(Effect.catchCause((cause) => Effect.succeed(defect(cause))))
