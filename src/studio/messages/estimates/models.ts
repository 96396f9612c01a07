/** A model: its coefficients, fit, tests and standard errors; and estimates of some terms over many models. */
import { Schema } from "effect"
import { question } from "../question.ts"
import { nodeHead } from "./outline.ts"

const Number_ = Schema.NullOr(Schema.Number)

const estimate = {
  output: Schema.String,
  /** Of the artifact, from 0. */
  row: Schema.Int,
  term: Schema.String,
  /** The equation of a coefficient, the kind of an effect (direct, indirect, …); of effects by order, both that and the order. */
  of: Schema.String,
  estimate: Number_,
  stdError: Number_,
  statistic: Number_,
  /** Of the t distribution; null: normal, or not told. */
  df: Number_,
  p: Number_,
  low: Number_,
  high: Number_
}
const Estimate = Schema.Struct({
  ...estimate,
  /** By its p: none to three. */
  stars: Schema.Int,
  /** How standard error and interval were made, where that is told row by row. */
  method: Schema.String
})
export type Estimate = typeof Estimate.Type

const Fact = Schema.Struct({ name: Schema.String, value: Schema.Union([Schema.Number, Schema.String]), description: Schema.String })
export type Fact = typeof Fact.Type

const Equation = Schema.Struct({
  equation: Schema.String,
  dependent: Schema.String,
  model: Schema.String,
  variance: Schema.String,
  smallSample: Schema.String,
  sample: Schema.String,
  nobs: Number_,
  /** The further statistics of its fit. */
  fit: Schema.Array(Fact)
})
export type Equation = typeof Equation.Type

const Test = Schema.Struct({
  row: Schema.Int,
  test: Schema.String,
  variant: Schema.String,
  statistic: Number_,
  df: Number_,
  df2: Number_,
  p: Number_,
  critical: Number_,
  note: Schema.String
})

export const Model = Schema.Struct({
  ...nodeHead,
  madeIn: Schema.NullOr(Schema.Struct({ run: Schema.String, at: Schema.Number })),
  /** Outputs with estimates, in the order of the stage. */
  estimates: Schema.Array(Schema.Struct({ output: Schema.String, type: Schema.String, rows: Schema.Array(Estimate) })),
  equations: Schema.Array(Equation),
  tests: Schema.Array(Schema.Struct({ output: Schema.String, rows: Schema.Array(Test) })),
  /** The output that has standard errors under other conventions; null where there is none. */
  standardErrors: Schema.NullOr(Schema.String),
  params: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String })),
  inputs: Schema.Array(Schema.Struct({ input: Schema.String, node: Schema.String, output: Schema.String })),
  /** The printed tables and figures that read it. */
  printedIn: Schema.Array(Schema.Struct({ node: Schema.String, type: Schema.String, title: Schema.String })),
  warnings: Schema.Array(Schema.String),
  notes: Schema.Array(Schema.String)
})
export type Model = typeof Model.Type

const Convention = Schema.Struct({
  equation: Schema.String,
  variance: Schema.String,
  smallSample: Schema.String,
  chosen: Schema.Boolean,
  stdError: Number_,
  statistic: Number_,
  df: Number_,
  p: Number_,
  low: Number_,
  high: Number_,
  clusters: Number_,
  parameters: Number_,
  factor: Number_,
  software: Schema.String,
  note: Schema.String
})
export type Convention = typeof Convention.Type

/** An estimate of one of many models. */
const TermEstimate = Schema.Struct({
  node: Schema.String,
  ...estimate,
  /** The ends of the 90 % interval, where the other is an estimate with a multiple of its standard error. */
  inner: Schema.NullOr(Schema.Tuple([Schema.Number, Schema.Number])),
  /** Of the interval from low to high, in percent; null where neither the interval nor the node tells it. */
  level: Number_,
  dependent: Schema.String,
  model: Schema.String,
  variance: Schema.String,
  sample: Schema.String,
  nobs: Number_
})
export type TermEstimate = typeof TermEstimate.Type

export const modelQuestions = {
  "estimates-model": question(Schema.Struct({ study: Schema.String, node: Schema.String }), Model),
  /** Why a standard error is what it is: its derivation, and the same under every convention. */
  "estimates-standard-errors": question(
    Schema.Struct({ study: Schema.String, node: Schema.String, term: Schema.String }),
    Schema.Struct({
      equations: Schema.Array(
        Schema.Struct({
          equation: Schema.String,
          /** What it is and how it came about, a sentence each. */
          told: Schema.Array(Schema.String),
          beside: Schema.String,
          conventions: Schema.Array(Convention)
        })
      )
    })
  ),
  /** The estimates of some terms, of some nodes or (none given) of all that have any and that no specification curve compares. */
  "estimates-of-terms": question(
    Schema.Struct({ study: Schema.String, terms: Schema.Array(Schema.String), nodes: Schema.Array(Schema.String) }),
    Schema.Struct({
      rows: Schema.Array(TermEstimate),
      /** What differs among them: an option a row, by its position among the options. */
      choices: Schema.Array(Schema.Struct({ choice: Schema.String, options: Schema.Array(Schema.String), of: Schema.Array(Schema.Number) }))
    })
  )
}
