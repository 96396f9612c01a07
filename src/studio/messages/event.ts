/** What the server tells the page unasked, as server-sent events: `GET /events`. */
import { Schema } from "effect"

/** Something that answers rest on is not what it was: ask again. */
const Changed = Schema.Struct({
  event: Schema.Literal("changed"),
  /** studies: dag.ts, what it imports, a source. store: artifacts, traces, runs. */
  what: Schema.Literals(["studies", "store"])
})

/** Milliseconds since 1970, by the clock of the machine that the studio runs on. */
const Moment = Schema.Number
const Milliseconds = Schema.Number

/** One thing that is wrong or worth telling. */
export const Told = Schema.Struct({ code: Schema.String, message: Schema.String })
export type Told = typeof Told.Type

/** What became of a node in a run. */
export const SettledState = Schema.Literals(["ran", "fresh", "failed", "blocked", "skipped", "cancelled"])
export type SettledState = typeof SettledState.Type

const ofNode = { run: Schema.String, study: Schema.String, node: Schema.String, at: Moment }

/** A stage was started. */
const NodeStarted = Schema.Struct({ event: Schema.Literal("node-started"), ...ofNode, /** Why it runs, in brief words. */ why: Schema.String })
/** So many attempts failed, of the last one these are the faults, and another one begins. */
const NodeRetried = Schema.Struct({ event: Schema.Literal("node-retried"), ...ofNode, attempts: Schema.Int, faults: Schema.Array(Told) })
/** A node ran or failed. */
const NodeFinished = Schema.Struct({
  event: Schema.Literal("node-finished"),
  ...ofNode,
  state: SettledState,
  ms: Milliseconds,
  /** It ran, and at least one of its artifacts is not what it was. */
  changed: Schema.Boolean,
  why: Schema.String,
  warnings: Schema.Array(Told),
  faults: Schema.Array(Told)
})
/** Nodes that were settled without being run: there may be thousands at once. */
const NodesSettled = Schema.Struct({
  event: Schema.Literal("nodes-settled"),
  run: Schema.String,
  study: Schema.String,
  at: Moment,
  state: SettledState,
  nodes: Schema.Array(Schema.String)
})

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

export const StudioEvent = Schema.Union([Changed, RunStarted, NodeStarted, NodeRetried, NodeFinished, NodesSettled, RunFinished])
export type StudioEvent = typeof StudioEvent.Type

/** One server-sent message: what happened within a few hundredths of a second, in order. Its id is `STUDIO-N`: N goes up by one a message, and another STUDIO is one that was started since. Where one is missing, ask `underway` and all else again. */
export const StudioEvents = Schema.Array(StudioEvent)
