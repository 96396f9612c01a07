import { Schema } from "effect"
import { originQuestions } from "./artifact-origin.ts"
import { question } from "./question.ts"

/** An artifact's name: the SHA-256 of its bytes. */
const Sha256 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/, { expected: "the 64 digits of a SHA-256" }))
const Moment = Schema.Number

/** A node's output, today's or that of a run. */
const Asked = Schema.Struct({
  study: Schema.String,
  node: Schema.String,
  /** Unless it is named, the one that the node's name stands for, or the first. */
  output: Schema.optionalKey(Schema.String),
  /** As `--run` takes it; unless it is named, today's. */
  run: Schema.optionalKey(Schema.String)
})

const ArtifactColumn = Schema.Struct({
  name: Schema.String,
  kind: Schema.Literals(["number", "integer", "text", "category", "flag"]),
  unit: Schema.String,
  description: Schema.String,
  missing: Schema.Int,
  /** Whether it is told of cells that they were filled in, and where they come from. */
  filled: Schema.Boolean,
  source: Schema.Boolean,
  /** With which its numbers are written; each with a power of ten where there is none. */
  decimals: Schema.optionalKey(Schema.Int),
  /** Letters of its longer cells. */
  width: Schema.Int
})
export type ArtifactColumn = typeof ArtifactColumn.Type

const Run = Schema.Struct({ run: Schema.String, at: Moment, tag: Schema.optionalKey(Schema.String) })

export const ArtifactHead = Schema.Struct({
  study: Schema.String,
  node: Schema.String,
  stage: Schema.String,
  output: Schema.String,
  outputs: Schema.Array(Schema.Struct({ output: Schema.String, type: Schema.String })),
  type: Schema.String,
  sha256: Sha256,
  bytes: Schema.Number,
  /** As `sediment path` prints it. */
  path: Schema.String,
  rows: Schema.Int,
  columns: Schema.Array(ArtifactColumn),
  /** Columns that say what a row is of, which stay in sight. */
  keys: Schema.Array(Schema.String),
  notes: Schema.Array(Schema.String),
  warnings: Schema.Array(Schema.String),
  /** Of today's: why the node would be made anew. */
  stale: Schema.optionalKey(Schema.String),
  /** Which run it was asked of. */
  run: Schema.optionalKey(Run),
  /** When it was made, and in which run. */
  made: Schema.Struct({ run: Schema.String, at: Moment, ms: Schema.Number }),
  /** The last runs of the study, newest first. */
  runs: Schema.Array(Run)
})
export type ArtifactHead = typeof ArtifactHead.Type

/** null: missing. A number that JSON does not have is its word: NaN, Infinity, -Infinity. */
const CellValue = Schema.Union([
  Schema.Finite,
  Schema.String,
  Schema.Boolean,
  Schema.Null,
  /** A long text, cut. */
  Schema.Struct({ begins: Schema.String, length: Schema.Int })
])
export type CellValue = typeof CellValue.Type

const ColumnWindow = Schema.Struct({
  column: Schema.String,
  cells: Schema.Array(CellValue),
  /** Places in the window of cells that were filled in. */
  filled: Schema.Array(Schema.Int)
})
export type ColumnWindow = typeof ColumnWindow.Type

/** Which rows, in which order: as table-query reads them. */
const selection = { artifact: Sha256, filter: Schema.String, sort: Schema.String }

/** Rows and columns of one question, at most. */
const MOST_ROWS = 20_000
const MOST_COLUMNS = 256

const Window = Schema.Struct({
  /** Rows that meet the filter. */
  matching: Schema.Int,
  /** Each row's place in the artifact, from 0. */
  rows: Schema.Array(Schema.Int),
  columns: Schema.Array(ColumnWindow),
  /** Where among the matching rows the one is that was looked for; -1 where the filter leaves it out. */
  position: Schema.optionalKey(Schema.Int)
})
export type Window = typeof Window.Type

