import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { spatialMediation as fitMediation } from "../../src/econometrics/spatial/paths/spatial-mediation.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { effectsBy } from "./effects-table.ts"
import { sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf } from "./model-tables.ts"
import { spatialGlance } from "./spatial-fit-params.ts"
import { equationOptions, readSpatialMediation, spatialMediationParams } from "./spatial-mediation-params.ts"
import { spilloverParams } from "./spillovers.ts"
import { warnAll } from "./warn-all.ts"

const SpatialMediationParams = Schema.Struct({ ...spatialMediationParams, ...sampleParams, ...spilloverParams })

/**
 * Mediation in space: spatial models of the mediator and of the outcome (equations `uic ~ coagglo`, `ami ~ coagglo + uic`, controls left out of the names), and
 * the direct (own), indirect (spillover) and total effects of every path: `coagglo -> uic`, `uic -> ami`, `coagglo -> uic -> ami` (through the mediator),
 * `coagglo -> ami` (past it), and `coagglo` by both. `bootstrap` of `spatial-mediation-replicates` gives other intervals.
 */
export const spatialMediation = Stage.make("spatial-mediation", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialMediationParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialMediation(panel, links, params)
      const { draws, mediator, outcome, point, sample, spillovers, treatment } = params
      const seed = spillovers === "simulation" ? yield* Stage.seed : 0
      const found = yield* attempt(() => fitMediation(model, { ...equationOptions(params), method: spillovers, draws, point, seed }))
      yield* warnAll(found.warnings)
      const equations = [
        { equation: `${mediator} ~ ${treatment}`, fit: found.mediator },
        { equation: `${outcome} ~ ${treatment} + ${mediator}`, fit: found.outcome }
      ]
      return {
        coefficients: estimatesOf(equations.map(({ equation, fit: { inference } }) => ({ equation, inference }))),
        glance: glanceOf(equations.map(({ equation, fit }) => spatialGlance(equation, fit, sample))),
        effects: effectsBy(found.method, found.effects)
      }
    })
})
