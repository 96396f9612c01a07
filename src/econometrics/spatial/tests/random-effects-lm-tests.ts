import { bilinear, submatrix } from "../../../linalg/cross-product.ts"
import { dot } from "../../../linalg/dot.ts"
import { qr, residuals } from "../../../linalg/qr.ts"
import { sparseIdentity, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse, sparseProduct, sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { Fault, type Warning } from "../../fault.ts"
import { weightsTrace } from "../models/correction-warnings.ts"
import { maximum } from "../models/maximum.ts"
import { demeanEntities, entityMeans } from "../models/panel-effects.ts"
import { spatialMl } from "../models/spatial-ml.ts"
import { type SpatialModel, type SpatialSample, spatialSample } from "../models/spatial-sample.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts"
import { type NormalTest, normalTest } from "./normal-test.ts"

/** Tests of random entity effects and of spatially correlated errors in a panel with a constant (Baltagi, Song and Koh 2003); of random effects one-sided, since a variance is not negative. */
export interface RandomEffectsLmTests {
  /** LM1: of random effects where nothing is spatial. */
  readonly randomEffects: NormalTest
  /** LM2: of a spatial error where there are no random effects; its square is LM-error of pooled residuals. */
  readonly error: NormalTest
  /** LM1^2 + LM2^2. */
  readonly joint: ChiSquaredTest
  /** Of a spatial error where random effects are estimated. */
  readonly errorGivenRandomEffects: NormalTest
  /** Of random effects where a spatial error is. */
  readonly randomEffectsGivenError: NormalTest
  readonly warnings: ReadonlyArray<Warning>
}

const squared = (x: Float64Array): number => dot(x, x)
/** sqrt(T) times the means of entities: the part of a column between them. */
const between = (x: Float64Array, entities: number): Float64Array => {
  const root = Math.sqrt(x.length / entities)
  return entityMeans(x, entities).map((mean) => root * mean)
}
const designOf = ({ entities, periods, regressors }: SpatialSample): ReadonlyArray<Float64Array> => [
  new Float64Array(entities * periods).fill(1),
  ...regressors.map(({ values }) => values)
]

/** From ln phi^2 of -25 on the entities' variance is e^25 times the other. */
const SMALLEST_LOG_PHI2 = -25

/**
 * Residuals u of y = X b + mu_i + v_it by maximum likelihood, as their parts within and between entities, with s_v^2 and phi^2 = s_v^2/(s_v^2 + T s_mu^2):
 * lnL = -(NT/2) ln(e_w'e_w + phi^2 e_b'e_b) + (N/2) ln phi^2 at its greatest over 0 < phi^2 <= 1.
 */
const randomEffectsResiduals = (sample: SpatialSample) => {
  const { dependent, entities, periods } = sample
  const n = entities * periods
  const columns = [dependent.values, ...designOf(sample)].map((x) => ({ within: demeanEntities(x, entities), between: between(x, entities) }))
  const at = (u: number) => {
    const phi = Math.exp(u / 2)
    const [y, ...x] = columns.map((part) => Float64Array.of(...part.within, ...part.between.map((v) => phi * v)))
    const e = residuals(qr(x), y!)
    return { phi2: phi * phi, within: e.subarray(0, n), between: e.subarray(n).map((v) => v / phi), sse: squared(e) }
  }
  const slope = (u: number) => {
    const found = at(u)
    return { value: (-n / 2) * Math.log(found.sse) + (entities / 2) * u, slope: entities / 2 - ((n / 2) * found.phi2 * squared(found.between)) / found.sse }
  }
  const best = at(maximum(slope, SMALLEST_LOG_PHI2, 0, 25) ?? (slope(0).value >= slope(SMALLEST_LOG_PHI2).value ? 0 : SMALLEST_LOG_PHI2))
  return { ...best, variance: best.sse / n }
}

/** D = s_v^2/s_1^4 u_b'W u_b + u_w'W u_w/s_v^2 over the root of ((T - 1) + s_v^4/s_1^4) tr(WW + W'W). */
const errorGivenRandomEffects = (sample: SpatialSample): number => {
  const { between: b, phi2, variance, within } = randomEffectsResiduals(sample)
  const score = (phi2 * phi2 * dot(b, spatialLag(sample.weights, b)) + dot(within, spatialLag(sample.weights, within))) / variance
  return score / Math.sqrt((sample.periods - 1 + phi2 * phi2) * weightsTrace(sample.weights))
}

/**
 * With K = B'B, B = I - lambda W, u the residuals of the pooled SEM and U the entities' sums of u over time: D = U'KKU/(2 s^4) - T tr K/(2 s^2), variance T^2 tr(KK)/(2 s^4) less what lambda and
 * s^2 take, of which the information is -T lambda |W|^2/s^2 and T tr K/(2 s^4).
 */
const randomEffectsGivenError = (sample: SpatialSample, model: SpatialModel) => {
  const { entities, periods, weights } = sample
  const fit = spatialMl(model, { specification: "sem", effects: "pooled", variance: "expected" })
  const value = (term: string) => fit.estimates[fit.terms.indexOf(term)]!
  const [lambda, s2] = [value("lambda"), value("sigma2")]
  // e = B u, so that KU = B' (sums of e).
  const e = Float64Array.from(sample.rows, (row) => fit.residuals[row]!)
  const sums = entityMeans(e, entities).map((mean) => periods * mean)
  const b = addSparse(1, sparseIdentity(entities), -lambda, weights.matrix)
  const turned = transpose(b)
  const k = sparseProduct(turned, b)
  const trace = squared(b.values)
  const score = squared(sparseTimesDense(turned, sums)) / (2 * s2 * s2) - (periods * trace) / (2 * s2)
  const shared = Float64Array.of((-periods * lambda * squared(weights.matrix.values)) / s2, (periods * trace) / (2 * s2 * s2))
  const places = ["lambda", "sigma2"].map((term) => fit.terms.indexOf(term))
  const variance = (periods * periods * squared(k.values)) / (2 * s2 * s2) - bilinear(shared, submatrix(fit.covariance, fit.terms.length, places))
  return { statistic: score / Math.sqrt(variance), warnings: fit.warnings }
}

/**
 * Lagrange multiplier tests of random entity effects and spatial errors, u = mu_i + eps, eps = lambda W eps + v, from pooled residuals and each given the other by maximum likelihood;
 * splm's bsktest. A panel of several periods is needed (Fault `panel-too-small`).
 *
 * LM1 = sqrt(NT/(2(T-1))) (sum_i (sum_t u_it)^2/u'u - 1), LM2 = sqrt(N^2 T/tr(WW + W'W)) u'W_T u/u'u.
 */
export const randomEffectsLmTests = (model: SpatialModel): RandomEffectsLmTests => {
  const sample = spatialSample(model)
  const { dependent, entities, periods, weights } = sample
  if (periods < 2) throw new Fault("panel-too-small", "random effects of entities need at least 2 years; there is one: a cross-section has none")
  const u = residuals(qr(designOf(sample)), dependent.values)
  const sse = squared(u)
  if (!(sse > 1e-24 * squared(dependent.values)))
    throw new Fault("perfect-fit", `the regressors explain ${dependent.name} without a rest: there are no residuals to test; use fewer regressors`)
  const trace = weightsTrace(weights)
  if (!(trace > 0)) throw new Fault("weights-uninformative", "the weights link no entity to another: there is no spatial dependence to test")
  const n = entities * periods
  const effects = Math.sqrt(n / (2 * (periods - 1))) * ((periods * squared(between(u, entities))) / sse - 1)
  const error = (Math.sqrt((entities * n) / trace) * dot(u, spatialLag(weights, u))) / sse
  const given = randomEffectsGivenError(sample, model)
  return {
    randomEffects: normalTest(effects, "one-sided"),
    error: normalTest(error),
    joint: chiSquaredTest(effects ** 2 + error ** 2, 2),
    errorGivenRandomEffects: normalTest(errorGivenRandomEffects(sample)),
    randomEffectsGivenError: normalTest(given.statistic, "one-sided"),
    warnings: given.warnings
  }
}
