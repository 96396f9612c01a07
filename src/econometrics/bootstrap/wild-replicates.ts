import { qr, residuals } from "../../linalg/qr.ts"
import type { Stream } from "../../stats/random.ts"
import { Fault } from "../fault.ts"
import type { EquationsTogether, Estimator, PathModel } from "./path-model.ts"
import { drawWeights, type WildWeights } from "./wild-weights.ts"

/**
 * The wild bootstrap of a model, from the residuals of its unrestricted fit: in each equation y* = Xb + effects + w e, with one weight w for a unit in all
 * equations, so that the equations' estimates keep their covariance. Regressors stay as observed, the mediator among them: b* = b + (X'X)^-1 X'(w e). (Were the
 * mediator regenerated from its own equation with the same weights, Rademacher's would cancel in the outcome's scores, w^2 = 1, and its slope would not vary.)
 * No replicate is singular. A Fault where effects depend on residual variances.
 *
 * Source: Wu (1986); Liu (1988); Cameron, Gelbach and Miller (2008); Webb (2014) for six-point weights; Davidson and MacKinnon (2010) for one weight in
 * several equations. Gives a function that writes the next replicate's effects and, with `studentise`, their standard errors.
 */
export const wildReplicates = (
  model: PathModel,
  { equations, resampler, stdErrors }: Estimator,
  kind: WildWeights,
  studentise: EquationsTogether | undefined
): ((random: Stream, values: Float64Array, errors: Float64Array) => void) => {
  const { starts, units } = resampler
  const { equationOf, parameters } = equations
  const P = parameters.length
  const rows = starts[units]!
  const point = parameters.slice()
  const influence = equations.influence().slice()
  const ones = new Float64Array(units).fill(1)
  const weights = new Float64Array(units)
  const replicate = new Float64Array(units * P)
  if (model.designs.some(({ spread }) => spread === true))
    throw new Fault(
      "wild-bootstrap",
      "the wild bootstrap keeps the size of residuals, so that effects which depend on the errors' variances (sensitivity to rho) do not vary in it as they should: draw clusters or observations instead"
    )
  const unitVector = (column: number) => Float64Array.from({ length: resampler.size }, (_, v) => (v === column ? 1 : 0))
  const designs =
    studentise !== undefined
      ? model.designs.flatMap(({ regressors, responses }) => {
          const x = regressors.map((column) => {
            const into = new Float64Array(rows)
            resampler.project(unitVector(column), into)
            return into
          })
          const factor = qr(x, { tolerance: 0 })
          return responses.map(() => factor)
        })
      : []
  const original = equations.residuals.map((e) => e.slice())
  const e = new Float64Array(rows)

  /** Contributions of the units to a replicate's parameters, from its own residuals. */
  const contributions = (): void => {
    for (let p = 0; p < P; ) {
      const q = equationOf[p]!
      for (let g = 0; g < units; g++) for (let i = starts[g]!; i < starts[g + 1]!; i++) e[i] = weights[g]! * original[q]![i]!
      resampler.sweep(e)
      const left = residuals(designs[q]!, e)
      for (; p < P && equationOf[p] === q; p++) {
        const r = equations.weights[p]!
        for (let g = 0; g < units; g++) {
          let sum = 0
          for (let i = starts[g]!; i < starts[g + 1]!; i++) sum += r[i]! * left[i]!
          replicate[g * P + p] = sum
        }
      }
    }
  }
  return (random, values, errors) => {
    drawWeights(kind, random, weights)
    parameters.set(point)
    for (let g = 0; g < units; g++) for (let p = 0; p < P; p++) parameters[p] = parameters[p]! + weights[g]! * influence[g * P + p]!
    model.values(parameters, values)
    if (studentise === undefined) return
    contributions()
    stdErrors(ones, replicate, studentise, errors)
  }
}
