import { Fault } from "../../fault.ts"
import { inverseInformation } from "../models/inverse-information.ts"
import { denseMultipliers, denseTraces, sparseTraces } from "../models/multiplier-traces.ts"
import type { SpatialParameter } from "../models/specification.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { errorComponents } from "./error-components.ts"
import { commutingInformation, type RandomEstimates, separateInformation } from "./random-information.ts"
import type { RandomPoint, RandomProfile } from "./random-likelihood.ts"

/** What variances are formed of: the estimates with the basis of their regressors. */
export interface Estimated extends Omit<RandomEstimates, "parameters"> {
  readonly weights: WeightsMatrix
  readonly parameters: ReadonlyArray<SpatialParameter>
  readonly basis: ReadonlyArray<Float64Array>
  /** G times the fitted values Z g; undefined without rho. */
  readonly lagged: Float64Array | undefined
}

/** Up to so many entities dense N x N matrices cost less than the rest of an estimate. */
export const FEW = 600

/** Whether the expected information takes dense matrices: of two spatial parameters, and of Baltagi, Song and Koh's errors. */
export const needsDense = ({ frame: { errors }, parameters }: Estimated): boolean =>
  parameters.length === 2 || (errors === "baltagi-song-koh" && parameters.some(({ name }) => name === "lambda"))

/** Above so many entities dense matrices are not to be had. */
const MOST = 4000

/** The inverse of the expected information over the basis' slopes, rho, lambda, sigma2 and sigma2_entity, row-major. */
export const expectedCovariance = (estimated: Estimated): Float64Array => {
  const { basis, frame, lagged, parameters, point, sigma2, weights } = estimated
  const names = parameters.map(({ name }) => name)
  if (needsDense(estimated) && frame.entities > MOST)
    throw new Fault(
      "too-many-entities",
      `the expected information of this model takes matrices of ${frame.entities} x ${frame.entities} numbers; above ${MOST} entities take the variance "observed", which an entity variance of zero does not have`
    )
  const hasError = names.includes("lambda")
  const ofVariances = () => {
    if (hasError && frame.errors === "baltagi-song-koh") return separateInformation({ ...estimated, parameters: names }, weights)
    const [only] = parameters
    const traces =
      parameters.length === 1 && frame.entities > FEW
        ? sparseTraces(hasError ? frame.errorWeights! : weights, only!, point[only!.name], frame)
        : denseTraces(denseMultipliers(names.includes("rho") ? weights : undefined, frame.errorWeights, point), parameters, frame, frame.entities)
    return commutingInformation({ ...estimated, parameters: names }, traces)
  }
  const variances = ofVariances()
  const k = basis.length
  const p = names.length + 2
  const size = k + p
  const information = new Float64Array(size * size)
  const means = lagged === undefined ? basis : [...basis, lagged]
  const { moments } = errorComponents(frame, means)(point.lambda, point.c)
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) information[(k + i) * size + k + j] = variances[i * p + j]!
  // rho stands first behind the slopes.
  means.forEach((_, i) => {
    means.forEach((_other, j) => {
      information[i * size + j]! += moments[i * means.length + j]! / sigma2
    })
  })
  return inverseInformation(information, size)
}

/** Richardson's extrapolation of a central difference, with steps h and h/2. */
const derivative = (f: (at: number) => Float64Array, at: number, step: number): Float64Array => {
  const central = (h: number) => {
    const [after, before] = [f(at + h), f(at - h)]
    return after.map((value, i) => (value - before[i]!) / (2 * h))
  }
  const [coarse, fine] = [central(step), central(step / 2)]
  return fine.map((value, i) => (4 * value - coarse[i]!) / 3)
}

/**
 * The inverse of the observed information of the same parameters. The likelihood is concentrated in the slopes and sigma2, whose own information is known; that of rho,
 * lambda and c comes from differences of the concentrated likelihood's analytic gradient, and moves the slopes and sigma2 along with them. `conditional`: the
 * slopes' variance is that at given rho, lambda and c.
 */
export const observedCovariance = ({ parameters, point, sigma2 }: Estimated, profile: RandomProfile, periods: number, conditional: boolean): Float64Array => {
  const names: ReadonlyArray<keyof RandomPoint> = [...parameters.map(({ name }) => name), "c"]
  const p = names.length
  const at = profile.at(point)
  const k = at.slopes.length
  const moves = names.map((name) => {
    const bounds = parameters.find((parameter) => parameter.name === name)?.determinant
    const room = bounds === undefined ? 1 + point.c : Math.min(point[name] - bounds.lower, bounds.upper - point[name])
    return derivative(
      (value) => {
        const there = profile.at({ ...point, [name]: value })
        const gradient = there.gradient()
        return Float64Array.of(...names.map((other) => gradient[other]), ...there.slopes, there.sigma2)
      },
      point[name],
      2e-3 * room
    )
  })
  const hessian = Float64Array.from({ length: p * p }, (_, i) => -(moves[Math.floor(i / p)]![i % p]! + moves[i % p]![Math.floor(i / p)]!) / 2)
  const inner = inverseInformation(hessian, p)
  const size = k + p + 1
  // Of slopes, rho, lambda, sigma2 and c: their derivatives by rho, lambda and c.
  const jacobian = (i: number, a: number): number => {
    if (i < k) return conditional ? 0 : moves[a]![p + i]!
    if (i === size - 2) return moves[a]![p + k]!
    return (i === size - 1 ? p - 1 : i - k) === a ? 1 : 0
  }
  const own = (i: number, j: number) => {
    if (i < k && j < k) return sigma2 * at.inverseGram[i * k + j]!
    return i === size - 2 && j === i ? (2 * sigma2 ** 2) / profile.observations : 0
  }
  const whole = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = own(i, j)
      for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) sum += jacobian(i, a) * inner[a * p + b]! * jacobian(j, b)
      whole[i * size + j] = sum
    }
  // c becomes sigma2_entity = c sigma2/T.
  const last = size - 1
  const moved = Float64Array.from({ length: size }, (_, j) => (point.c * whole[(last - 1) * size + j]! + sigma2 * whole[last * size + j]!) / periods)
  const variance = (point.c * moved[last - 1]! + sigma2 * moved[last]!) / periods
  for (let j = 0; j < last; j++) whole[last * size + j] = whole[j * size + last] = moved[j]!
  whole[last * size + last] = variance
  return whole
}
