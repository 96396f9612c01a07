import { Schema } from "effect"
import { Failure, Nothing, question } from "./question.ts"

/** A study that the studio was opened with, or one of its branches. */
const StudyHead = Schema.Struct({
  study: Schema.String,
  /** The path of its dag.ts, as it was given. */
  file: Schema.String,
  /** The comment that dag.ts begins with. */
  about: Schema.String,
  nodes: Schema.Int
})
export type StudyHead = typeof StudyHead.Type

export const studiesQuestions = {
  /** The studies, and what may be done with them. `unreadable`: what is wrong with them as they stand today; all that is answered is then of what they were before. */
  studies: question(
    Nothing,
    Schema.Struct({ studies: Schema.Array(StudyHead), readOnly: Schema.Boolean, sediment: Schema.String, unreadable: Failure.fields.errors })
  )
}
