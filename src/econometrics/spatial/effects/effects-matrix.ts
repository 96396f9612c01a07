import { Fault } from "../../fault.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"
import { denseWeights } from "../weights/weights-matrix.ts"
import { type Combination, coefficientsAt, type EffectsFit, placed } from "./effect-of.ts"
import { requireInside, rhoOf } from "./fit-multiplier.ts"

/** Beyond so many entities the matrix is no table that anyone reads. */
const MOST = 4000

/**
 * Who spills onto whom: the N x N matrix S^-1 (b I + theta W) of one regressor, row-major: row i, column j is what a unit change of x in entity j does to y in
 * entity i. Its mean diagonal is the direct effect, its mean row sum the total. A Fault where rho lies beyond its bounds.
 */
export const effectsMatrix = (fit: EffectsFit, of: string | Combination): Float64Array => {
  const size = fit.weights.entities.length
  if (size > MOST)
    throw new Fault("too-many-entities", `effects between ${size} entities are ${size * size} numbers; matrices are made of up to ${MOST} entities`)
  requireInside(fit)
  const [ofB, ofTheta] = placed(fit, [of]).map((combination) => coefficientsAt(fit.estimates, combination))[0]!
  const change = denseWeights(fit.weights).map((w, at) => ofTheta * w + (Math.floor(at / size) === at % size ? ofB : 0))
  const rho = rhoOf(fit)
  return rho === 0 ? change : spatialSolver(fit.weights.matrix, rho).solve(change, size)
}
