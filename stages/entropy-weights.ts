import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Fault } from "../src/econometrics/fault.ts"
import { entropy, redundancyWeights } from "../src/econometrics/measurement/entropy-weights.ts"
import { IndicatorWeights, NormalizedPanel } from "./table-types.ts"
import { weighIndicators, weightingParams } from "./weightings/weigh-indicators.ts"

export const EntropyWeightsParams = Schema.Struct({
  /** The scope is over which rows the shares P are taken: all of them; those of a year (n = N); those of an entity (n = T). */
  ...weightingParams,
  /** Added to every value before the shares are taken. */
  shift: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
})

/**
 * Entropy weights of the indicators (eqs 13 to 16), over all of them and within each dimension, for each scope; where there are several scopes, their mean
 * weights too. An indicator that is constant within a scope has no weight there (`uninformative-indicator`); one that the normalised panel lacks, having
 * been dropped as constant, has no row (`indicator-absent`).
 */
export const entropyWeights = Stage.make("entropy-weights", {
  inputs: { normalized: NormalizedPanel },
  params: EntropyWeightsParams,
  output: IndicatorWeights,
  run: ({ normalized }, params) =>
    weighIndicators(normalized, params, {
      method: params.shift === 0 ? "entropy" : `entropy, shifted by ${params.shift}`,
      shift: params.shift,
      weigh: (columns) => {
        const weights = redundancyWeights(columns.map((column) => entropy(column, params.shift).redundancy))
        if (weights === undefined) throw new Fault("no-information", "every redundancy is 0: take another scope, or other indicators")
        return weights
      }
    })
})
