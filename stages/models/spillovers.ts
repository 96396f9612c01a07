import { type Out, Stage, type StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { EffectsFit } from "../../src/econometrics/spatial/effects/effect-of.ts"
import { type EffectsOptions, spatialEffects } from "../../src/econometrics/spatial/effects/spatial-effects.ts"
import type { Effects } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { effectsBy } from "./effects-table.ts"
import { warnAll } from "./warn-all.ts"

/** How direct, indirect and total effects and their standard errors are made. */
export const spilloverParams = {
  /** Standard errors from draws of the estimates' distribution, or by the delta method. */
  spillovers: Schema.Literals(["simulation", "delta"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("simulation" as const))),
  /** Draws of the simulation. */
  draws: Schema.Int.check(Schema.isGreaterThanOrEqualTo(100)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(1000))),
  /** Effects at the estimates, or the mean of the draws (xsmle's). */
  point: Schema.Literals(["estimates", "mean-of-draws"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("estimates" as const)))
}

/** Effects of the regressors of a spatial model. Only the simulation depends on the study's seed. */
export const spilloversOf = (
  fit: EffectsFit,
  params: {
    readonly spillovers: "simulation" | "delta"
    readonly draws: number
    readonly point: "estimates" | "mean-of-draws"
    readonly level: number
  },
  of?: EffectsOptions["of"]
): Effect.Effect<Out<typeof Effects>, StageFailure> =>
  Effect.gen(function* () {
    const seed = params.spillovers === "simulation" ? yield* Stage.seed : 0
    const found = yield* attempt(() =>
      spatialEffects(fit, { method: params.spillovers, draws: params.draws, point: params.point, level: params.level, seed, of })
    )
    yield* warnAll(found.warnings)
    return effectsBy(found.method, found.effects)
  })
