import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { replicates as replicate } from "../src/econometrics/bootstrap/bootstrap.ts"
import { blockParams } from "./block-params.ts"
import { attempt } from "./models/attempt.ts"
import { resampledParams } from "./models/mediation-params.ts"
import { missingParam, yearsParam } from "./models/model-params.ts"
import { resampledModel } from "./models/resampled-model.ts"
import { bootstrapName, studentisedName } from "./resampling-names.ts"
import { Panel, Replicates } from "./table-types.ts"

export const ReplicatesParams = Schema.Struct({
  ...resampledParams,
  ...yearsParam,
  ...missingParam,
  /**
   * clusters: entities drawn with replacement, each draw a new entity. observations: rows drawn with replacement. wild-clusters, wild-observations: regressors
   * stay, and the residuals of each entity or row are multiplied by one random weight in all equations.
   */
  resampling: Schema.Literals(["clusters", "observations", "wild-clusters", "wild-observations"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("clusters" as const))
  ),
  /** Of the wild bootstrap: -1 or 1 (rademacher, the default), or Webb's six values, which few clusters need. */
  wildWeights: Schema.optionalKey(Schema.Literals(["rademacher", "webb"])),
  /**
   * Makes each replicate's standard errors too, which studentised intervals need, by the delta method from the scores of what is drawn, clusters or rows:
   * independent takes estimates of different equations as uncorrelated (Sobel), joint as their scores are.
   */
  studentise: Schema.optionalKey(Schema.Literals(["independent", "joint"])),
  ...blockParams
})

/** A block of bootstrap replicates of a mediation's effects: all its equations are refitted in each resample, with entity and year effects of its own. */
export const replicates = Stage.make("replicates", {
  inputs: { panel: Panel },
  params: ReplicatesParams,
  output: Replicates,
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { count, from, resampling, studentise, wildWeights } = params
      if (wildWeights !== undefined && !resampling.startsWith("wild"))
        return yield* StageFailure.of(
          "parameters",
          `wildWeights is about the wild bootstrap, and resampling is ${resampling}: leave it out, or say resampling: "wild-clusters"`,
          { parameter: "wildWeights" }
        )
      const model = yield* resampledModel(panel, params)
      const seed = yield* Stage.seed
      const options = { resampling, ...(wildWeights === undefined ? {} : { wildWeights }), ...(studentise === undefined ? {} : { studentise }) }
      const { columns, studentised } = yield* attempt(() => replicate(model, { seed, from, count }, options))
      return {
        replicate: Int32Array.from({ length: count }, (_, i) => from + i),
        scheme: Array.from({ length: count }, () => bootstrapName(resampling, wildWeights ?? "rademacher")),
        rest: new Map([
          ...[...columns].map(([name, values]) => [name, { values }] as const),
          ...[...studentised].map(([name, values]) => [studentisedName(name), { values }] as const)
        ])
      }
    })
})
