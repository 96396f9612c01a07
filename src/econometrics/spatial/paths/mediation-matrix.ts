import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"
import { effectsMatrix } from "../effects/effects-matrix.ts"
import { rhoOf } from "../effects/fit-multiplier.ts"
import type { SpatialMediationFit } from "./spatial-mediation.ts"

/** Of the treatment on the outcome: through the mediator, past it, or both. */
export type MediationPath = "through" | "past" | "both"

/**
 * Who spills onto whom in a mediation: the N x N matrix of a path, row-major; row i, column j is what a unit change of the treatment in entity j does to the outcome
 * in entity i. Through the mediator (I - rho_y W)^-1 (b I + beta W) P_u, P_u the treatment's effects on the mediator; past it the outcome equation's own effects.
 * Their mean diagonals and row sums are the direct and total effects of `spatialMediation`.
 */
export const mediationMatrix = (
  { mediator, outcome }: Pick<SpatialMediationFit, "mediator" | "outcome">,
  treatment: string,
  path: MediationPath
): Float64Array => {
  if (path !== "through" && path !== "past" && path !== "both") throw new Fault("input", `a path leads through or past the mediator, or both; not ${path}`)
  if (path === "past") return effectsMatrix(outcome, treatment)
  const size = outcome.weights.entities.length
  const { matrix } = outcome.weights
  const slope = (term: string) => outcome.estimates[outcome.terms.indexOf(term)] ?? 0
  const [b, beta] = [slope(mediator.dependent), slope(`W*${mediator.dependent}`)]
  const first = effectsMatrix(mediator, treatment)
  const neighbours = sparseTimesDense(matrix, first, size)
  const change = first.map((effect, at) => b * effect + beta * neighbours[at]!)
  const rho = rhoOf(outcome)
  const through = rho === 0 ? change : spatialSolver(matrix, rho).solve(change, size)
  if (path === "through") return through
  const past = effectsMatrix(outcome, treatment)
  return through.map((effect, at) => effect + past[at]!)
}
