import type { Effect } from "effect"
import type { ObjectStore } from "../../store/objects.ts"
import type { RunHistory } from "../../store/runs.ts"
import type { TraceIndex } from "../../store/traces.ts"
import type { CliFailure } from "../../workspace/failure.ts"
import type { Question } from "../messages/question.ts"
import type { Studies } from "./studies.ts"

/** What an answer may ask of: the studies as they are today, and the store as it was when it was last told of. */
export type Known = Studies | ObjectStore | TraceIndex | RunHistory

/** An answer to each of some questions. */
export type AnswersTo<Q extends Readonly<Record<string, Question>>> = {
  readonly [Name in keyof Q]: (asked: Q[Name]["asks"]["Type"]) => Effect.Effect<Q[Name]["answer"]["Type"], CliFailure, Known>
}
