/** A specification curve: many specifications, their estimates, and what was chosen for each. */
import { Schema } from "effect"
import { question } from "../question.ts"
import { nodeHead } from "./outline.ts"

const Number_ = Schema.NullOr(Schema.Number)
const Numbers = Schema.Array(Number_)

export const Curve = Schema.Struct({
  ...nodeHead,
  /** What the estimates are in: of models as they are, or in standard deviations of the outcome. */
  unit: Schema.String,
  /** Below which p an estimate is significant. */
  significance: Schema.Number,
  /** In all of these a position a specification, from the smallest estimate to the largest. */
  specification: Schema.Array(Schema.String),
  estimate: Numbers,
  stdError: Numbers,
  p: Numbers,
  low: Numbers,
  high: Numbers,
  nobs: Numbers,
  term: Schema.Array(Schema.String),
  /** The node of its model. */
  node: Schema.Array(Schema.String),
  /** Options in the order of the comparison; `of` has each specification's by its position. */
  choices: Schema.Array(Schema.Struct({ choice: Schema.String, options: Schema.Array(Schema.String), of: Schema.Array(Schema.Number) })),
  /** The specification that all others are held against: the first of each choice. */
  preferred: Schema.NullOr(Schema.Int),
  summary: Schema.Array(Schema.Struct({ statistic: Schema.String, value: Number_, note: Schema.String })),
  /** Of all specifications together, where any was made. */
  tests: Schema.Array(Schema.Struct({ node: Schema.String, test: Schema.String, variant: Schema.String, statistic: Number_, p: Number_, note: Schema.String })),
  /** How much of the variation of the estimates each choice makes. */
  moves: Schema.Array(Schema.Struct({ choice: Schema.String, with: Schema.String, share: Number_, method: Schema.String }))
})
export type Curve = typeof Curve.Type

export const curveQuestions = { "estimates-curve": question(Schema.Struct({ study: Schema.String, node: Schema.String }), Curve) }
