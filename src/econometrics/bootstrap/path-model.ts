import { Fault, type Warning } from "../fault.ts"
import { requireColumns } from "../linear/given-columns.ts"
import { type FeSample, feSample, independent } from "../regression/fe-sample.ts"
import type { PanelIndex } from "../sample/panel-index.ts"
import type { Variable } from "../sample/variable.ts"
import { type Design, type EquationSystem, equationSystem } from "./equation-system.ts"
import type { Resampler, Unit } from "./resampler.ts"
import { resampler } from "./sample-resampler.ts"

/** Effects that are functions of the parameters of several regressions on one sample: what a bootstrap needs to know of a model. */
export interface PathModel {
  readonly sample: FeSample
  readonly variables: ReadonlyArray<Variable>
  readonly designs: ReadonlyArray<Design>
  /** Of the effects. */
  readonly names: ReadonlyArray<string>
  readonly values: (parameters: Float64Array, into: Float64Array) => void
  /** Derivatives of the effects, effects x parameters, row-major; `into` comes filled with zeros. */
  readonly jacobian: (parameters: Float64Array, into: Float64Array) => void
  readonly warnings: ReadonlyArray<Warning>
}

/** How equations are taken together in the variance of an effect: Sobel's formula takes estimates of different equations as uncorrelated; joint takes their scores as they are. */
export type EquationsTogether = "independent" | "joint"

export interface PathOptions {
  /** A control is collinear where effects and regressors before it leave at most this share of its norm: what the model's own fit has. */
  readonly tolerance?: number | undefined
}

/** The variables of a model in the order [controls | essential | last], controls that are collinear in the sample left out as `within` leaves them out. */
export const pathVariables = (
  index: PanelIndex,
  controls: ReadonlyArray<Variable>,
  essential: ReadonlyArray<Variable>,
  outcome: Variable,
  { tolerance }: PathOptions = {}
): Pick<PathModel, "sample" | "variables" | "warnings"> & { readonly controls: number } => {
  requireColumns({ variables: [outcome, ...essential, ...controls], rows: index.rows, tolerance })
  const sample = feSample(index)
  const names = essential.map(({ name }) => name)
  const { variables, warnings } = independent(sample, [...essential, ...controls].map(sample.pick), names, tolerance)
  const kept = variables.slice(essential.length)
  return {
    sample,
    variables: [...kept, ...variables.slice(0, essential.length), sample.pick(outcome)],
    controls: kept.length,
    warnings: [...sample.warnings, ...warnings]
  }
}

/** A model's equations over a resampler, and the standard errors of its effects there. */
export interface Estimator {
  readonly resampler: Resampler
  readonly equations: EquationSystem
  /** Standard errors of the effects by the delta method from the last resample's scores, weighted by how often each unit is drawn. */
  readonly stdErrors: (counts: ArrayLike<number>, influence: Float64Array, together: EquationsTogether, into: Float64Array) => void
}

export const estimator = (model: PathModel, unit: Unit, general = false): Estimator => {
  const over = resampler(model.sample, model.variables, unit, general)
  const equations = equationSystem(over, model.designs)
  const { equationOf, parameters, slopes } = equations
  const P = parameters.length
  const jacobian = new Float64Array(model.names.length * P)
  const stdErrors: Estimator["stdErrors"] = (counts, influence, together, into) => {
    jacobian.fill(0)
    model.jacobian(parameters, jacobian)
    const roots = slopes.map((k) => Math.sqrt(over.factor(k)))
    for (let j = 0; j < model.names.length; j++) {
      let variance = 0
      for (let g = 0; g < over.units; g++) {
        const count = counts[g]!
        if (count === 0) continue
        let joint = 0
        for (let p = 0; p < P; ) {
          const q = equationOf[p]!
          let score = 0
          for (; p < P && equationOf[p] === q; p++) score += jacobian[j * P + p]! * influence[g * P + p]!
          score *= roots[q]!
          if (together === "joint") joint += score
          else variance += count * score * score
        }
        if (together === "joint") variance += count * joint * joint
      }
      into[j] = Math.sqrt(variance)
    }
  }
  return { resampler: over, equations, stdErrors }
}

/** An estimator that has solved its model in the sample itself, each unit once. */
export const solvedInSample = (model: PathModel, unit: Unit): Estimator => {
  const solved = estimator(model, unit)
  solved.resampler.take(new Float64Array(solved.resampler.units).fill(1))
  // The columns were tested by QR; here their cross-products must do.
  if (!solved.equations.solve())
    throw new Fault("collinear", `${model.names.join(", ")}: the regressors are collinear to the precision of their cross-products; drop one of them`)
  return solved
}
