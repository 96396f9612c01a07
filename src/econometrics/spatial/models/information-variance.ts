import { Fault } from "../../fault.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { inverseInformation } from "./inverse-information.ts"
import { denseMultipliers, denseTraces, type MultiplierTraces, sparseTraces } from "./multiplier-traces.ts"
import { filteredRegressors, less } from "./spatial-columns.ts"
import { type Estimated, expectedInformation, filteredBefore, observedInformation } from "./spatial-information.ts"
import { clusterSandwich, scoreSumsSandwich } from "./spatial-sandwich.ts"

/**
 * expected: the inverse of the expected information. observed: of minus the Hessian, analytic. cluster: the expected information around the variance of
 * the scores, robust to heteroskedasticity over entities and to any dependence within them; in a cross-section, to heteroskedasticity. cluster-scores: the same
 * of the sums of each entity's rows' scores, as optimisers that cluster give it; it takes rows of a quadratic form for independent, which they are not.
 */
export type SpatialVariance = "expected" | "observed" | "cluster" | "cluster-scores"

/** Up to so many entities the N x N matrices of the expected information cost less than the rest of an estimate. */
const FEW = 600
/** Up to so many they can be had at all. */
const MOST = 4000

const DESCRIPTIONS: Readonly<Record<SpatialVariance, string>> = {
  expected: "information matrix",
  observed: "observed information",
  cluster: "clustered by entity, robust scores",
  "cluster-scores": "clustered by entity, sums of scores"
}

export interface InformationVariance {
  readonly variance: SpatialVariance
  readonly description: string
  /** Of slopes, rho, lambda and sigma2, row-major. */
  readonly covariance: Float64Array
}

/** The variance of a model's estimates. Without a `choice` the expected information, but the observed one where that would take dense matrices of many entities. */
export const informationVariance = (
  estimated: Estimated,
  dependent: Float64Array,
  entities: number,
  lagWeights: WeightsMatrix | undefined,
  errorWeights: WeightsMatrix | undefined,
  choice: SpatialVariance | undefined
): InformationVariance => {
  const { columns, frame, lagOnRegressors, parameters, point, residuals, slopes } = estimated
  const size = slopes.length + parameters.length + 1
  const variance = choice ?? (parameters.length < 2 || entities <= FEW ? "expected" : "observed")
  const described = (covariance: Float64Array, traces?: string): InformationVariance => ({
    variance,
    description: `${DESCRIPTIONS[variance]}${traces === undefined ? "" : `, traces by ${traces}`}`,
    covariance
  })
  if (variance === "observed") return described(inverseInformation(observedInformation(estimated), size))
  const systematic = ({ lag }: MultiplierTraces) => {
    if (lagWeights === undefined) return undefined
    const lagged = frame.finish(lag(less(filteredBefore(frame, dependent, lagWeights, errorWeights, point), 1, residuals)))
    if (lagOnRegressors === undefined) return lagged
    return filteredRegressors(columns, point.lambda).reduce((rest, column, j) => less(rest, lagOnRegressors[j]!, column), lagged)
  }
  if (variance === "expected" && parameters.length < 2 && entities > FEW) {
    const [parameter] = parameters
    const traces =
      parameter === undefined
        ? denseTraces({ rho: undefined, lambda: undefined }, [], frame, entities)
        : sparseTraces((lagWeights ?? errorWeights)!, parameter, point[parameter.name], frame)
    return described(inverseInformation(expectedInformation(estimated, traces, systematic(traces)), size), traces.estimated)
  }
  if (entities > MOST && parameters.length > 0)
    throw new Fault(
      "too-many-entities",
      `the variance "${variance}" of this model takes matrices of ${entities} x ${entities} numbers; above ${MOST} entities take "observed", or spatialGmm with a clustered variance`
    )
  const multipliers = denseMultipliers(lagWeights, errorWeights, point)
  const traces = denseTraces(multipliers, parameters, frame, entities)
  const lagged = systematic(traces)
  const inverse = inverseInformation(expectedInformation(estimated, traces, lagged), size)
  if (variance === "expected") return described(inverse)
  return described(
    variance === "cluster" ? clusterSandwich(estimated, multipliers, lagged, inverse, entities) : scoreSumsSandwich(estimated, multipliers, inverse, entities)
  )
}
