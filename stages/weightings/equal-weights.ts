import { Stage } from "@sediment/sediment"
import { Schema } from "effect"
import { equalWeights as equal } from "../../src/econometrics/measurement/equal-weights.ts"
import { IndicatorWeights, NormalizedPanel } from "../table-types.ts"
import { weighIndicators, weightingParams } from "./weigh-indicators.ts"

/** Equal weights: 1/m of all indicators, and 1/m within each dimension. */
export const equalWeights = Stage.make("equal-weights", {
  inputs: { normalized: NormalizedPanel },
  params: Schema.Struct({ indicators: weightingParams.indicators }),
  output: IndicatorWeights,
  run: ({ normalized }, { indicators }) =>
    weighIndicators(normalized, { indicators, scope: "pooled" }, { method: "equal", weighsConstants: true, weigh: (columns) => equal(columns.length) })
})
