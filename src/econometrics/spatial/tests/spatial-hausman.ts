import { submatrix } from "../../../linalg/cross-product.ts"
import { Fault, type Warning } from "../../fault.ts"
import { hausmanContrast } from "../../random-effects/hausman-contrast.ts"
import type { SpatialFit } from "../models/spatial-ml.ts"
import type { SpatialModel } from "../models/spatial-sample.ts"
import type { SpatialRandomFit } from "../random/spatial-random-effects.ts"
import { jointCovariance, type StackedScores } from "./stacked-scores.ts"

/** Hausman's test of random against fixed effects in a spatial model. */
export interface SpatialHausman {
  /** d'V^- d with its sign: negative where V is not positive semi-definite in the direction of d. */
  readonly statistic: number
  /** Rank of V. */
  readonly df: number
  /** Undefined where the statistic is negative: it follows no chi-squared distribution then. */
  readonly pValue: number | undefined
  /** The parameters contrasted: slopes, spatial lags, rho and lambda. */
  readonly terms: ReadonlyArray<string>
  /** Eigenvalues of V in units of the fixed-effects standard errors, ascending: a negative one says that V is no variance. */
  readonly eigenvalues: Float64Array
  readonly warnings: ReadonlyArray<Warning>
}

type Fit = Pick<SpatialFit, "terms" | "estimates" | "covariance">

/** What both models have, their variances apart. */
const commonTerms = (fixed: Fit, random: Fit): ReadonlyArray<string> => {
  const terms = fixed.terms.filter((term) => random.terms.includes(term) && !term.startsWith("sigma2"))
  if (terms.length === 0) throw new Fault("input", `the fixed-effects model (${fixed.terms.join(", ")}) and the random-effects one have no slope in common`)
  return terms
}

const tested = (terms: ReadonlyArray<string>, fixed: Fit, random: Fit, difference: Float64Array): SpatialHausman => {
  const size = fixed.terms.length
  const places = terms.map((term) => fixed.terms.indexOf(term))
  // In units of standard errors, so that neither the rank nor the inverse depends on the variables' units.
  const unit = Float64Array.from(places, (i) => Math.sqrt(fixed.covariance[i * size + i]!))
  const contrast = Float64Array.from(terms, (term, i) => fixed.estimates[places[i]!]! - random.estimates[random.terms.indexOf(term)]!)
  const { eigenvalues, pValue, rank, semiDefinite, statistic } = hausmanContrast(contrast, difference, unit)
  if (rank === 0)
    throw new Fault("no-contrast", "the fixed- and random-effects estimates have the same variances: there is nothing to test; give the fits of two models")
  const warnings = semiDefinite
    ? []
    : [
        {
          code: "hausman-not-positive",
          message: `the difference of the fixed- and random-effects variances is not positive semi-definite (smallest eigenvalue ${eigenvalues.at(-1)!.toPrecision(3)}): the Hausman statistic, ${statistic.toPrecision(4)}, is not reliably chi-squared; the robust test has a variance that is`
        }
      ]
  return { statistic, df: rank, pValue, terms, eigenvalues: eigenvalues.slice().reverse(), warnings }
}

/**
 * The contrast d = FE - RE of the slopes, the spatial lags' coefficients, rho and lambda, weighed by the Moore-Penrose inverse of V_FE - V_RE. Both fits
 * must come of the same data, weights and correction. (Hausman 1978; Mutl and Pfaffermayr 2011.)
 */
export const spatialHausman = (fixed: Fit, random: Fit): SpatialHausman => {
  const terms = commonTerms(fixed, random)
  const variance = ({ covariance, terms: own }: Fit) =>
    submatrix(
      covariance,
      own.length,
      terms.map((term) => own.indexOf(term))
    )
  const [ofFixed, ofRandom] = [variance(fixed), variance(random)]
  return tested(
    terms,
    fixed,
    random,
    ofFixed.map((v, at) => v - ofRandom[at]!)
  )
}

/**
 * The same contrast weighed by its own variance, from the joint covariance of both estimates under any dependence within entities: V = R (D^-1 S D^-1) R', S the
 * variance of the stacked scores of both likelihoods, D both informations, R = [I, -I]. It is positive semi-definite by construction, and random effects need not
 * be efficient. Of sar and sdm. `scores` as for `jointCovariance`: entity-sums is what xsmle has.
 */
export const robustSpatialHausman = (
  model: SpatialModel,
  fixed: SpatialFit,
  random: SpatialRandomFit,
  scores: StackedScores = "quadratic-forms"
): SpatialHausman => {
  const terms = commonTerms(fixed, random)
  const joint = jointCovariance(model, fixed, random, scores)
  const size = fixed.terms.length + random.terms.length
  const places = terms.map((term) => [fixed.terms.indexOf(term), fixed.terms.length + random.terms.indexOf(term)] as const)
  const difference = Float64Array.from({ length: terms.length ** 2 }, (_, at) => {
    const [[i, p], [j, q]] = [places[Math.floor(at / terms.length)]!, places[at % terms.length]!]
    return joint[i * size + j]! - joint[i * size + q]! - joint[p * size + j]! + joint[p * size + q]!
  })
  return tested(terms, fixed, random, difference)
}
