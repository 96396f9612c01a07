import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { spatialMediationReplicates as replicate } from "../../src/econometrics/spatial/paths/spatial-mediation-replicates.ts"
import { blockParams } from "../block-params.ts"
import { spatialBootstrapName } from "../resampling-names.ts"
import { Panel, Replicates, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { equationOptions, readSpatialMediation, spatialMediationParams } from "./spatial-mediation-params.ts"

const SpatialMediationReplicatesParams = Schema.Struct({
  ...spatialMediationParams,
  /**
   * wild-clusters: an entity's residuals of both equations times one random weight, the mediator as observed in the outcome's equation. recursive-wild-clusters: a
   * weight of its own in each equation, and the mediator made anew acts on the outcome. periods: whole cross-sections of residuals drawn with replacement.
   */
  resampling: Schema.Literals(["wild-clusters", "recursive-wild-clusters", "periods"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("wild-clusters" as const))
  ),
  /** Of entities: -1 or 1 (rademacher), or Webb's six values, which few entities need. */
  wildWeights: Schema.Literals(["rademacher", "webb"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("rademacher" as const))),
  ...blockParams
})

/** A block of bootstrap replicates of the effects of `spatial-mediation`, by residuals: the weights stay, and both equations are estimated again in each. */
export const spatialMediationReplicates = Stage.make("spatial-mediation-replicates", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialMediationReplicatesParams,
  output: Replicates,
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialMediation(panel, links, params)
      const { count, from, resampling, wildWeights } = params
      const seed = yield* Stage.seed
      const { columns } = yield* attempt(() => replicate(model, { seed, from, count }, { ...equationOptions(params), resampling, wildWeights }))
      return {
        replicate: Int32Array.from({ length: count }, (_, i) => from + i),
        scheme: Array.from({ length: count }, () => spatialBootstrapName(resampling, wildWeights)),
        rest: new Map([...columns].map(([name, values]) => [name, { values }] as const))
      }
    })
})
