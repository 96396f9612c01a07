import { category, File, integer, number, Stage, table } from "@sediment/sediment"
import { Panel, SpatialWeights } from "@sediment/sediment/stages/table-types.ts"
import { Schema } from "effect"

const Morans = table("Morans", {
  variable: category(),
  year: integer("year"),
  statistic: number("", "Moran's I"),
  expected: number("", "-1/(N - 1)"),
  variance_randomisation: number(),
  z_randomisation: number()
})

/** Moran's I of each variable in each year once more, by Python's standard library. */
export const moranInPython = Stage.command("moran-in-python", {
  inputs: { script: File, panel: Panel, weights: SpatialWeights },
  params: Schema.Struct({ variables: Schema.NonEmptyArray(Schema.String) }),
  columns: ({ variables }) => ({ panel: ["entity", "year", ...variables], weights: ["from", "to", "weight"] }),
  command: ["python3", "-I", "{script}"],
  environment: ["PYTHONHASHSEED=0"],
  output: Morans,
  timeout: "2 minutes",
  optional: true
})
