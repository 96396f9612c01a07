import { type PathModel, type PathOptions, pathVariables } from "../bootstrap/path-model.ts"
import { effectName } from "./effect.ts"
import type { MediationModel } from "./mediation.ts"

/**
 * The effects of a mediation, named as `mediation` names them, as functions of b1, the total slope, g1 and g2. The total effect is the slope of its own equation,
 * which is direct + indirect in every resample, so that its standard error is that regression's.
 */
export const mediationPaths = ({ controls, index, mediator, outcome, treatment }: MediationModel, options: PathOptions = {}): PathModel => {
  const { controls: x, ...columns } = pathVariables(index, controls, [treatment, mediator], outcome, options)
  const [u, y] = [x + 1, x + 2] as const
  const z = Array.from({ length: x }, (_, i) => i)
  const term = treatment.name
  return {
    ...columns,
    designs: [
      { regressors: [...z, x], responses: [u, y], wanted: [x] },
      { regressors: [...z, x, u], responses: [y], wanted: [x, u] }
    ],
    names: (["indirect", "direct", "total"] as const).map((effect) => effectName({ term, effect })),
    values: (parameters, into) => {
      into[0] = parameters[0]! * parameters[3]!
      into[1] = parameters[2]!
      into[2] = parameters[1]!
    },
    jacobian: (parameters, into) => {
      into[0] = parameters[3]!
      into[3] = parameters[0]!
      into[4 + 2] = 1
      into[8 + 1] = 1
    }
  }
}
