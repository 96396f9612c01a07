import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { firstComponentWeights, rotatedComponentWeights } from "../../src/econometrics/measurement/principal-component-weights.ts"
import { IndicatorWeights, NormalizedPanel } from "../table-types.ts"
import { weighIndicators, weightingParams } from "./weigh-indicators.ts"

/** Weights by principal components of the indicators' correlations, over all and within each dimension. */
export const principalComponentWeights = Stage.make("principal-component-weights", {
  inputs: { normalized: NormalizedPanel },
  params: Schema.Struct({
    ...weightingParams,
    /** first: squared loadings of the first component; rotated: those of all with an eigenvalue above 1 after varimax (OECD/JRC Handbook 2008). */
    components: Schema.Literals(["first", "rotated"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("first" as const)))
  }),
  output: IndicatorWeights,
  run: ({ normalized }, params) =>
    weighIndicators(normalized, params, {
      method: `principal components (${params.components})`,
      weigh: params.components === "first" ? firstComponentWeights : rotatedComponentWeights
    })
})
