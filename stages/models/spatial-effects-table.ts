import { type Out, Stage, type StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { deltaEffects, simulatedEffects } from "../../src/econometrics/spatial/effects/spatial-effects.ts"
import type { SpatialFit } from "../../src/econometrics/spatial/models/spatial-fit.ts"
import type { Effects } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import type { SpatialModel } from "./spatial-model.ts"
import { warnAll } from "./warn-all.ts"

/** How the standard errors of direct, indirect and total effects are made. */
export const effectsParams = {
  effects: Schema.Literals(["simulation", "delta"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("simulation" as const))),
  /** Draws of the simulation. */
  draws: Schema.Int.check(Schema.isGreaterThanOrEqualTo(100)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1000)))
}

/** Effects of every regressor of a SAR or an SDM. Only the simulation depends on the study's seed. */
export const spatialEffects = (
  { data, weights }: SpatialModel,
  fit: SpatialFit,
  params: { readonly effects: "simulation" | "delta"; readonly draws: number; readonly level: number }
): Effect.Effect<Out<typeof Effects>, StageFailure> =>
  Effect.gen(function* () {
    const seed = params.effects === "simulation" ? yield* Stage.seed : 0
    const { effects, method, warnings } = yield* attempt(() =>
      params.effects === "simulation"
        ? simulatedEffects(weights, fit, data.names, params.draws, seed, params.level)
        : deltaEffects(weights, fit, data.names, params.level)
    )
    yield* warnAll(warnings)
    const number = (value: (effect: (typeof effects)[number]) => number) => Float64Array.from(effects, value)
    return {
      term: effects.map(({ term }) => term),
      effect: effects.map(({ effect }) => effect),
      estimate: number(({ estimate }) => estimate),
      std_error: number(({ standardError }) => standardError),
      statistic: number(({ estimate, standardError }) => estimate / standardError),
      p_value: number(({ pValue }) => pValue),
      conf_low: number(({ low }) => low),
      conf_high: number(({ high }) => high),
      method: effects.map(() => method)
    }
  })
