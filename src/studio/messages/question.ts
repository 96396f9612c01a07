/** What the page may ask of the server: each question by its name, with what it says and what is answered, both as Schemas. */
import { Effect, Schema } from "effect"

/** A Schema of something that needs no services to be read or written. */
export type Message = Schema.Codec<unknown, unknown>

export interface Question<Asks extends Message = Message, Answer extends Message = Message> {
  readonly asks: Asks
  readonly answer: Answer
  /** It does something: runs, writes, ends. Refused where the studio is read-only. */
  readonly acts: boolean
}

/** A question that changes nothing. */
export const question = <Asks extends Message, Answer extends Message>(asks: Asks, answer: Answer): Question<Asks, Answer> => ({ asks, answer, acts: false })
/** One that does something. */
export const action = <Asks extends Message, Answer extends Message>(asks: Asks, answer: Answer): Question<Asks, Answer> => ({ asks, answer, acts: true })

/** What is wrong, all of it together, as the command line prints it. */
export const Failure = Schema.Struct({
  errors: Schema.Array(Schema.Struct({ code: Schema.String, message: Schema.String, where: Schema.optionalKey(Schema.Unknown) }))
})
export type Failure = typeof Failure.Type

const Answered = Schema.Struct({ answer: Schema.Unknown })
const isAnswered = Schema.is(Answered)

/** What is sent back: `{ answer }`, or what is wrong. */
export const writeAnswer = ({ answer }: Question, given: unknown): Effect.Effect<string, Schema.SchemaError> =>
  Effect.map(Schema.encodeUnknownEffect(answer)(given), (encoded) => JSON.stringify({ answer: encoded }))

/** What was sent back. Throws where it is neither. */
export const readReply = <Q extends Question>(question: Q, body: string): { readonly answer: Q["answer"]["Type"] } | Failure => {
  const reply: unknown = JSON.parse(body)
  return isAnswered(reply) ? { answer: Schema.decodeUnknownSync(question.answer)(reply.answer) } : Schema.decodeUnknownSync(Failure)(reply)
}

/** Nothing to say, or nothing to answer. */
export const Nothing = Schema.Record(Schema.String, Schema.Never)
