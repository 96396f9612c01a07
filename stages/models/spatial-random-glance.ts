import { weightsTrace } from "../../src/econometrics/spatial/models/correction-warnings.ts"
import { SPECIFICATIONS } from "../../src/econometrics/spatial/models/specification.ts"
import type { SpatialRandomFit } from "../../src/econometrics/spatial/random/spatial-random-effects.ts"
import type { GlanceRow } from "./model-tables.ts"

const ERRORS = {
  "kapoor-kelejian-prucha": "entity effects filtered with the error (Kapoor, Kelejian and Prucha)",
  "baltagi-song-koh": "entity effects beside the spatial error (Baltagi, Song and Koh)"
} as const

/** A random-effects model's row of a Glance. `phi` is sigma2_entity/sigma2, `entity_share` sigma2_entity's share of their sum. */
export const spatialRandomGlance = (equation: string, fit: SpatialRandomFit, sample: string): GlanceRow => {
  const { components, parameters, specification, variance, weights, yearDummies } = fit
  const determinants = [...new Set(parameters.map(({ determinant }) => determinant.description))]
  return {
    equation,
    model: [
      `random-effects ${SPECIFICATIONS[specification].label}, ${yearDummies ? "year effects" : "a constant"}, maximum likelihood`,
      ...(SPECIFICATIONS[specification].error ? [ERRORS[fit.errors]] : []),
      ...(determinants.length === 0 ? [] : [`ln|I - rho W| from ${determinants.join(" and ")}`])
    ].join("; "),
    dependent: fit.dependent,
    variance: variance.description,
    smallSample: !yearDummies
      ? "none: no year effects"
      : fit.correction === "lee-yu"
        ? "Lee-Yu transformation of year effects"
        : "none: year effects uncorrected",
    sample,
    nobs: fit.nobs,
    statistics: {
      entities: fit.entities,
      years: fit.periods,
      n_likelihood: fit.frame.observations,
      log_lik: fit.logLikelihood,
      aic: fit.aic,
      bic: fit.bic,
      sigma2: components.idiosyncratic,
      sigma2_entity: components.entity,
      phi: components.phi,
      phi_std_error: components.phiStdError,
      entity_share: components.share,
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
