import { Fault } from "../../fault.ts"
import { requireColumns } from "../../linear/given-columns.ts"
import { effectName } from "../../mediation/effect.ts"
import type { Variable } from "../../sample/variable.ts"
import { EFFECTS, type EffectName } from "../effects/effect-of.ts"
import { beyondBounds, fitMultiplier } from "../effects/fit-multiplier.ts"
import { type SpatialMultiplier, spatialMultiplier } from "../effects/multipliers.ts"
import { type SpatialFit, type SpatialMlOptions, spatialMl } from "../models/spatial-ml.ts"
import { type SpatialModel, spatialSample } from "../models/spatial-sample.ts"
import { SPECIFICATIONS } from "../models/specification.ts"
import { type Means, type Path, pathMeans, productMeans } from "./path-multipliers.ts"

/** A mediation in space: treatment and mediator act on the outcome of their own entity and of others. */
export interface SpatialMediationModel extends Pick<SpatialModel, "weights" | "index"> {
  readonly outcome: Variable
  readonly treatment: Variable
  readonly mediator: Variable
  readonly controls: ReadonlyArray<Variable>
}

/** How both equations are estimated. */
export interface MediationEquationOptions extends Omit<SpatialMlOptions, "specification"> {
  /** Of both equations; sdm by default. */
  readonly specification?: SpatialMlOptions["specification"] | undefined
  /** Of the mediator's equation, where it is another. */
  readonly mediatorSpecification?: SpatialMlOptions["specification"] | undefined
}

/** Both equations as fitted, and the effects as functions of their parameters. */
export interface MediationEquations {
  /** mediator ~ treatment + controls. */
  readonly mediator: SpatialFit
  /** outcome ~ treatment + mediator + controls. */
  readonly outcome: SpatialFit
  /** Their regressors, entity by entity in the order of the weights, and the values of their dependent variables. */
  readonly columns: {
    readonly mediator: Variable
    readonly outcome: Variable
    readonly ofMediator: ReadonlyArray<Variable>
    readonly ofOutcome: ReadonlyArray<Variable>
  }
  readonly multiplier: SpatialMultiplier
  /** Terms and kinds of the effects. */
  readonly effects: ReadonlyArray<{ readonly term: string; readonly effect: EffectName }>
  /** The effects at parameters of both equations, in the order of each fit's terms; NaN where a rho lies outside the bounds of W. */
  readonly values: (ofMediator: Float64Array, ofOutcome: Float64Array) => Float64Array
  /** Places of the parameters that effects depend on, in each fit's terms. */
  readonly places: { readonly mediator: ReadonlyArray<number>; readonly outcome: ReadonlyArray<number> }
}

/** What replicates call the effects. */
export const effectNames = ({ effects }: Pick<MediationEquations, "effects">): ReadonlyArray<string> => effects.map(effectName)

/** A regressor's path, read from parameters: its slope, that of its spatial lag, rho; and where they stand. */
const pathOf = ({ terms }: SpatialFit, regressor: string) => {
  const [b, theta, rho] = [terms.indexOf(regressor), terms.indexOf(`W*${regressor}`), terms.indexOf("rho")]
  return {
    places: [b, theta, rho].filter((place) => place !== -1),
    at: (parameters: Float64Array): Path => ({ rho: parameters[rho] ?? 0, b: parameters[b] ?? 0, theta: parameters[theta] ?? 0 })
  }
}

const requireSlopes = ({ dependent, terms }: SpatialFit, regressors: ReadonlyArray<Variable>): void => {
  const lacking = regressors.map(({ name }) => name).filter((name) => !terms.includes(name))
  if (lacking.length > 0)
    throw new Fault("collinear", `in the equation of ${dependent} effects and other regressors explain ${lacking.join(" and ")}: there is no path to estimate`)
}

