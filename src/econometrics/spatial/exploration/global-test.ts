import { Fault } from "../../fault.ts"
import { several } from "../weights/several.ts"
import { weightsFaults } from "../weights/weights-faults.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type Alternative, normalPValue } from "./alternative.ts"

/** A statistic's variance under an assumption, and the normal test that it makes. A positive z is positive autocorrelation, whatever the statistic. */
export interface Moment {
  readonly variance: number
  readonly z: number
  readonly pValue: number
}

/** The moment; `distance` is how far the statistic lies from its expectation towards positive autocorrelation. A variance that is not positive is a fault. */
export const moment = (what: string, entities: number, distance: number, variance: number, alternative: Alternative): Moment => {
  if (!(variance > 0))
    throw new Fault("no-variance", `the variance of ${what} is ${variance}: these weights and values leave it no variation over ${entities} entities`)
  const z = distance / Math.sqrt(variance)
  return { variance, z, pValue: normalPValue(z, alternative) }
}

/** A global statistic with its expectation and its moments: the values are a random permutation over the entities, or independent normals. */
export interface GlobalTest {
  readonly statistic: number
  readonly expected: number
  readonly randomisation: Moment
  readonly normality: Moment
}

/**
 * Deviations from the mean, their sum of squares, and the kurtosis N sum z^4/(sum z^2)^2. Weights that are none, values that are not one finite number an entity, and a variable that does not vary
 * are faults; `what` names the statistic and the variable.
 */
export const deviations = (
  weights: WeightsMatrix,
  x: Float64Array,
  what: string
): { readonly z: Float64Array; readonly squares: number; readonly kurtosis: number } => {
  const { entities } = weights
  const without = x.length === entities.length ? entities.filter((_, i) => !Number.isFinite(x[i]!)) : []
  const wrong = [
    ...weightsFaults(weights),
    ...(x.length === entities.length ? [] : [`${what} needs a value for each of the ${entities.length} entities of the weights; there are ${x.length}`]),
    ...(without.length === 0 ? [] : [`${what} needs a finite number for every entity; these have none: ${several(without)}`])
  ]
  if (wrong.length > 0) throw new Fault("input", wrong.join("; "))
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length
  const z = x.map((v) => v - mean)
  let squares = 0
  let fourths = 0
  for (const v of z) {
    squares += v * v
    fourths += v ** 4
  }
  // What rounding leaves of a constant is no variation.
  if (!(squares > x.length * (1e-14 * Math.abs(x[0]!)) ** 2))
    throw new Fault("no-variation", `${what} is not defined: all ${x.length} entities have the value ${x[0]}`)
  return { z, squares, kurtosis: (x.length * fourths) / squares ** 2 }
}
