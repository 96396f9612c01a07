import { Schema } from "effect"
import { type Failure, readReply } from "../messages/question.ts"
import { type Answer, type Asks, type Questions, questions } from "../messages/questions.ts"

/** The server refused, or failed: all that is wrong, each with a code and a sentence. */
export class AskFailure extends Error {
  readonly errors: Failure["errors"]
  constructor(errors: Failure["errors"]) {
    super(errors.map(({ message }) => message).join("\n"))
    this.name = "AskFailure"
    this.errors = errors
  }
}

/** Asks the server. Rejects with an AskFailure, or with the signal's reason where it was taken back. */
export const ask = async <Name extends keyof Questions>(name: Name, asked: Asks<Name>, signal?: AbortSignal): Promise<Answer<Name>> => {
  const question = questions[name]
  const body = JSON.stringify(Schema.encodeUnknownSync(question.asks as Schema.Codec<unknown, unknown>)(asked))
  let response: Response
  try {
    response = await fetch(`/ask/${name}`, { method: "POST", headers: { "content-type": "application/json" }, body, ...(signal ? { signal } : {}) })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new AskFailure([{ code: "away", message: "the studio does not answer: look whether its command still runs" }])
  }
  let reply: ReturnType<typeof readReply>
  const text = await response.text()
  try {
    reply = readReply(question, text)
  } catch (error) {
    if (response.ok) throw error
    throw new AskFailure([{ code: "no-answer", message: `the studio answered with status ${response.status}` }])
  }
  if ("errors" in reply) throw new AskFailure(reply.errors)
  return reply.answer as Answer<Name>
}