/** Fits both equations of a mediation, each by maximum likelihood. What either cannot be, and a rho beyond the bounds of W, is a Fault. */
export const mediationEquations = (model: SpatialMediationModel, options: MediationEquationOptions): MediationEquations => {
  const { index, weights } = model
  const { lagged, mediatorSpecification, specification = "sdm", ...likelihood } = options
  requireColumns({
    variables: [model.outcome, model.treatment, model.mediator, ...model.controls],
    rows: index?.rows,
    level: options.level,
    tolerance: options.tolerance
  })
  const { dependent, regressors } = spatialSample({
    weights,
    index,
    dependent: model.outcome,
    regressors: [model.treatment, model.mediator, ...model.controls]
  })
  const [treatment, mediator, ...controls] = regressors as readonly [Variable, Variable, ...ReadonlyArray<Variable>]
  const ofMediator = [treatment, ...controls]
  const ofOutcome = [treatment, mediator, ...controls]
  const both = [specification, mediatorSpecification ?? specification]
  const uses = (part: "durbin" | "error", of: SpatialMlOptions["specification"]): boolean =>
    SPECIFICATIONS[of]?.[part] === true || !both.some((one) => SPECIFICATIONS[one]?.[part] === true)
  const fitted = (y: Variable, x: ReadonlyArray<Variable>, of: SpatialMlOptions["specification"]): SpatialFit =>
    spatialMl(
      { weights, dependent: y, regressors: x },
      {
        ...likelihood,
        specification: of,
        // What one equation has no use for is the other's; what neither has is refused.
        errorWeights: uses("error", of) ? options.errorWeights : undefined,
        lagged: uses("durbin", of) ? lagged?.filter((name) => name !== mediator.name || y !== mediator) : undefined
      }
    )
  const first = fitted(mediator, ofMediator, mediatorSpecification ?? specification)
  const second = fitted(dependent, ofOutcome, specification)
  requireSlopes(first, [treatment])
  requireSlopes(second, [treatment, mediator])
  for (const fit of [first, second]) {
    const beyond = beyondBounds(fit, fitMultiplier(fit))
    if (beyond !== undefined) throw new Fault("rho-beyond-bounds", `in the equation of ${fit.dependent} ${beyond}`)
  }

  const known = [first, second].find(({ terms }) => terms.includes("rho"))
  const multiplier = spatialMultiplier(weights, known?.parameters.find(({ name }) => name === "rho")?.determinant, known?.frame.deflated ?? false)
  const paths = { a: pathOf(first, treatment.name), b: pathOf(second, mediator.name), c: pathOf(second, treatment.name) }
  const [x, u, y] = [treatment.name, mediator.name, dependent.name]
  const isInside = (rho: number) => rho > multiplier.lower && rho < multiplier.upper
  const terms = [`${x} -> ${u}`, `${u} -> ${y}`, `${x} -> ${u} -> ${y}`, `${x} -> ${y}`, x]
  return {
    mediator: first,
    outcome: second,
    columns: { mediator, outcome: dependent, ofMediator, ofOutcome },
    multiplier,
    effects: terms.flatMap((term) => EFFECTS.map((effect) => ({ term, effect }))),
    values: (atMediator, atOutcome) => {
      const [a, b, c] = [paths.a.at(atMediator), paths.b.at(atOutcome), paths.c.at(atOutcome)]
      if (!isInside(a.rho) || !isInside(b.rho)) return new Float64Array(terms.length * EFFECTS.length).fill(Number.NaN)
      const through = productMeans(b, a, multiplier)
      const past = pathMeans(c, multiplier)
      const means: ReadonlyArray<Means> = [
        pathMeans(a, multiplier),
        pathMeans(b, multiplier),
        through,
        past,
        { own: through.own + past.own, all: through.all + past.all }
      ]
      return Float64Array.from(means.flatMap(({ all, own }) => [own, all - own, all]))
    },
    places: { mediator: paths.a.places, outcome: [...new Set([...paths.b.places, ...paths.c.places])] }
  }
}
