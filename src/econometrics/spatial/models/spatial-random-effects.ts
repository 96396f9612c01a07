import { cholesky, choleskySolve } from "../../../linalg/cholesky.ts"
import { bilinear, crossProduct, multiply } from "../../../linalg/cross-product.ts"
import { dot } from "../../../linalg/dot.ts"
import { Fault, type Warning } from "../../fault.ts"
import { logDeterminant, spectrum, traceOf } from "../determinant/spectrum.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { inverseInformation } from "./inverse-information.ts"
import { maximum } from "./maximum.ts"
import { demeanPeriods, demeanTwoWay, entityMeans } from "./panel-effects.ts"
import { independentColumns, interior, type SpatialData, symmetric } from "./spatial-fit.ts"
import type { Correction } from "./spatial-frame.ts"
import { likelihoodMatrix, spatialMultiplier, traces } from "./spatial-likelihood.ts"
import type { SpatialFit } from "./spatial-ml.ts"

/** The two parts of a column once period means are off: deviations from entity means, and entity means times sqrt(T). */
interface Parts {
  readonly within: Float64Array
  readonly between: Float64Array
}

/** The fit, what a glance at it shows, and a warning where the entity variance is at its bound. */
export interface SpatialRandomEffectsFit {
  readonly fit: Pick<SpatialFit, "terms" | "estimates" | "covariance" | "logLikelihood">
  readonly statistics: { readonly logLikelihood: number; readonly observations: number; readonly sigma2: number }
  readonly warnings: ReadonlyArray<Warning>
}

const partsOf = (column: Float64Array, entities: number): Parts => {
  const root = Math.sqrt(column.length / entities)
  return { within: demeanTwoWay(column, entities), between: entityMeans(demeanPeriods(column, entities), entities).map((mean) => mean * root) }
}

/**
 * The spatial lag model with random entity effects and year dummies, y = rho W y + X d + years + mu_i + e (with X = [x, W x], the random-effects
 * SDM; Elhorst 2014, section 3.3). Its likelihood is that of two independent parts with common d and rho: within, T-1 times with variance
 * s2, and between, once with s1 = s2 + T s_mu; phi^2 = s2/s1 is the square of the usual quasi-demeaning's 1 - theta:
 *   lnL = -(mT/2) ln(2 pi s2) + (m/2) ln phi^2 + T ln|I - rho W°| - (e_w'e_w + phi^2 e_b'e_b)/(2 s2),
 * m = N - 1 and W° without the unit eigenvalue under lee-yu (year effects transformed away), m = N and W under none. phi^2 is profiled out on
 * (0, 1] inside rho's maximisation; where it reaches 1 the entity variance is estimated as zero, which is a warning.
 * Terms: slopes, rho, sigma2, sigma2_between (s1).
 */
