import type { Warning } from "../../fault.ts"
import type { Determinant } from "../determinant/method.ts"
import { spectrum } from "../determinant/spectrum.ts"
import { denseWeights, type WeightsMatrix } from "../weights/weights-matrix.ts"

/** tau, eta and rho of y_t = tau y_(t-1) + eta W y_(t-1) + rho W y_t + ...; zero where the model leaves one out. */
export interface Dynamics {
  readonly tau: number
  readonly eta: number
  readonly rho: number
}

export interface Stability {
  /** tau + eta + rho: below 1 where the model is stable and rows of W sum to one. */
  readonly sum: number
  /** The largest |tau + eta w|/|1 - rho w| over the eigenvalues w of W: (I - rho W)^-1 (tau I + eta W) has no larger one. */
  readonly radius: number
  readonly warnings: ReadonlyArray<Warning>
}

/** Up to so many entities all eigenvalues are taken; above, the real ones at both ends, which `determinant` bounds. */
const FEW = 600

/** Whether shocks die out: both conditions of Elhorst (2014, section 4.6). */
export const stability = ({ eta, rho, tau }: Dynamics, weights: WeightsMatrix, { lower, upper }: Determinant, deflated: boolean): Stability => {
  const size = weights.entities.length
  // Where the determinant is without the eigenvalue 1, that is the largest.
  const ends = Float64Array.of(0, 1 / lower, 1 / upper, ...(deflated ? [1] : []))
  const { imaginary, real } = size <= FEW ? spectrum(denseWeights(weights), size) : { real: ends, imaginary: new Float64Array(ends.length) }
  let radius = 0
  for (let i = 0; i < real.length; i++)
    radius = Math.max(radius, Math.hypot(tau + eta * real[i]!, eta * imaginary[i]!) / Math.hypot(1 - rho * real[i]!, rho * imaginary[i]!))
  const sum = tau + eta + rho
  const faults = [
    ...(sum < 1 ? [] : [`tau + eta + rho is ${sum.toPrecision(4)}, not below 1`]),
    ...(radius < 1 ? [] : [`the largest eigenvalue of (I - rho W)^-1 (tau I + eta W) is ${radius.toPrecision(4)} in size, not below 1`])
  ]
  return {
    sum,
    radius,
    warnings:
      faults.length === 0
        ? []
        : [
            {
              code: "unstable",
              message: `${faults.join(" and ")}: by these estimates shocks do not die out, there is no long run, and the bias correction, which is of stable models, is not to be relied on`
            }
          ]
  }
}
