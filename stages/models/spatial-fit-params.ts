import { Effect, Schema } from "effect"
import { weightsTrace } from "../../src/econometrics/spatial/models/correction-warnings.ts"
import type { SpatialFit, SpatialMlOptions } from "../../src/econometrics/spatial/models/spatial-ml.ts"
import { SPECIFICATIONS } from "../../src/econometrics/spatial/models/specification.ts"
import type { GlanceRow } from "./model-tables.ts"
import { spatialParams } from "./spatial-inputs.ts"
import { Term } from "./term.ts"

/** How a spatial model is specified and estimated. */
export const likelihoodParams = {
  /** Entity and year effects, one of them, or a constant (pooled); a cross-section has a constant. */
  effects: Schema.optionalKey(Schema.Literals(["two-way", "individual", "time", "pooled"])),
  /** lee-yu: the effects are transformed away (Lee and Yu 2010). none: their number is not corrected for, as in xsmle. */
  correction: Schema.Literals(["lee-yu", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("lee-yu" as const))),
  /** The likelihood's order, or that of software for cross-sections given demeaned data. */
  order: Schema.Literals(["lag-then-demean", "demean-then-lag"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("lag-then-demean" as const))),
  /** expected and observed information, or cluster: robust to any dependence within entities; cluster-scores: as optimisers that cluster the scores of rows. */
  variance: Schema.optionalKey(Schema.Literals(["expected", "observed", "cluster", "cluster-scores"])),
  /** How ln|I - rho W| is computed. */
  determinant: Schema.Literals(["auto", "eigenvalues", "hessenberg", "sparse", "chebyshev", "monte-carlo"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("auto" as const))
  )
}

export const Specification = Schema.Literals(["ols", "slx", "sar", "sem", "sdm", "sdem", "sac", "gns"])

export const specificationParams = {
  /** ols, slx, sar, sem, sdm (the default), sdem, sac or gns. */
  specification: Specification.pipe(Schema.withDecodingDefaultKey(Effect.succeed("sdm" as const))),
  /** The regressors that have a spatial lag in slx, sdm, sdem and gns; by default all. */
  lagged: Schema.optionalKey(Schema.NonEmptyArray(Term))
}

export const fitParams = { ...spatialParams, ...likelihoodParams, ...specificationParams }

type FitParams = Pick<SpatialMlOptions, "specification" | "effects" | "correction" | "order" | "variance" | "determinant" | "lagged" | "level">

export const mlOptions = ({ specification, effects, correction, order, variance, determinant, lagged, level }: FitParams): SpatialMlOptions => ({
  specification,
  effects,
  correction,
  order,
  variance,
  determinant,
  lagged,
  level
})

const EFFECTS = { "two-way": "entity and year effects", individual: "entity effects", time: "year effects", pooled: "a constant" } as const

/** How the number of effects was met, as tests and tables name it. */
export const correctionName = ({ frame: { correction, effects } }: SpatialFit): string => (effects === "pooled" ? "pooled" : correction)

/** A specification with its effects, and how their number was met: `spatial Durbin model (SDM), entity and year effects, Lee-Yu transformation`. */
export const modelName = ({ frame, specification }: SpatialFit): string =>
  [
    SPECIFICATIONS[specification].label,
    EFFECTS[frame.effects],
    ...(frame.effects === "pooled" ? [] : [frame.correction === "lee-yu" ? "Lee-Yu transformation" : "effects uncorrected"])
  ].join(", ")

/** A spatial model's row of a Glance. `n_likelihood` is the likelihood's n; `rho_lower` and `rho_upper` bound the spatial parameter. */
export const spatialGlance = (equation: string, fit: SpatialFit, sample: string): GlanceRow => {
  const { frame, parameters, specification, variance, weights } = fit
  const corrected = frame.correction === "lee-yu" ? "Lee-Yu transformation" : "none: effects uncorrected"
  const ordered = frame.order === "demean-then-lag" ? ", demeaned before lagging" : ""
  const determinants = [...new Set(parameters.map(({ determinant }) => determinant.description))]
  return {
    equation,
    model: [
      `${SPECIFICATIONS[specification].label}, ${EFFECTS[frame.effects]}, maximum likelihood`,
      ...(determinants.length === 0 ? [] : [`ln|I - rho W| from ${determinants.join(" and ")}`])
    ].join("; "),
    dependent: fit.dependent,
    variance: variance.description,
    smallSample: frame.effects === "pooled" ? "none: no effects" : `${corrected}${ordered}`,
    sample,
    nobs: fit.nobs,
    statistics: {
      entities: fit.entities,
      years: fit.periods,
      n_likelihood: frame.observations,
      log_lik: fit.logLikelihood,
      aic: fit.aic,
      bic: fit.bic,
      sigma2: fit.estimates[fit.terms.indexOf("sigma2")]!,
      trace_w: weightsTrace(weights),
      ...Object.fromEntries(
        parameters.flatMap(({ determinant, name }) => [
          [`${name}_lower`, determinant.lower],
          [`${name}_upper`, determinant.upper]
        ])
      )
    }
  }
}
