/** What a study has of tables, models and curves, to choose from. */
import { Schema } from "effect"
import { Standing } from "../graph.ts"
import { question } from "../question.ts"

/** A node, and how it stands. */
export const nodeHead = {
  node: Schema.String,
  stage: Schema.String,
  state: Standing,
  /** In brief words, of one that is not fresh. */
  why: Schema.String,
  /** It has artifacts: today's, or those of before. */
  made: Schema.Boolean
}

/** Published numbers by what became of them; signs and stars are counted besides. */
export const Tally = Schema.Struct({
  numbers: Schema.Int,
  rounding: Schema.Int,
  tolerance: Schema.Int,
  beyond: Schema.Int,
  missing: Schema.Int,
  signs: Schema.Int,
  stars: Schema.Int
})
export type Tally = typeof Tally.Type

const TableHead = Schema.Struct({
  ...nodeHead,
  title: Schema.String,
  /** Null where nothing is published beside it. */
  tally: Schema.NullOr(Tally)
})
export type TableHead = typeof TableHead.Type

const ModelHead = Schema.Struct({
  ...nodeHead,
  equations: Schema.Array(
    Schema.Struct({ equation: Schema.String, dependent: Schema.String, model: Schema.String, variance: Schema.String, nobs: Schema.NullOr(Schema.Number) })
  ),
  terms: Schema.Array(Schema.String)
})
export type ModelHead = typeof ModelHead.Type

const CurveHead = Schema.Struct({
  ...nodeHead,
  specifications: Schema.Int,
  terms: Schema.Array(Schema.String),
  /** The nodes to run for it and all that is told of it. */
  run: Schema.Array(Schema.String),
  /** What does the same in a terminal. */
  command: Schema.String
})
export type CurveHead = typeof CurveHead.Type

export const outlineQuestions = {
  "estimates-outline": question(
    Schema.Struct({ study: Schema.String }),
    Schema.Struct({
      /** In the order in which the study returns them. */
      tables: Schema.Array(TableHead),
      /** The names of all nodes with estimates. */
      models: Schema.Array(Schema.String),
      curves: Schema.Array(CurveHead),
      /** Of all published numbers: as the comparison of the most has them, whose node it names; null where the study compares none. */
      published: Schema.NullOr(Schema.Struct({ node: Schema.String, state: Standing, tally: Tally, explained: Schema.Int }))
    })
  ),
  /** All nodes with estimates. */
  "estimates-models": question(
    Schema.Struct({ study: Schema.String }),
    Schema.Struct({
      models: Schema.Array(ModelHead),
      /** The models that a specification curve compares: they are told there. */
      compared: Schema.Array(Schema.String)
    })
  )
}
