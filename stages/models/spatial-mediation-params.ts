import type { StageFailure, Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { MediationEquationOptions, SpatialMediationModel } from "../../src/econometrics/spatial/paths/mediation-equations.ts"
import type { Panel, SpatialWeights } from "../table-types.ts"
import { mediationParams } from "./mediation-params.ts"
import { inferenceParams, yearsParam } from "./model-params.ts"
import { likelihoodParams, mlOptions, Specification, specificationParams } from "./spatial-fit-params.ts"
import { readSpatialModel } from "./spatial-inputs.ts"

/** A mediation in space, and how both its equations are specified and estimated. */
export const spatialMediationParams = {
  ...mediationParams,
  ...specificationParams,
  /** Of the mediator's equation, where it is another than the outcome's. */
  mediatorSpecification: Schema.optionalKey(Specification),
  ...likelihoodParams,
  level: inferenceParams.level,
  ...yearsParam
}

type Params = Schema.Struct.Type<typeof spatialMediationParams>

export const equationOptions = (params: Params): MediationEquationOptions => ({
  ...mlOptions(params),
  mediatorSpecification: params.mediatorSpecification
})

/** Reads the model's balanced panel and the weights over its entities. */
export const readSpatialMediation = (
  panel: Tracked<typeof Panel>,
  links: Tracked<typeof SpatialWeights>,
  { controls, mediator, outcome, treatment, years }: Params
): Effect.Effect<SpatialMediationModel, StageFailure> =>
  Effect.gen(function* () {
    const model = yield* readSpatialModel(panel, links, {
      dependent: outcome,
      regressors: [treatment, mediator],
      controls,
      ...(years === undefined ? {} : { years })
    })
    const variable = (name: string) => model.regressors.find((one) => one.name === name)!
    return {
      weights: model.weights,
      outcome: model.dependent,
      treatment: variable(treatment),
      mediator: variable(mediator),
      controls: controls.map(variable)
    }
  })