const NumberSummary = Schema.Struct({
  min: Schema.Finite,
  lower: Schema.Finite,
  median: Schema.Finite,
  upper: Schema.Finite,
  max: Schema.Finite,
  mean: Schema.Number,
  sd: Schema.NullOr(Schema.Number),
  bins: Schema.Array(Schema.Struct({ from: Schema.Finite, to: Schema.Finite, count: Schema.Int }))
})
const ValueSummary = Schema.Struct({
  distinct: Schema.Int,
  top: Schema.Array(Schema.Struct({ value: Schema.String, cut: Schema.Boolean, count: Schema.Int })),
  /** Cells with other values than these. */
  others: Schema.Int
})
const ColumnSummary = Schema.Struct({
  column: Schema.String,
  rows: Schema.Int,
  missing: Schema.Int,
  filled: Schema.Int,
  /** Numbers that are infinite or NaN, which count in nothing else. */
  notFinite: Schema.Int,
  numbers: Schema.optionalKey(NumberSummary),
  values: Schema.optionalKey(ValueSummary)
})
export type ColumnSummary = typeof ColumnSummary.Type

const CellAnswer = Schema.Struct({
  value: CellValue,
  /** With all digits that tell the number from its neighbours; a text whole. */
  exact: Schema.String,
  filled: Schema.Boolean,
  /** How it was filled in, where the node that did it has told. */
  how: Schema.optionalKey(Schema.Struct({ node: Schema.String, output: Schema.String, method: Schema.String, note: Schema.String })),
  /** Where it was read or how it was made, as the table tells; in parts where it is a cell of a file. */
  source: Schema.optionalKey(Schema.String),
  place: Schema.optionalKey(Schema.Struct({ file: Schema.String, sheet: Schema.String, cell: Schema.String, note: Schema.String })),
  /** What the row is of. */
  keys: Schema.Array(Schema.Struct({ column: Schema.String, value: Schema.String })),
  /** Where the table has entity and year. */
  panel: Schema.optionalKey(Schema.Struct({ entity: Schema.String, year: Schema.Int }))
})
export type CellAnswer = typeof CellAnswer.Type

const MadeFile = Schema.Struct({ file: Schema.String, name: Schema.String, bytes: Schema.Number })
export type MadeFile = typeof MadeFile.Type

export const artifactQuestions = {
  /** What an artifact is, without its cells. */
  artifact: question(Asked, ArtifactHead),
  /** A window of its rows. */
  rows: question(
    Schema.Struct({
      ...selection,
      columns: Schema.Array(Schema.String).check(Schema.isMaxLength(MOST_COLUMNS)),
      from: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
      count: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: MOST_ROWS })),
      /** A row's place in the artifact. */
      find: Schema.optionalKey(Schema.Int),
      /** Long texts too are told whole. */
      whole: Schema.optionalKey(Schema.Boolean)
    }),
    Window
  ),
  /** What columns come to in the rows that meet a filter. */
  columnSummaries: question(
    Schema.Struct({ artifact: Sha256, filter: Schema.String, columns: Schema.Array(Schema.String).check(Schema.isMaxLength(MOST_COLUMNS)) }),
    Schema.Struct({ summaries: Schema.Array(ColumnSummary) })
  ),
  /** All that is known of one cell. */
  cell: question(
    Schema.Struct({ ...Asked.fields, artifact: Sha256, row: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)), column: Schema.String }),
    CellAnswer
  ),
  ...originQuestions,
  /** Makes a file of an artifact, or of the rows that meet a filter in an order, and where the format cannot hold units and descriptions another with them: they are fetched from /download/FILE/NAME. */
  "artifact-file": question(
    Schema.Struct({ ...selection, format: Schema.Literals(["csv", "parquet", "arrow", "xlsx", "dta"]), name: Schema.String }),
    Schema.Struct({
      table: MadeFile,
      metadata: Schema.optionalKey(MadeFile),
      /** What became different by the format. */
      told: Schema.Array(Schema.String)
    })
  ),
  /** A figure or a printed table as SVG, which is fetched from /picture/SHA.svg. */
  "artifact-picture": question(
    Schema.Struct({ artifact: Sha256, as: Schema.Literals(["Figure", "PrintedTable"]), theme: Schema.Literals(["light", "dark"]) }),
    Schema.Struct({ svg: Schema.String })
  )
}
