/** The parts of models that the tables print, and the rows and columns that several tables have. */
import type { Output } from "@sediment/sediment"
import type { Estimates, Glance, Tests } from "@sediment/sediment/stages/table-types.ts"

export interface Model {
  readonly coefficients: Output<typeof Estimates>
  readonly glance: Output<typeof Glance>
}
export interface TestedModel extends Model {
  readonly tests: Output<typeof Tests>
}

/** The index: its name in the panel is the indicator set's to give. */
export const indexRow = (index: string) => ({ term: index, label: "Conditions of production (index)" })
export const publicRow = { term: "public", label: "Public capital (sub-index)" }
export const capitalRow = { term: "ln_capital", label: "ln private capital per worker" }
export const employmentRow = { term: "ln_emp", label: "ln employment" }
export const unemploymentRow = { term: "unemp", label: "Unemployment rate" }
export const marks = [{ label: "State effects" }, { label: "Year effects" }]
export const fit = [
  { label: "N", statistic: "nobs" },
  { label: "R squared (within)", statistic: "r_squared_within", decimals: 3 }
]

export const modelsOf = (models: ReadonlyArray<Model>) => ({
  coefficients: models.map(({ coefficients }) => coefficients),
  glances: models.map(({ glance }) => glance)
})
