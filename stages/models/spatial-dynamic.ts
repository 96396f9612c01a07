import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { infer } from "../../src/econometrics/linear/inference.ts"
import { spatialDynamic as fitSpatialDynamic, type SpatialDynamicFit } from "../../src/econometrics/spatial/dynamic/spatial-dynamic.ts"
import { weightsTrace } from "../../src/econometrics/spatial/models/correction-warnings.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { effectsBy } from "./effects-table.ts"
import { estimatesOf, type GlanceRow, glanceOf } from "./model-tables.ts"
import { likelihoodParams } from "./spatial-fit-params.ts"
import { readSpatialModel, spatialParams } from "./spatial-inputs.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const SpatialDynamicParams = Schema.Struct({
  ...spatialParams,
  specification: Schema.Literals(["sdm", "sar"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("sdm" as const))),
  /** The lags of the dependent variable: in time and of its neighbours (both), or one of them. */
  dynamics: Schema.Literals(["both", "time", "space-time"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("both" as const))),
  effects: Schema.Literals(["two-way", "individual"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("two-way" as const))),
  /** yu-de-jong-lee: without the bias of order 1/T (Yu, de Jong and Lee 2008; Lee and Yu 2010). none: with it. */
  correction: Schema.Literals(["yu-de-jong-lee", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("yu-de-jong-lee" as const))),
  /** The regressors that have a spatial lag in sdm; by default all. */
  lagged: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  determinant: likelihoodParams.determinant
})

const LAGS = { both: "L.y and W*L.y", time: "L.y", "space-time": "W*L.y" } as const

const glanceRow = (fit: SpatialDynamicFit, sample: string): GlanceRow => {
  const { determinant, effects, specification, stability } = fit
  const said = effects === "two-way" ? "entity and year effects" : "entity effects"
  const model = specification === "sdm" ? "dynamic spatial Durbin model" : "dynamic spatial lag model"
  return {
    equation: fit.dependent,
    model: `${model} (${LAGS[fit.dynamics]}), ${said}, quasi maximum likelihood given the first year; ln|I - rho W| from ${determinant.description}`,
    dependent: fit.dependent,
    variance: "information matrix",
    smallSample:
      fit.correction === "none"
        ? "none: bias of order 1/T uncorrected"
        : `bias correction of ${effects === "two-way" ? "Lee and Yu (2010)" : "Yu, de Jong and Lee (2008)"}`,
    sample,
    nobs: fit.nobs,
    statistics: {
      entities: fit.entities,
      years: fit.periods,
      n_likelihood: fit.observations,
      log_lik: fit.logLikelihood,
      sigma2: fit.estimates.at(-1)!,
      tau_eta_rho: stability.sum,
      spectral_radius: stability.radius,
      trace_w: weightsTrace(fit.weights),
      rho_lower: determinant.lower,
      rho_upper: determinant.upper
    }
  }
}

/**
 * The dynamic spatial panel with entity and year effects by bias-corrected quasi maximum likelihood: coefficients (`L.y` tau, `W*L.y` eta), and beside corrected ones
 * those of the likelihood as the equation `uncorrected`; short-run and long-run effects. The first year of the sample is only a lag.
 */
export const spatialDynamic = Stage.make("spatial-dynamic", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialDynamicParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialModel(panel, links, params)
      const { correction, determinant, dynamics, effects, lagged, level, specification } = params
      const fit = yield* attempt(() => fitSpatialDynamic(model, { correction, determinant, dynamics, effects, lagged, level, specification }))
      yield* warnAll([...fit.warnings, ...fit.spillovers.warnings])
      const { terms, uncorrected } = fit
      const variances = terms.map((_, i) => uncorrected.covariance[i * terms.length + i]!)
      return {
        coefficients: estimatesOf([
          { equation: fit.dependent, inference: fit.inference },
          ...(correction === "none" ? [] : [{ equation: "uncorrected", inference: infer(terms, uncorrected.estimates, variances, undefined, level) }])
        ]),
        glance: glanceOf([glanceRow(fit, params.sample)]),
        effects: effectsBy(
          "delta method, normal interval",
          fit.spillovers.effects.map((one) => ({ ...one, effect: `${one.horizon} ${one.effect}` }))
        )
      }
    })
})
