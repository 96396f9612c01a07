/** From a number of a model back to the cells of the files that it rests on. */
import { Schema } from "effect"
import { question } from "../question.ts"

const Variable = Schema.Struct({ node: Schema.String, output: Schema.String, column: Schema.String, unit: Schema.String, description: Schema.String })
export type Variable = typeof Variable.Type

const Asked = { study: Schema.String, node: Schema.String, output: Schema.optionalKey(Schema.String) }

/** A cell of a file, and what is said of it besides. */
const FilePlace = Schema.Struct({ file: Schema.String, sheet: Schema.String, cell: Schema.String, note: Schema.String })

const LineageCell = Schema.Struct({
  /** The position of the cell that it is a part of; -1 where it was asked for. */
  of: Schema.Int,
  node: Schema.String,
  output: Schema.String,
  column: Schema.String,
  stage: Schema.String,
  entity: Schema.String,
  year: Schema.Int,
  /** With all its digits; null where it is missing. */
  value: Schema.NullOr(Schema.String),
  unit: Schema.String,
  /** It, or something that it is made of, was filled. */
  filled: Schema.Boolean,
  /** How it was filled itself. */
  how: Schema.optionalKey(Schema.String),
  /** By what it is weighted in the cell that it is a part of, and the node that has the weights. */
  weight: Schema.optionalKey(Schema.Struct({ node: Schema.String, weight: Schema.Number })),
  source: Schema.optionalKey(Schema.String),
  place: Schema.optionalKey(FilePlace),
  besides: Schema.Array(Schema.String),
  /** Its parts stand at another place of the same answer. */
  again: Schema.Boolean
})
export type LineageCell = typeof LineageCell.Type

export const lineageQuestions = {
  /** What of a node is of one entity and year: itself, or what a model read. */
  "lineage-rows": question(
    Schema.Struct(Asked),
    Schema.Struct({
      node: Schema.String,
      output: Schema.String,
      stage: Schema.String,
      isPanel: Schema.Boolean,
      /** None where the node is no panel and read none: */
      variables: Schema.Array(Variable),
      /** then, the nearest nodes that it rests on and that did. */
      through: Schema.Array(Schema.Struct({ node: Schema.String, stage: Schema.String })),
      entities: Schema.Array(Schema.String),
      years: Schema.Array(Schema.Int),
      /** Nodes that are not up to date: what is told is of before. */
      stale: Schema.Array(Schema.String)
    })
  ),
  /** One variable by entity (slowest) and year, and how many of the cells behind each were filled. */
  "lineage-grid": question(
    Schema.Struct({ ...Asked, of: Schema.String, ofOutput: Schema.String, column: Schema.String }),
    Schema.Struct({
      values: Schema.Array(Schema.NullOr(Schema.Union([Schema.Number, Schema.String, Schema.Boolean]))),
      filled: Schema.Array(Schema.Int),
      /** How many columns are behind it that may have been filled. */
      behind: Schema.Int
    })
  ),
  /** The tree of cells of one entity's year, each after what it is a part of. */
  lineage: question(
    Schema.Struct({ ...Asked, entity: Schema.String, year: Schema.Int, columns: Schema.Array(Schema.String) }),
    Schema.Struct({
      entity: Schema.String,
      year: Schema.Int,
      isPanel: Schema.Boolean,
      cells: Schema.Array(LineageCell),
      besides: Schema.Array(Schema.String),
      stale: Schema.Array(Schema.String)
    })
  ),
  /** A file that the study declares as a source, around a cell. */
  "source-cell": question(
    Schema.Struct({ study: Schema.String, file: Schema.String, sheet: Schema.String, cell: Schema.String }),
    Schema.Struct({
      file: Schema.String,
      sheet: Schema.String,
      format: Schema.String,
      encoding: Schema.optionalKey(Schema.String),
      /** Letters of the columns that are shown. */
      columns: Schema.Array(Schema.String),
      /** The first rows of the sheet, and those around the cell. */
      rows: Schema.Array(Schema.Struct({ row: Schema.Int, cells: Schema.Array(Schema.String), head: Schema.Boolean })),
      /** Positions of the cell in what is shown; its text as the file has it. */
      row: Schema.Int,
      column: Schema.String,
      text: Schema.String,
      note: Schema.optionalKey(Schema.String)
    })
  )
}
