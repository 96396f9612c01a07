/** A printed table with the published numbers beside the run's, and where each of its numbers comes from. */
import { Schema } from "effect"
import { question } from "../question.ts"
import { nodeHead, Tally } from "./outline.ts"

const Number_ = Schema.NullOr(Schema.Number)

/**
 * rounding: what is printed rounds from the run's number (of words: the same); tolerance: beyond that, within what the comparison tolerates; beyond; missing: nothing in the run; none: nothing is
 * published there.
 */
export const Verdict = Schema.Literals(["none", "rounding", "tolerance", "beyond", "missing"])
export type Verdict = typeof Verdict.Type

const Cell = Schema.Struct({
  text: Schema.String,
  published: Schema.String,
  verdict: Verdict,
  signDiffers: Schema.Boolean,
  starsDiffer: Schema.Boolean,
  /** A number stands behind it, of the run or of what is published: it can be asked about. */
  number: Schema.Boolean
})
export type TableCell = typeof Cell.Type

const Line = Schema.Struct({
  label: Schema.String,
  /** Under how many headings it stands. */
  level: Schema.Int,
  /** How many lines the label stands for: 0 on those under the first. */
  lines: Schema.Int,
  heading: Schema.Boolean,
  ruled: Schema.Boolean,
  /** A cell a column. */
  cells: Schema.Array(Cell)
})
export type TableLine = typeof Line.Type

export const PrintedTable = Schema.Struct({
  ...nodeHead,
  artifact: Schema.String,
  title: Schema.String,
  notes: Schema.Array(Schema.String),
  /** Lines of headings; spans are of columns as they are set, a published one being a column of its own. */
  heads: Schema.Array(Schema.Array(Schema.Struct({ text: Schema.String, span: Schema.Int, group: Schema.Boolean }))),
  columns: Schema.Array(Schema.Struct({ group: Schema.String, label: Schema.String, numeric: Schema.Boolean, published: Schema.Boolean })),
  lines: Schema.Array(Line),
  tally: Schema.NullOr(Tally),
  /** The comparison that the verdicts are of; null where they are of what is printed alone. */
  comparedBy: Schema.NullOr(Schema.String),
  /** The models of its columns, as far as its numbers tell: a node's name or none. */
  models: Schema.Array(Schema.NullOr(Schema.String))
})
export type PrintedTable = typeof PrintedTable.Type

/** Where a number stands: the cell of an artifact. */
const Origin = Schema.Struct({
  node: Schema.String,
  output: Schema.String,
  type: Schema.String,
  row: Schema.Int,
  column: Schema.String,
  /** What tells the row: equation, term, effect, … */
  key: Schema.Array(Schema.Tuple([Schema.String, Schema.String])),
  /** What the table multiplied it by. */
  scale: Schema.Number,
  /** It has a page of its own among the models. */
  model: Schema.Boolean
})
export type Origin = typeof Origin.Type

/** A layer below: what was read of some nodes, and at the end the files. */
const ChainStep = Schema.Struct({
  nodes: Schema.Array(Schema.Struct({ node: Schema.String, stage: Schema.String, columns: Schema.Array(Schema.String) })),
  files: Schema.Array(Schema.String)
})
export type ChainStep = typeof ChainStep.Type

export const CellDetail = Schema.Struct({
  /** Of the table's artifact. */
  artifactRow: Schema.Int,
  label: Schema.String,
  columnGroup: Schema.String,
  columnLabel: Schema.String,
  text: Schema.String,
  value: Number_,
  published: Schema.String,
  publishedValue: Number_,
  verdict: Verdict,
  signDiffers: Schema.Boolean,
  starsDiffer: Schema.Boolean,
  /** As far as a comparison tells more. */
  compared: Schema.NullOr(
    Schema.Struct({
      node: Schema.String,
      row: Schema.Int,
      kind: Schema.String,
      term: Schema.String,
      difference: Number_,
      roundingUnits: Number_,
      inStdErrors: Number_,
      relative: Number_,
      excess: Number_,
      tolerance: Number_,
      reasons: Schema.String,
      explanation: Schema.String,
      low: Number_,
      high: Number_
    })
  ),
  /** The row of published numbers that it stands beside, and the file. */
  publishedIn: Schema.NullOr(Schema.Struct({ node: Schema.String, row: Schema.Int, file: Schema.String })),
  /** The cells that the table may have it from, the likeliest first; the others hold the very same number. */
  origins: Schema.Array(Origin),
  /** The nodes that the table reads, where no cell of theirs is this number: the table computed it. */
  computedFrom: Schema.Array(Schema.String),
  chain: Schema.Array(ChainStep)
})
export type CellDetail = typeof CellDetail.Type

export const tableQuestions = {
  "estimates-table": question(Schema.Struct({ study: Schema.String, node: Schema.String }), PrintedTable),
  /** Row and column as the table has them, from 0. */
  "estimates-cell": question(Schema.Struct({ study: Schema.String, node: Schema.String, row: Schema.Int, column: Schema.Int }), CellDetail)
}
