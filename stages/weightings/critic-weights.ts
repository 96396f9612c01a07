import { Stage } from "@sediment/sediment"
import { Schema } from "effect"
import { criticWeights as critic } from "../../src/econometrics/measurement/critic-weights.ts"
import { IndicatorWeights, NormalizedPanel } from "../table-types.ts"
import { weighIndicators, weightingParams } from "./weigh-indicators.ts"

/** CRITIC weights (Diakoulaki et al. 1995): an indicator's standard deviation times its conflict with the others, over all and within each dimension. */
export const criticWeights = Stage.make("critic-weights", {
  inputs: { normalized: NormalizedPanel },
  params: Schema.Struct(weightingParams),
  output: IndicatorWeights,
  run: ({ normalized }, params) => weighIndicators(normalized, params, { method: "CRITIC", weigh: critic })
})
