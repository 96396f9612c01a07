/** Runs as strata: what each laid down, newest first. */
import { Schema } from "effect"
import { action, Nothing, question } from "../question.ts"

/**
 * What a run did with nodes, each of which is in one of these: `changed` (it ran, and is not what it was), `same` (it ran, and came out as it was), `found` (what it had been once before was found
 * again), `fresh`, `failed`, `blocked`, `skipped`, `cancelled`.
 */
export const layerStates = ["changed", "same", "found", "fresh", "failed", "blocked", "skipped", "cancelled"] as const
export const LayerState = Schema.Literals(layerStates)
export type LayerState = typeof LayerState.Type

export const Outcome = Schema.Literals(["ok", "failed", "interrupted", "running", "killed", "unfinished"])
export type Outcome = typeof Outcome.Type

const RunHead = Schema.Struct({
  run: Schema.String,
  /** Whether it was of the study itself or of a branch of it: its whole name. */
  study: Schema.String,
  /** When it began, milliseconds since 1970. */
  at: Schema.Number,
  outcome: Outcome,
  tag: Schema.optionalKey(Schema.String)
})

export const Stratum = Schema.Struct({
  ...RunHead.fields,
  ms: Schema.optionalKey(Schema.Number),
  /** The most memory of its process, in bytes. */
  memory: Schema.optionalKey(Schema.Number),
  command: Schema.String,
  /** The same where there is little room. */
  shortCommand: Schema.String,
  variant: Schema.String,
  /** How many nodes it looked at. */
  nodes: Schema.Int,
  /** How many came to each state, in the order of `layerStates`. */
  layers: Schema.Array(Schema.Int),
  /** How many of them came from the store that machines share. */
  shared: Schema.Int,
  /** What made nodes run, a sentence each: the first of them, and how many there are. */
  edits: Schema.Array(Schema.String),
  editsInAll: Schema.Int,
  /** Whether one is of a file: `run-edits` tells which cells of it. */
  ofFile: Schema.Boolean
})
export type Stratum = typeof Stratum.Type

const Window = {
  study: Schema.String,
  from: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 }))
}

/** Runs in which something ran; that did not come out well; that have a name; of branches. */
export const Only = Schema.Literals(["all", "ran", "failed", "named", "branches"])
export type Only = typeof Only.Type

const RunNode = Schema.Struct({
  node: Schema.String,
  state: LayerState,
  ms: Schema.optionalKey(Schema.Number),
  /** Why it ran, or why it failed. */
  why: Schema.Array(Schema.String)
})

export const strataQuestions = {
  /** So many runs from a position on, of the study and of its branches, and how many there are of those that are asked for, and of all. */
  strata: question(Schema.Struct({ ...Window, only: Only }), Schema.Struct({ runs: Schema.Array(Stratum), total: Schema.Int, inAll: Schema.Int })),
  /** Which runs touched which nodes. */
  "strata-map": question(
    Schema.Struct(Window),
    Schema.Struct({
      /** The position of the first. */
      from: Schema.Int,
      total: Schema.Int,
      runs: Schema.Array(RunHead),
      /** Those that any of the runs touched, inputs first. */
      nodes: Schema.Array(Schema.String),
      /** For each run pairs of a node's position and its state's, as one list. */
      touched: Schema.Array(Schema.Array(Schema.Int))
    })
  ),
  /** What a run did with each node that it touched. */
  "run-nodes": question(Schema.Struct({ study: Schema.String, run: Schema.String }), Schema.Struct({ ...Stratum.fields, touched: Schema.Array(RunNode) })),
  /** All edits that made a run's nodes what they are, a sentence each; of a file with the cells that changed. */
  "run-edits": question(Schema.Struct({ study: Schema.String, run: Schema.String }), Schema.Struct({ edits: Schema.Array(Schema.String) })),
  /** Gives a run a name, which keeps it from gc; an empty one takes it away. */
  "name-run": action(Schema.Struct({ study: Schema.String, run: Schema.String, name: Schema.String }), Nothing)
}
