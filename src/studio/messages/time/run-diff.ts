/** How two runs differ: the edits, the nodes, their tables, cells and estimates, and the path from an edit to any of them. */
import { Schema } from "effect"
import { question } from "../question.ts"
import { Outcome } from "./strata.ts"

/** One side of a comparison: a run by its name, tag, `latest`, or `latest~1`; of a branch with that behind it: `latest@reduced`. */
const Pair = { study: Schema.String, from: Schema.optionalKey(Schema.String), to: Schema.optionalKey(Schema.String) }

const Side = Schema.Struct({
  run: Schema.String,
  study: Schema.String,
  /** It as it is asked for. */
  reference: Schema.String,
  at: Schema.Number,
  command: Schema.String,
  /** The same where there is little room. */
  shortCommand: Schema.String,
  variant: Schema.String,
  outcome: Outcome,
  tag: Schema.optionalKey(Schema.String)
})
export type Side = typeof Side.Type

const Change = Schema.Literals(["changed", "same", "added", "removed", "failed", "blocked", "skipped", "recovered", "reached"])
export type Change = typeof Change.Type

const PathEdit = Schema.Struct({
  kind: Schema.Literals(["file", "code", "parameter", "seed", "program", "environment", "wiring", "new", "lost"]),
  text: Schema.String,
  /** Of a file, which of its cells, as far as what was read of it tells. */
  cells: Schema.optionalKey(Schema.String),
  /** The nodes that it touches itself, those of a map together. */
  touches: Schema.String
})
export type PathEdit = typeof PathEdit.Type

const Edit = Schema.Struct({
  ...PathEdit.fields,
  /** How many nodes rest on it and are not what they were. */
  disturbs: Schema.Int
})
export type Edit = typeof Edit.Type

const DiffNode = Schema.Struct({
  node: Schema.String,
  stage: Schema.String,
  change: Change,
  /** The edits that it rests on, as positions. */
  edits: Schema.Array(Schema.Int),
  /** What differs of it, in a line. */
  differs: Schema.String
})
export type DiffNode = typeof DiffNode.Type

const RunDiff = Schema.Struct({
  from: Side,
  to: Side,
  edits: Schema.Array(Edit),
  /** Inputs first. */
  nodes: Schema.Array(DiffNode),
  estimates: Schema.Struct({ differ: Schema.Int, flipped: Schema.Int, lost: Schema.Int, gained: Schema.Int, came: Schema.Int, went: Schema.Int }),
  /** Where the runs were not named: those that were passed over, since they did not come out well. */
  passedOver: Schema.Array(Side)
})
export type RunDiff = typeof RunDiff.Type

/** An estimate with the interval that its table has, in its own unit; null where there is none. */
const Estimate = Schema.NullOr(Schema.Struct({ estimate: Schema.Number, low: Schema.NullOr(Schema.Number), high: Schema.NullOr(Schema.Number) }))
const MovedEstimate = Schema.Struct({
  node: Schema.String,
  output: Schema.String,
  /** What it is an estimate of, in words; and the term alone. */
  of: Schema.String,
  term: Schema.String,
  before: Estimate,
  after: Estimate,
  /** With stars and standard errors, in so many digits that it shows what differs. */
  beforeText: Schema.String,
  afterText: Schema.String,
  /** What one standard error of before is, of after where there was none: what the chart is drawn in. */
  unit: Schema.NullOr(Schema.Number),
  /** In standard errors of before; negative: down. */
  moved: Schema.NullOr(Schema.Number),
  remark: Schema.String
})
export type MovedEstimate = typeof MovedEstimate.Type

const From = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 }))

const ChangedColumn = Schema.Struct({ column: Schema.String, cells: Schema.Int, at: Schema.String, before: Schema.String, after: Schema.String })
const OutputDetails = Schema.Struct({
  output: Schema.String,
  /** Why it could not be compared, or what else is to be told. */
  notes: Schema.Array(Schema.String),
  columns: Schema.Struct({
    added: Schema.Array(Schema.String),
    removed: Schema.Array(Schema.String),
    changed: Schema.Array(Schema.String),
    described: Schema.Array(Schema.String)
  }),
  rows: Schema.NullOr(
    Schema.Struct({
      before: Schema.Int,
      after: Schema.Int,
      changed: Schema.Int,
      key: Schema.Array(Schema.String),
      added: Schema.Int,
      removed: Schema.Int
    })
  ),
  cells: Schema.Array(ChangedColumn),
  estimates: Schema.Int
})
export type OutputDetails = typeof OutputDetails.Type

