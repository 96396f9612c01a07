/** How the paper lays its tables of regressions out, and the parts of models that they print. */
import type { Output } from "@sediment/sediment"
import type { Estimates, Glance, Published, Tests } from "../stages/table-types.ts"

export interface Model {
  readonly coefficients: Output<typeof Estimates>
  readonly glance: Output<typeof Glance>
}
export interface TestedModel extends Model {
  readonly tests: Output<typeof Tests>
}
/** A file of published numbers, as the tables take it. */
export type Printed = ReadonlyArray<Output<typeof Published>>

const labels: Readonly<Record<string, string>> = { eg: "EG", "(constant)": "constant" }
export const rowsOf = (...terms: ReadonlyArray<string>) => terms.map((term) => ({ term, label: labels[term] ?? term }))

export const paperLayout = {
  marks: [
    { label: "Provincial fixed effects", published: "province_effects" },
    { label: "Temporal fixed effects", published: "year_effects" }
  ],
  fit: [
    { label: "N", statistic: "nobs" },
    { label: "R²", statistic: "r_squared_within", decimals: 3, published: "r2" }
  ]
}

export const modelsOf = (models: ReadonlyArray<Model>) => ({
  coefficients: models.map((model) => model.coefficients),
  glances: models.map((model) => model.glance)
})
