/** What a run would do, without doing it. */
import { Schema } from "effect"
import { question } from "./question.ts"

export const dryRunQuestions = {
  "dry-run": question(
    /** The study's nodes by name; none: all that the study is for. */
    Schema.Struct({ study: Schema.String, nodes: Schema.Array(Schema.String) }),
    Schema.Struct({
      /** The nodes that were asked for. */
      targets: Schema.Array(Schema.String),
      /** What is not fresh of them and of all that they rest on, inputs first. */
      nodes: Schema.Array(
        Schema.Struct({
          node: Schema.String,
          /** stale: it runs. unknown: it runs unless its inputs come out the same. skipped: its program is not there. blocked: it, or what it rests on, cannot run. */
          state: Schema.Literals(["stale", "unknown", "skipped", "blocked"]),
          /** In brief words. */
          why: Schema.String,
          /** What it is expected to take; null where nothing like it has run. */
          ms: Schema.NullOr(Schema.Number)
        })
      ),
      fresh: Schema.Int,
      /** What keeps the blocked ones from running: a sentence each. */
      faults: Schema.Array(Schema.String),
      /** Work in milliseconds: of the stale nodes, and with the unknown ones too. `untimed`: how many of each are not counted, since nothing like them has run. */
      estimate: Schema.Struct({
        ms: Schema.Number,
        upTo: Schema.Number,
        untimed: Schema.Struct({ stale: Schema.Int, unknown: Schema.Int })
      })
    })
  )
}
