/** What is asked of runs: which go on, to start one, to end one. Answered where runs are followed. */
import { Schema } from "effect"
import { UnderwayRun } from "./event.ts"
import { action, Nothing, question } from "./question.ts"

export const runsQuestions = {
  /** The runs that go on, whoever started them. `now`: milliseconds since 1970 by the clock of their moments. `told`: the number of the last message that told what is in this answer. */
  underway: question(Nothing, Schema.Struct({ now: Schema.Number, told: Schema.Int, runs: Schema.Array(UnderwayRun) })),
  /**
   * Starts a run, and answers when it has begun, or is over; refused with what is wrong with the study. One of a study of which a run goes on is refused
   * (code `underway`).
   */
  run: action(
    Schema.Struct({
      study: Schema.String,
      /** The study's nodes by name; none: all that the study is for. */
      nodes: Schema.Array(Schema.String),
      /** After a failure, run all that does not rest on it. Default: true. */
      keepGoing: Schema.optionalKey(Schema.Boolean),
      /** Nodes at a time. Default: as many as the machine has processors. */
      jobs: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 })))
    }),
    Schema.Struct({
      /** nothing-to-do: every node was fresh. over: it was over before it was seen to begin; the history has it. */
      state: Schema.Literals(["begun", "nothing-to-do", "over"]),
      run: Schema.String
    })
  ),
  /** Ends a run: by `interrupt` as Ctrl-C does, once however often it is asked for, so that what ran is kept; by `kill` at once. */
  cancel: action(Schema.Struct({ run: Schema.String, how: Schema.Literals(["interrupt", "kill"]) }), Nothing)
}
