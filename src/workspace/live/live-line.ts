/** The lines of a file in `live/`: a head, and what has happened since, one event a line. */
import { Schema } from "effect"

/** The version of the form of these lines: files of another one are left alone. */
export const LIVE_VERSION = 1

/** Milliseconds since 1970. */
const Moment = Schema.Number
const Milliseconds = Schema.Number

/** One thing that is wrong or worth telling. */
export const Told = Schema.Struct({ code: Schema.String, message: Schema.String })
export type Told = typeof Told.Type

/** What became of a node in a run. */
export const SettledState = Schema.Literals(["ran", "fresh", "failed", "blocked", "skipped", "cancelled"])
export type SettledState = typeof SettledState.Type

export const LiveHead = Schema.Struct({
  live: Schema.Literal(LIVE_VERSION),
  run: Schema.String,
  /** When it began, milliseconds since 1970. */
  at: Moment,
  command: Schema.Array(Schema.String),
  studies: Schema.Array(Schema.String),
  /** How many nodes were stale or unknown then. */
  due: Schema.Int,
  pid: Schema.Int,
  /** Where the system tells it. */
  process: Schema.optionalKey(Schema.Struct({ place: Schema.String, pid: Schema.Int, started: Schema.String }))
})
export type LiveHead = typeof LiveHead.Type

const ofNode = { study: Schema.String, node: Schema.String, at: Moment }

/** A stage was started. */
export const NodeStarted = Schema.Struct({ event: Schema.Literal("node-started"), ...ofNode, /** Why it runs, in brief words. */ why: Schema.String })
/** So many attempts failed, of the last one these are the faults, and another one begins. */
export const NodeRetried = Schema.Struct({ event: Schema.Literal("node-retried"), ...ofNode, attempts: Schema.Int, faults: Schema.Array(Told) })
/** A node ran or failed. */
export const NodeFinished = Schema.Struct({
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
/** Of the nodes that were due, those that were settled without being run, one after the other: there may be thousands. */
export const NodesSettled = Schema.Struct({
  event: Schema.Literal("nodes-settled"),
  study: Schema.String,
  at: Moment,
  state: SettledState,
  nodes: Schema.Array(Schema.String)
})
const RunFinished = Schema.Struct({
  event: Schema.Literal("run-finished"),
  at: Moment,
  ms: Milliseconds,
  outcome: Schema.Literals(["ok", "failed", "interrupted"])
})

export const LiveLine = Schema.Union([NodeStarted, NodeRetried, NodeFinished, NodesSettled, RunFinished])
export type LiveLine = typeof LiveLine.Type
