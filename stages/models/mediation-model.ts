import type { Schema } from "effect"
import type { Design } from "./design.ts"
import type { mediationParams } from "./mediation-params.ts"

/** The variables of a mediation by their roles, as estimators take them. */
export const mediationModel = (design: Design, { controls, mediator, outcome, treatment }: Schema.Struct.Type<typeof mediationParams>) => ({
  index: design.index,
  outcome: design.variable(outcome),
  treatment: design.variable(treatment),
  mediator: design.variable(mediator),
  controls: design.variables(controls)
})
