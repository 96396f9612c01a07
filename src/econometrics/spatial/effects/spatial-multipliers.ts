import { luFactor, luSolve } from "../../../linalg/lu.ts"
import { type Spectrum, traceOf } from "../determinant/spectrum.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { denseWeights, isRowStandardized, type WeightsMatrix } from "../weights/weights-matrix.ts"

/**
 * What a unit change of x and of W x does to y once it has run its course, S = I - rho W: of x itself, tr(S^-1)/N in the entity where it happens
 * and 1'S^-1 1/N over all of them on average; of W x, tr(S^-1 W)/N and 1'S^-1 W 1/N (LeSage and Pace 2009, section 2.7).
 */
export interface Multipliers {
  readonly own: { readonly x: number; readonly wx: number }
  readonly all: { readonly x: number; readonly wx: number }
}

const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length

const solver = (weights: WeightsMatrix, rho: number) => {
  const size = weights.entities.length
  const factors = luFactor(
    denseWeights(weights).map((w, at) => (Math.floor(at / size) === at % size ? 1 : 0) - rho * w),
    size
  )
  return (right: Float64Array) => luSolve(factors, right)
}

/** The multipliers at rho; `eigen` is the spectrum of the weights themselves. */
export const multipliers = (weights: WeightsMatrix, eigen: Spectrum, rho: number): Multipliers => {
  const ones = new Float64Array(weights.entities.length).fill(1)
  const solve = solver(weights, rho)
  return {
    own: { x: traceOf(eigen, rho, 1, 0) / ones.length, wx: traceOf(eigen, rho, 1, 1) / ones.length },
    all: { x: mean(solve(ones)), wx: mean(solve(spatialLag(weights, ones))) }
  }
}

/** The multipliers as a function of rho for many values of it: where W 1 = 1 both means are 1/(1 - rho), and no system is solved. */
export const multipliersOf = (weights: WeightsMatrix, eigen: Spectrum): ((rho: number) => Multipliers) => {
  if (!isRowStandardized(weights)) return (rho) => multipliers(weights, eigen, rho)
  const size = weights.entities.length
  return (rho) => ({
    own: { x: traceOf(eigen, rho, 1, 0) / size, wx: traceOf(eigen, rho, 1, 1) / size },
    all: { x: 1 / (1 - rho), wx: 1 / (1 - rho) }
  })
}

/** The multipliers' derivatives by rho: d S^-1/d rho = S^-1 W S^-1. */
export const multiplierSlopes = (weights: WeightsMatrix, eigen: Spectrum, rho: number): Multipliers => {
  const ones = new Float64Array(weights.entities.length).fill(1)
  const solve = solver(weights, rho)
  const slope = (right: Float64Array) => mean(solve(spatialLag(weights, solve(right))))
  return {
    own: { x: traceOf(eigen, rho, 2, 1) / ones.length, wx: traceOf(eigen, rho, 2, 2) / ones.length },
    all: { x: slope(ones), wx: slope(spatialLag(weights, ones)) }
  }
}
