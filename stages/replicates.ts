import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { mediationReplicates, moderationReplicates } from "../src/econometrics/mediation-bootstrap.ts"
import { attempt } from "./models/attempt.ts"
import { readDesign } from "./models/design.ts"
import { mediationParams, percentilesParam } from "./models/mediation-params.ts"
import { missingParam, sampleParams } from "./models/model-params.ts"
import { Term } from "./models/term.ts"
import { warnAll } from "./models/warn-all.ts"
import { Panel, Replicates } from "./table-types.ts"

export const ReplicatesParams = Schema.Struct({
  ...mediationParams,
  /** With it, the conditional effects of `moderation` are replicated; without it, the effects of `mediation`. */
  moderator: Schema.optionalKey(Term),
  ...percentilesParam,
  ...sampleParams,
  ...missingParam,
  /** The block's first replicate and how many it has: replicate i is the same in whatever block, so that more blocks extend the same sequence. */
  from: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0))),
  count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1000))),
  /** Another stream gives other resamples of the same study seed. */
  stream: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
})

/** A block of replicates of a pairs cluster bootstrap: entities drawn with replacement, each draw a new entity, both equations of the mediation refitted. */
export const replicates = Stage.make("replicates", {
  inputs: { panel: Panel },
  params: ReplicatesParams,
  output: Replicates,
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, count, from, mediator, moderator, outcome, percentiles, treatment } = params
      const terms = [outcome, treatment, mediator, ...(moderator === undefined ? [] : [moderator]), ...controls]
      const design = yield* readDesign(panel, terms, params)
      const seed = yield* Stage.seed
      const model = {
        outcome: design.variable(outcome),
        treatment: design.variable(treatment),
        mediator: design.variable(mediator),
        controls: design.variables(controls)
      }
      const block = { seed, from, count }
      const { columns, warnings } = yield* attempt(() =>
        moderator === undefined
          ? mediationReplicates(design.index, model, block)
          : moderationReplicates(design.index, { ...model, moderator: design.variable(moderator) }, block, percentiles)
      )
      yield* warnAll(warnings)
      return {
        replicate: Int32Array.from({ length: count }, (_, i) => from + i),
        rest: new Map([...columns].map(([name, values]) => [name, { values }]))
      }
    })
})
