import { Stage } from "@sediment/sediment"
import { Schema } from "effect"
import { standardDeviationWeights as byDeviation } from "../../src/econometrics/measurement/standard-deviation-weights.ts"
import { IndicatorWeights, NormalizedPanel } from "../table-types.ts"
import { weighIndicators, weightingParams } from "./weigh-indicators.ts"

/** Standard deviation weights: each indicator's share of the sum of standard deviations, over all and within each dimension. */
export const standardDeviationWeights = Stage.make("standard-deviation-weights", {
  inputs: { normalized: NormalizedPanel },
  params: Schema.Struct(weightingParams),
  output: IndicatorWeights,
  run: ({ normalized }, params) => weighIndicators(normalized, params, { method: "standard deviation", weigh: byDeviation })
})
