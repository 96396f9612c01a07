/** The lines of a file in `live/`: a head, and what has happened since, one event a line. */
import { Schema } from "effect"

/** The version of the form of these lines: files of another one are left alone. */
export const LIVE_VERSION = 1

const Moment = Schema.Number
const Told = Schema.Struct({ code: Schema.String, message: Schema.String })

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
const SettledState = Schema.Literals(["ran", "fresh", "failed", "blocked", "skipped", "cancelled"])

export const LiveLine = Schema.Union([
  Schema.Struct({ event: Schema.Literal("node-started"), ...ofNode, why: Schema.String }),
  Schema.Struct({ event: Schema.Literal("node-retried"), ...ofNode, attempts: Schema.Int, faults: Schema.Array(Told) }),
  Schema.Struct({
    event: Schema.Literal("node-finished"),
    ...ofNode,
    state: SettledState,
    ms: Schema.Number,
    changed: Schema.Boolean,
    why: Schema.String,
    warnings: Schema.Array(Told),
    faults: Schema.Array(Told)
  }),
  /** Of the nodes that were due, those that were settled without being run, one after the other. */
  Schema.Struct({
    event: Schema.Literal("nodes-settled"),
    study: Schema.String,
    at: Moment,
    state: SettledState,
    nodes: Schema.Array(Schema.String)
  }),
  Schema.Struct({ event: Schema.Literal("run-finished"), at: Moment, ms: Schema.Number, outcome: Schema.Literals(["ok", "failed", "interrupted"]) })
])
export type LiveLine = typeof LiveLine.Type
