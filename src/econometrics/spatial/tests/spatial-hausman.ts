import { submatrix } from "../../../linalg/cross-product.ts"
import type { Warning } from "../../fault.ts"
import { hausmanContrast } from "../../random-effects/hausman-contrast.ts"
import type { SpatialFit } from "../models/spatial-ml.ts"

/** Hausman's test of random against fixed effects in a spatial model. */
export interface SpatialHausman {
  /** d'V^- d with its sign: negative where V = V_FE - V_RE is not positive semi-definite in the direction of d. */
  readonly statistic: number
  /** Rank of V. */
  readonly df: number
  /** Undefined where the statistic is negative: it follows no chi-squared distribution then. */
  readonly pValue: number | undefined
  /** The parameters contrasted: slopes, spatial lags and rho. */
  readonly terms: ReadonlyArray<string>
  /** Eigenvalues of V in units of the fixed-effects standard errors, ascending: a negative one says that V is no variance. */
  readonly eigenvalues: Float64Array
  readonly warnings: ReadonlyArray<Warning>
}

type Fit = Pick<SpatialFit, "terms" | "estimates" | "covariance">

/**
 * The contrast d = FE - RE of the slopes, the spatial lags' coefficients and rho, weighed by the Moore-Penrose inverse of V_FE - V_RE. Both fits
 * must come of the same data, weights and correction. (Hausman 1978; Mutl and Pfaffermayr 2011.)
 */
export const spatialHausman = (fixed: Fit, random: Fit): SpatialHausman => {
  const terms = fixed.terms.slice(0, fixed.terms.indexOf("rho") + 1)
  const size = terms.length
  const places = terms.map((_, i) => i)
  const fixedVariance = submatrix(fixed.covariance, fixed.terms.length, places)
  const randomVariance = submatrix(random.covariance, random.terms.length, places)
  // In units of standard errors, so that neither the rank nor the inverse depends on the variables' units.
  const unit = Float64Array.from(places, (i) => Math.sqrt(fixedVariance[i * size + i]!))
  const contrast = Float64Array.from(places, (i) => fixed.estimates[i]! - random.estimates[i]!)
  const { eigenvalues, pValue, rank, semiDefinite, statistic } = hausmanContrast(
    contrast,
    fixedVariance.map((v, at) => v - randomVariance[at]!),
    unit
  )
  const warnings = semiDefinite
    ? []
    : [
        {
          code: "hausman-not-positive",
          message: `the difference of the fixed- and random-effects variances is not positive semi-definite (smallest eigenvalue ${eigenvalues.at(-1)!.toPrecision(3)}): the Hausman statistic, ${statistic.toPrecision(4)}, is not reliably chi-squared`
        }
      ]
  return { statistic, df: rank, pValue, terms, eigenvalues: eigenvalues.reverse(), warnings }
}
