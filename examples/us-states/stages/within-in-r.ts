import { File, nullable, number, Stage, table, text } from "@sediment/sediment"
import { Panel } from "@sediment/sediment/stages/table-types.ts"
import { Schema } from "effect"

const Slopes = table("Slopes", {
  term: text(),
  estimate: number(),
  std_error: number("", "clustered by entity"),
  statistic: number(),
  p_value: nullable(number())
})

/** The two-way within regression once more, by R's `lm` with dummies. */
export const withinInR = Stage.command("within-in-r", {
  inputs: { script: File, panel: Panel },
  params: Schema.Struct({ dependent: Schema.String, regressors: Schema.NonEmptyArray(Schema.String) }),
  columns: ({ dependent, regressors }) => ({ panel: ["entity", "year", dependent, ...regressors] }),
  command: ["Rscript", "--vanilla", "{script}"],
  environment: ["OMP_NUM_THREADS=1"],
  output: Slopes,
  timeout: "2 minutes",
  optional: true
})
