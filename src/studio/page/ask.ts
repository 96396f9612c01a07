import { Schema } from "effect"
import { Failure } from "../messages/question.ts"
import { type Answer, type Asks, type Questions, questions } from "../messages/questions.ts"

/** The server refused, or failed: all that is wrong, each with a code and a sentence. */
export class AskFailure extends Error {
  readonly status: number
  readonly errors: Failure["errors"]
  constructor(status: number, errors: Failure["errors"]) {
    super(errors.map(({ message }) => message).join("\n"))
    this.name = "AskFailure"
    this.status = status
    this.errors = errors
  }
}

const failureIn = (status: number, text: string): AskFailure => {
  try {
    return new AskFailure(status, Schema.decodeUnknownSync(Failure)(JSON.parse(text)).errors)
  } catch {
    return new AskFailure(status, [{ code: "no-answer", message: `the studio answered with status ${status}` }])
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
    throw new AskFailure(0, [{ code: "away", message: "the studio does not answer: look whether its command still runs" }])
  }
  const text = await response.text()
  if (!response.ok) throw failureIn(response.status, text)
  return Schema.decodeUnknownSync(question.answer as Schema.Codec<unknown, unknown>)(JSON.parse(text)) as Answer<Name>
}
