import { curve } from "../determinant/curve.ts"
import { determinant } from "../determinant/determinant.ts"
import type { Determinant } from "../determinant/method.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { isRowStandardized, type WeightsMatrix } from "../weights/weights-matrix.ts"

/**
 * What a unit change of x and of W x does to y once it has run its course, S = I - rho W: of x itself, tr(S^-1)/N in the entity where it happens
 * and 1'S^-1 1/N over all of them on average; of W x, tr(S^-1 W)/N and 1'S^-1 W 1/N (LeSage and Pace 2009, section 2.7).
 */
export interface Multipliers {
  readonly own: { readonly x: number; readonly wx: number }
  readonly all: { readonly x: number; readonly wx: number }
}

/** The multipliers and their derivatives as functions of rho, between the bounds of W. */
export interface SpatialMultiplier {
  readonly lower: number
  readonly upper: number
  readonly at: (rho: number) => Multipliers
  /** d S^-1/d rho = S^-1 W S^-1. */
  readonly slopes: (rho: number) => Multipliers
}

const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length

/** 1'S^-1 1/N and 1'S^-1 W 1/N. */
const totals = (weights: WeightsMatrix) => {
  const size = weights.entities.length
  const ones = new Float64Array(size).fill(1)
  const sums = spatialLag(weights, ones)
  const at = (rho: number) => {
    const { solve } = spatialSolver(weights.matrix, rho)
    return { x: mean(solve(ones)), wx: mean(solve(sums)) }
  }
  return at
}

/**
 * Of the model's weights. tr(S^-1) = N + rho tr G and tr(S^-1 W) = tr G, G = W S^-1, come from the derivatives of ln|S| (`known`: the determinant that a fit
 * used, of W without an eigenvalue 1 where `deflated`). Where W 1 = 1 the totals are 1/(1 - rho), and no system is solved.
 */
export const spatialMultiplier = (weights: WeightsMatrix, known?: Determinant, deflated = false): SpatialMultiplier => {
  const size = weights.entities.length
  const used = known ?? determinant(weights.matrix)
  const unit = deflated && known !== undefined ? 1 : 0
  const trace = (rho: number) => used.trace(rho) + unit / (1 - rho)
  const traceSquare = (rho: number) => used.traceSquare(rho) + unit / (1 - rho) ** 2
  const { lower } = used
  const upper = unit === 1 ? Math.min(1, used.upper) : used.upper
  const own = (rho: number) => ({ x: 1 + (rho * trace(rho)) / size, wx: trace(rho) / size })
  const ownSlope = (rho: number) => ({ x: (trace(rho) + rho * traceSquare(rho)) / size, wx: traceSquare(rho) / size })
  if (isRowStandardized(weights)) {
    const both = (value: number) => ({ x: value, wx: value })
    return {
      lower,
      upper,
      at: (rho) => ({ own: own(rho), all: both(1 / (1 - rho)) }),
      slopes: (rho) => ({ own: ownSlope(rho), all: both(1 / (1 - rho) ** 2) })
    }
  }
  const total = totals(weights)
  const x = curve((rho) => total(rho).x, lower, upper)
  const wx = curve((rho) => total(rho).wx, lower, upper)
  return {
    lower,
    upper,
    at: (rho) => ({ own: own(rho), all: { x: x.value(rho), wx: wx.value(rho) } }),
    slopes: (rho) => ({ own: ownSlope(rho), all: { x: x.first(rho), wx: wx.first(rho) } })
  }
}

/** Of a model without a spatial lag of y: x acts where it happens, W x on those whose neighbours change. */
export const unmultiplied = (weights: WeightsMatrix): SpatialMultiplier => {
  const one: Multipliers = { own: { x: 1, wx: 0 }, all: { x: 1, wx: mean(spatialLag(weights, new Float64Array(weights.entities.length).fill(1))) } }
  const zero: Multipliers = { own: { x: 0, wx: 0 }, all: { x: 0, wx: 0 } }
  return { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, at: () => one, slopes: () => zero }
}
