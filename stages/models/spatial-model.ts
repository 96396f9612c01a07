import type { Out, StageFailure, Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { infer } from "../../src/econometrics/linear/inference.ts"
import { type SpatialData, type SpatialFit, withoutCollinear } from "../../src/econometrics/spatial/models/spatial-fit.ts"
import { type Correction, correctionWarnings, weightsTrace } from "../../src/econometrics/spatial/models/spatial-likelihood.ts"
import type { WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { readWeights } from "../spatial-weights-table.ts"
import type { Estimates, Panel, SpatialWeights } from "../table-types.ts"
import type { Years } from "../years.ts"
import { attempt } from "./attempt.ts"
import { readBalancedPanel } from "./balanced-panel.ts"
import { controlsParam, inferenceParams, sampleParams } from "./model-params.ts"
import { estimatesOf, type GlanceRow } from "./model-tables.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

/** What every spatial model's parameters have. */
export const spatialParams = {
  dependent: Term,
  /** The regressors that the model is about. */
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  /** lee-yu: entity and year effects are transformed away (Lee and Yu 2010). none: their number is not corrected for, as in xsmle. */
  correction: Schema.Literals(["lee-yu", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("lee-yu" as const))),
  level: inferenceParams.level,
  ...sampleParams
}

interface ModelParams {
  readonly dependent: string
  readonly regressors: ReadonlyArray<string>
  readonly controls: ReadonlyArray<string>
  readonly years?: Years
}
export interface SpatialModel {
  readonly weights: WeightsMatrix
  readonly data: SpatialData
}

/** Reads a model's balanced panel and the weights over its entities, in one order. */
export const readSpatialModel = (
  panel: Tracked<typeof Panel>,
  links: Tracked<typeof SpatialWeights>,
  { dependent, regressors, controls, years }: ModelParams
): Effect.Effect<SpatialModel, StageFailure> =>
  Effect.gen(function* () {
    const names = [...new Set([...regressors, ...controls])]
    const { column, entities } = yield* readBalancedPanel(panel, [dependent, ...names], { years, missing: "fault" })
    const weights = yield* readWeights(links, entities)
    return { weights, data: { dependent: column(dependent), regressors: names.map(column), names } }
  })

/** The same for a model with entity and year effects: regressors that these explain are dropped with a warning, and what the correction leaves undone is told. */
export const readEffectsModel = (
  panel: Tracked<typeof Panel>,
  links: Tracked<typeof SpatialWeights>,
  params: ModelParams & { readonly correction: Correction }
): Effect.Effect<SpatialModel, StageFailure> =>
  Effect.gen(function* () {
    const { data: read, weights } = yield* readSpatialModel(panel, links, params)
    const { data, warnings } = yield* attempt(() => withoutCollinear(read, weights.entities.length))
    yield* warnAll([...warnings, ...correctionWarnings(weights, params.correction)])
    return { weights, data }
  })

type Estimated = Pick<SpatialFit, "terms" | "estimates" | "covariance">

/** Maximum likelihood estimates, normal inference. */
export const spatialEstimates = (fits: ReadonlyArray<{ readonly equation: string; readonly fit: Estimated }>, level: number): Out<typeof Estimates> =>
  estimatesOf(
    fits.map(({ equation, fit: { terms, estimates, covariance } }) => ({
      equation,
      inference: infer(
        terms,
        estimates,
        estimates.map((_, i) => covariance[i * terms.length + i]!),
        undefined,
        level
      )
    }))
  )

/** A spatial model's row of a Glance. `observations` is the likelihood's n. */
export const spatialGlance = (
  model: string,
  equation: string,
  { data, weights }: SpatialModel,
  fit: { readonly logLikelihood: number; readonly observations: number; readonly sigma2: number },
  params: { readonly dependent: string; readonly correction: Correction; readonly sample: string }
): GlanceRow => ({
  equation,
  model,
  dependent: params.dependent,
  variance: "information matrix",
  smallSample: params.correction === "lee-yu" ? "Lee-Yu transformation" : "none: effects uncorrected",
  sample: params.sample,
  nobs: data.dependent.length,
  statistics: {
    entities: weights.entities.length,
    years: data.dependent.length / weights.entities.length,
    n_likelihood: fit.observations,
    log_lik: fit.logLikelihood,
    sigma2: fit.sigma2,
    trace_w: weightsTrace(weights)
  }
})

/** What `spatialGlance` takes of a fit with entity and year effects. */
export const fitStatistics = (fit: SpatialFit) => ({
  logLikelihood: fit.logLikelihood,
  observations: fit.likelihood.observations,
  sigma2: fit.estimates[fit.terms.indexOf("sigma2")]!
})
