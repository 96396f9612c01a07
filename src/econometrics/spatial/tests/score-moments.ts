import { dot } from "../../../linalg/dot.ts"
import { sumOf } from "../../../linalg/sums.ts"
import { Fault } from "../../fault.ts"
import { weightsTrace } from "../models/correction-warnings.ts"
import type { SpatialFrame } from "../models/spatial-frame.ts"
import { rowSums, type WeightsMatrix } from "../weights/weights-matrix.ts"

/** Mean and variance of e'W_T e/s2 where the errors are independent. */
export interface ScoreMoments {
  readonly mean: number
  readonly variance: number
}

/**
 * tr A and tr(AA + A'A) of A = F'WF, F an orthonormal complement of the unit vector 1: FF' = I - 11'/N, so that with row sums r = W1, column sums c = W'1 and s = 1'W1
 *   tr A = -s/N (W has a zero diagonal), tr AA = tr WW - 2 c'r/N + s^2/N^2, tr A'A = |W|^2 - r'r/N - c'c/N + s^2/N^2,
 * in O(links): F is never made.
 */
const deflatedTraces = (weights: WeightsMatrix): { readonly trace: number; readonly squares: number } => {
  const { columns, rows: size, values } = weights.matrix
  const r = rowSums(weights)
  const c = new Float64Array(size)
  for (let at = 0; at < columns.length; at++) c[columns[at]!]! += values[at]!
  const s = sumOf(r)
  return { trace: -s / size, squares: weightsTrace(weights) - (2 * dot(c, r) + dot(r, r) + dot(c, c)) / size + 2 * (s / size) ** 2 }
}

/**
 * With a copies of A, which is W, or F'WF where time effects were transformed away, in n* independent rows: the mean a tr A and the variance a tr(AA + A'A) - 2 (a tr A)^2/n*.
 * The n*, a and A of each choice of effects are those of the likelihood (`spatialFrame`). tr F'WF = -1 for row-standardised W: uncentred scores have not the mean zero.
 */
export const scoreMoments = (weights: WeightsMatrix, { copies, deflated, effects, observations }: SpatialFrame): ScoreMoments => {
  const whole = weightsTrace(weights)
  const { squares, trace } = deflated ? deflatedTraces(weights) : { squares: whole, trace: 0 }
  const mean = copies * trace
  const variance = copies * squares - (2 * mean ** 2) / observations
  if (!(variance > 1e-10 * copies * whole))
    throw new Fault(
      "weights-uninformative",
      weights.matrix.values.every((w) => w === 0)
        ? "the weights link no entity to another: there is no spatial dependence to test"
        : `all entities weigh alike on each other, and ${effects} effects take that away: these weights tell nothing of spatial dependence; use others, or effects "individual"`
    )
  return { mean, variance }
}