const PathStep = Schema.Struct({
  /** A node, or several of one map. */
  node: Schema.String,
  /** One of them to link to. */
  one: Schema.String,
  nodes: Schema.Int,
  stage: Schema.String,
  change: Change,
  /** How many steps lie between it and the farthest edit. */
  rank: Schema.Int,
  /** The edits that touch it itself, and all that it rests on, as positions in the path's. */
  own: Schema.Array(Schema.Int),
  rests: Schema.Array(Schema.Int),
  /** What it read that is not what it was. */
  reads: Schema.Array(
    Schema.Struct({ step: Schema.Int, columns: Schema.Array(ChangedColumn), /** How many there are, with those that are not told. */ inAll: Schema.Int })
  ),
  /** What of it is not what it was, where nothing on the path tells. */
  differs: Schema.String
})
export type PathStep = typeof PathStep.Type

export const runDiffQuestions = {
  /** Without two runs: of those that came out well, the newest that changed something and the one before it. */
  "run-diff": question(Schema.Struct(Pair), RunDiff),
  "run-diff-estimates": question(
    Schema.Struct({
      ...Pair,
      /** Only those that rest on this edit, or of this node. */
      edit: Schema.optionalKey(Schema.Int),
      node: Schema.optionalKey(Schema.String),
      /** What matters most first (of printed models before others), or what moved by the most standard errors. */
      by: Schema.Literals(["importance", "moved"]),
      start: From,
      count: Count
    }),
    Schema.Struct({ total: Schema.Int, estimates: Schema.Array(MovedEstimate) })
  ),
  "run-diff-node": question(
    Schema.Struct({ ...Pair, node: Schema.String }),
    Schema.Struct({
      node: Schema.String,
      stage: Schema.String,
      change: Change,
      why: Schema.Array(Schema.String),
      faults: Schema.Array(Schema.String),
      /** The runs in which what it has on either side was made. */
      madeBefore: Schema.optionalKey(Schema.String),
      madeAfter: Schema.optionalKey(Schema.String),
      outputs: Schema.Array(OutputDetails)
    })
  ),
  /** Rows that only the later run has (`added`), or only the earlier one (`removed`). */
  "run-diff-rows": question(
    Schema.Struct({ ...Pair, node: Schema.String, output: Schema.String, which: Schema.Literals(["added", "removed"]), start: From, count: Count }),
    Schema.Struct({ total: Schema.Int, rows: Schema.Array(Schema.String) })
  ),
  /** The cells of a column that differ, in rows that both have. */
  "run-diff-cells": question(
    Schema.Struct({
      ...Pair,
      node: Schema.String,
      output: Schema.String,
      column: Schema.String,
      by: Schema.Literals(["relative", "absolute", "row"]),
      start: From,
      count: Count
    }),
    Schema.Struct({
      total: Schema.Int,
      cells: Schema.Array(
        Schema.Struct({
          row: Schema.String,
          before: Schema.String,
          after: Schema.String,
          /** Share of the value of before; null where there is none. */
          relative: Schema.NullOr(Schema.Number),
          /** Where the table has them, so that the cell can be traced. */
          entity: Schema.optionalKey(Schema.String),
          year: Schema.optionalKey(Schema.Int)
        })
      )
    })
  ),
  /** From the edits to a node, or to an estimate of it. */
  "run-path": question(
    Schema.Struct({ ...Pair, node: Schema.String, output: Schema.optionalKey(Schema.String), of: Schema.optionalKey(Schema.String) }),
    Schema.Struct({
      edits: Schema.Array(PathEdit),
      /** Inputs first. */
      steps: Schema.Array(PathStep),
      /** Nodes that are on it and were left out, since it is long. */
      leftOut: Schema.Int,
      end: Schema.NullOr(MovedEstimate)
    })
  )
}
