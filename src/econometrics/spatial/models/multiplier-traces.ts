import { multiply } from "../../../linalg/cross-product.ts"
import { dot } from "../../../linalg/dot.ts"
import { luFactor, luInverse } from "../../../linalg/lu.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"
import { traceOuter } from "../determinant/trace-outer.ts"
import { denseWeights, type WeightsMatrix } from "../weights/weights-matrix.ts"
import { demeanTwoWay } from "./panel-effects.ts"
import type { SpatialFrame } from "./spatial-frame.ts"
import type { SpatialPoint } from "./spatial-profile.ts"
import type { SpatialParameter } from "./specification.ts"

/** What the expected information needs of the multipliers Gf = B G B^-1 (rho) and H (lambda), under Lee-Yu with time effects of F'GfF and F'HF. */
export interface MultiplierTraces {
  /** tr P of parameter p. */
  readonly trace: (p: number) => number
  /** tr(PQ + P'Q) of parameters p and q. */
  readonly squares: (p: number, q: number) => number
  /** Gf x of a column of N T. */
  readonly lag: (x: Float64Array) => Float64Array
  /** How tr P'P was estimated, where it could not be had exactly. */
  readonly estimated?: string
}

/** Sum over i, j of a_ij b_ji: tr(AB). */
const crossed = (a: Float64Array, b: Float64Array, size: number): number => {
  let sum = 0
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sum += a[i * size + j]! * b[j * size + i]!
  return sum
}

const traceOf = (a: Float64Array, size: number): number => {
  let sum = 0
  for (let i = 0; i < size; i++) sum += a[i * size + i]!
  return sum
}

/** I - rho W, row-major. */
const spatialSystem = (weights: WeightsMatrix, rho: number): Float64Array => {
  const size = weights.entities.length
  return denseWeights(weights).map((w, at) => (Math.floor(at / size) === at % size ? 1 : 0) - rho * w)
}

/** W (I - rho W)^-1, row-major. */
const multiplierOf = (weights: WeightsMatrix, rho: number): Float64Array => {
  const size = weights.entities.length
  return multiply(denseWeights(weights), luInverse(luFactor(spatialSystem(weights, rho), size)), size, size, size)
}

/** The dense matrices of a model: H = M (I - lambda M)^-1 for lambda, and for rho G = W (I - rho W)^-1 between the filters, B G B^-1. */
export interface DenseMultipliers {
  readonly rho: Float64Array | undefined
  readonly lambda: Float64Array | undefined
}

export const denseMultipliers = (
  lagWeights: WeightsMatrix | undefined,
  errorWeights: WeightsMatrix | undefined,
  { lambda, rho }: SpatialPoint
): DenseMultipliers => {
  const g = lagWeights === undefined ? undefined : multiplierOf(lagWeights, rho)
  if (errorWeights === undefined) return { rho: g, lambda: undefined }
  const size = errorWeights.entities.length
  const b = spatialSystem(errorWeights, lambda)
  const inverse = luInverse(luFactor(b, size))
  return {
    rho: g === undefined ? undefined : multiply(multiply(b, g, size, size, size), inverse, size, size, size),
    lambda: multiply(denseWeights(errorWeights), inverse, size, size, size)
  }
}

/** From the dense matrices. */
export const denseTraces = (
  multipliers: DenseMultipliers,
  parameters: ReadonlyArray<SpatialParameter>,
  { deflated }: Pick<SpatialFrame, "deflated">,
  entities: number
): MultiplierTraces => {
  // F'GF has the traces of J G J, J = I - 11'/N, which is G demeaned by row and by column.
  const forms = parameters.map(({ name }) => (deflated ? demeanTwoWay(multipliers[name]!, entities) : multipliers[name]!))
  return {
    trace: (p) => traceOf(forms[p]!, entities),
    squares: (p, q) => crossed(forms[p]!, forms[q]!, entities) + dot(forms[p]!, forms[q]!),
    lag: (x) => multiply(multipliers.rho!, x, entities, entities, x.length / entities)
  }
}

/** Of a model with one spatial parameter, without dense matrices: from the determinant's derivatives, tr(G'G) by the selected inverse, and solved systems. */
export const sparseTraces = (
  weights: WeightsMatrix,
  { determinant }: SpatialParameter,
  at: number,
  { deflated }: Pick<SpatialFrame, "deflated">
): MultiplierTraces => {
  const { solve } = spatialSolver(weights.matrix, at)
  const outer = traceOuter(weights.matrix, at, { deflated })
  return {
    ...(outer.standardError === undefined ? {} : { estimated: outer.method }),
    trace: () => determinant.trace(at),
    squares: () => determinant.traceSquare(at) + outer.value,
    lag: (x) => {
      const width = x.length / weights.entities.length
      return sparseTimesDense(weights.matrix, solve(x, width), width)
    }
  }
}
