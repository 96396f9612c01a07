/** What the server tells the page unasked, as server-sent events: `GET /events`. */
import { Schema } from "effect"
import { NodeFinished, NodeRetried, NodeStarted, NodesSettled, SettledState, Told } from "../../workspace/live/live-line.ts"

export type { SettledState, Told } from "../../workspace/live/live-line.ts"

/** Something that answers rest on is not what it was: ask again. */
const Changed = Schema.Struct({
  event: Schema.Literal("changed"),
  /** studies: dag.ts, what it imports, a source. store: artifacts, traces, runs. */
  what: Schema.Literals(["studies", "store"])
})

/** Milliseconds since 1970, by the clock of the machine that the studio runs on. */
const Moment = Schema.Number
const Milliseconds = Schema.Number

/** A run that goes on, whoever started it, with all that is known of it so far. */
export const UnderwayRun = Schema.Struct({
  run: Schema.String,
  /** When it began. */
  at: Moment,
  command: Schema.Array(Schema.String),
  studies: Schema.Array(Schema.String),
  /** How many nodes were stale or unknown when it began. */
  due: Schema.Int,
  /** How many of these are settled. */
  done: Schema.Int,
  /** It was started from this studio. */
  fromHere: Schema.Boolean,
  /** Whether it can be told from here which process it is, so that it can be ended from the page. */
  canBeEnded: Schema.Boolean,
  running: Schema.Array(Schema.Struct({ study: Schema.String, node: Schema.String, at: Moment, attempts: Schema.Int })),
  settled: Schema.Array(Schema.Struct({ study: Schema.String, state: SettledState, nodes: Schema.Array(Schema.String) })),
  failures: Schema.Array(Schema.Struct({ study: Schema.String, node: Schema.String, faults: Schema.Array(Told) }))
})
export type UnderwayRun = typeof UnderwayRun.Type

const RunStarted = Schema.Struct({ event: Schema.Literal("run-started"), run: UnderwayRun })
const RunFinished = Schema.Struct({
  event: Schema.Literal("run-finished"),
  run: Schema.String,
  studies: Schema.Array(Schema.String),
  at: Moment,
  ms: Milliseconds,
  /** killed: its process is gone, and never said how it ended. */
  outcome: Schema.Literals(["ok", "failed", "interrupted", "killed"])
})

/** What a run tells of itself, with which one it is. */
const inRun = { run: Schema.String }

export const StudioEvent = Schema.Union([
  Changed,
  RunStarted,
  Schema.Struct({ ...NodeStarted.fields, ...inRun }),
  Schema.Struct({ ...NodeRetried.fields, ...inRun }),
  Schema.Struct({ ...NodeFinished.fields, ...inRun }),
  Schema.Struct({ ...NodesSettled.fields, ...inRun }),
  RunFinished
])
export type StudioEvent = typeof StudioEvent.Type

/** One server-sent message: what happened within a few hundredths of a second, in order. Its id is `STUDIO-N`: N goes up by one a message, and another STUDIO is one that was started since. Where one is missing, ask `underway` and all else again. */
export const StudioEvents = Schema.Array(StudioEvent)