export const spatialRandomEffects = (weights: WeightsMatrix, data: SpatialData, correction: Correction): SpatialRandomEffectsFit => {
  const size = weights.entities.length
  const periods = data.dependent.length / size
  const m = correction === "lee-yu" ? size - 1 : size
  const n = m * periods
  const matrix = likelihoodMatrix(weights, correction)
  const eigen = spectrum(matrix, size)
  const lag = spatialLag(weights, data.dependent)
  const columns = [data.dependent, lag, ...data.regressors].map((column) => partsOf(column, size))
  const k = data.regressors.length
  independentColumns(
    columns.slice(2).map((part) => part.within),
    data.names,
    data.regressors
  )
  const within = crossProduct(columns.map((part) => part.within))
  const between = crossProduct(columns.map((part) => part.between))
  const width = k + 2

  /** Generalised least squares at (rho, phi^2), from the cross-products. */
  const at = (rho: number, phi2: number) => {
    const moment = (i: number, j: number) => within[i * width + j]! + phi2 * between[i * width + j]!
    const scale = Float64Array.from({ length: k }, (_, j) => 1 / Math.sqrt(moment(j + 2, j + 2)))
    const factor = cholesky(
      symmetric(k, (i, j) => moment(i + 2, j + 2) * scale[i]! * scale[j]!),
      k
    )
    if (factor === undefined) throw new Fault("collinear", "the regressors of the random-effects model are collinear; leave one out")
    const right = scale.map((factor, j) => factor * (moment(j + 2, 0) - rho * moment(j + 2, 1)))
    const slopes = choleskySolve(factor, k, right).map((b, j) => b * scale[j]!)
    const v = Float64Array.of(1, -rho, ...slopes.map((b) => -b))
    const lagUnit = Float64Array.from({ length: width }, (_, i) => (i === 1 ? 1 : 0))
    const sum = (a: Float64Array, b: Float64Array) => bilinear(a, within, b) + phi2 * bilinear(a, between, b)
    return { slopes, sseBetween: bilinear(v, between), sse: sum(v, v), lagged: sum(lagUnit, v) }
  }
  /** ln phi^2 that maximises the likelihood at rho. */
  const profile = (rho: number): number => {
    const f = (u: number) => {
      const phi2 = Math.exp(u)
      const { sse, sseBetween } = at(rho, phi2)
      return { value: (-n / 2) * Math.log(sse) + (m / 2) * u, slope: m / 2 - ((n / 2) * phi2 * sseBetween) / sse }
    }
    return maximum(f, SMALLEST_LOG_PHI2, 0) ?? (f(0).value >= f(SMALLEST_LOG_PHI2).value ? 0 : SMALLEST_LOG_PHI2)
  }
  const likelihoodAt = (rho: number) => {
    const u = profile(rho)
    const { sse, lagged } = at(rho, Math.exp(u))
    return {
      value: (-n / 2) * (Math.log((2 * Math.PI * sse) / n) + 1) + (m / 2) * u + periods * logDeterminant(eigen, rho),
      slope: (n * lagged) / sse - periods * traceOf(eigen, rho, 1, 1)
    }
  }
  const rho = interior(maximum(likelihoodAt, eigen.lower, eigen.upper), "rho", eigen)
  const phi2 = Math.exp(profile(rho))
  const { slopes, sse } = at(rho, phi2)
  const sigma2 = sse / n
  const sigma2Between = sigma2 / phi2

  const g = spatialMultiplier(matrix, size, rho)
  const trace = traces(g, size, correction)
  const fitted = data.dependent.map((_, i) => data.regressors.reduce((sum, column, j) => sum + slopes[j]! * column[i]!, 0))
  const x = columns.slice(2)
  const rest = data.dependent.map((value, i) => value - rho * lag[i]! - fitted[i]!)
  const years = demeanPeriods(rest, size).map((deviation, i) => rest[i]! - deviation)
  const gm = partsOf(
    multiply(
      g,
      fitted.map((value, i) => value + years[i]!),
      size,
      size,
      periods
    ),
    size
  )
  const weighted = (a: Parts, b: Parts) => dot(a.within, b.within) / sigma2 + dot(a.between, b.between) / sigma2Between
  const information = symmetric(k + 3, (i, j) => {
    if (j < k) return weighted(x[i]!, x[j]!)
    if (i < k) return j === k ? weighted(x[i]!, gm) : 0
    if (j === k) return periods * trace.squares + weighted(gm, gm)
    if (i === k) return j === k + 1 ? ((periods - 1) * trace.g) / sigma2 : trace.g / sigma2Between
    if (i !== j) return 0
    return j === k + 1 ? (m * (periods - 1)) / (2 * sigma2 ** 2) : m / (2 * sigma2Between ** 2)
  })
  const logLikelihood = likelihoodAt(rho).value
  return {
    statistics: { logLikelihood, observations: n, sigma2 },
    fit: {
      terms: [...data.names, "rho", "sigma2", "sigma2_between"],
      estimates: Float64Array.of(...slopes, rho, sigma2, sigma2Between),
      covariance: inverseInformation(information, k + 3),
      logLikelihood
    },
    warnings:
      phi2 < 1
        ? []
        : [
            {
              code: "random-effects-variance-zero",
              message:
                "the random-effects SDM estimates the variance of the entity effects as zero (its bound): it is a pooled model here, and the Hausman test compares with that"
            }
          ]
  }
}

/** phi^2 = e^-30 is an entity variance 1e13 times the rest's: nothing is to be found beyond. */
const SMALLEST_LOG_PHI2 = -30
