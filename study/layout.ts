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

export const labels = { eg: "EG", "(constant)": "constant", rho: "rho Statistics", sigma2: "sigma2_e Statistics" }
export const rowsOf = (...terms: ReadonlyArray<string>) => terms.map((term) => ({ term }))

export const paperLayout = {
  labels,
  fixedEffects: [
    { effect: "entity", label: "Provincial Fixed Effects", published: "province_effects" },
    { effect: "year", label: "Temporal Fixed Effects", published: "year_effects" }
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
