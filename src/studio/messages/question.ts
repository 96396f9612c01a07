/** What the page may ask of the server: each question by its name, with what it says and what is answered, both as Schemas. */
import { Schema } from "effect"

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

/** What is wrong, all of it together: what the command line prints, with a status other than 200. */
export const Failure = Schema.Struct({
  errors: Schema.Array(Schema.Struct({ code: Schema.String, message: Schema.String, where: Schema.optionalKey(Schema.Unknown) }))
})
export type Failure = typeof Failure.Type

/** Nothing to say, or nothing to answer. */
export const Nothing = Schema.Record(Schema.String, Schema.Never)
