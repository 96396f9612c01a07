import { type PathModel, type PathOptions, pathVariables } from "../bootstrap/path-model.ts"
import { Fault } from "../fault.ts"
import { type EffectKind, effectName } from "./effect.ts"
import type { MediationModel } from "./mediation.ts"

export interface SensitivityEffect {
  readonly term: string
  readonly effect: EffectKind
}

/**
 * A mediation's effects as functions of rho, and the rho at which the indirect one is zero (`sensitivity`), in the form in which the outcome's full equation
 * gives them: indirect(rho) = b1 (g2 - k s3/s2), k = rho/sqrt(1 - rho^2), s2 and s3 the roots of the residual sums of squares of
 * mediator ~ treatment and outcome ~ treatment + mediator; for s1^2 = s3^2 + g2^2 s2^2 and r = g2 s2/s1. Effects are named `coagglo | rho 0.3`.
 */
export const sensitivityPaths = (
  { controls, index, mediator, outcome, treatment }: MediationModel,
  rhos: ReadonlyArray<number>,
  options: PathOptions = {}
): PathModel & { readonly effects: ReadonlyArray<SensitivityEffect> } => {
  const bad = rhos.filter((rho) => !(Math.abs(rho) < 1))
  if (bad.length > 0) throw new Fault("rho", `rho is ${bad.join(", ")}: a correlation of errors is strictly between -1 and 1`)
  const { controls: x, ...columns } = pathVariables(index, controls, [treatment, mediator], outcome, options)
  const [u, y] = [x + 1, x + 2] as const
  const z = Array.from({ length: x }, (_, i) => i)
  const odds = rhos.map((rho) => rho / Math.sqrt(1 - rho * rho))
  const terms = rhos.map((rho) => `${treatment.name} | rho ${rho}`)
  const effects: ReadonlyArray<SensitivityEffect> = [
    ...terms.map((term) => ({ term, effect: "indirect" as const })),
    ...terms.map((term) => ({ term, effect: "direct" as const })),
    { term: treatment.name, effect: "rho" }
  ]
  const R = rhos.length
  // Parameters: b1, s2, total, s1, g2, s3.
  const P = 6
  return {
    ...columns,
    designs: [
      { regressors: [...z, x], responses: [u, y], wanted: [x], spread: true },
      { regressors: [...z, x, u], responses: [y], wanted: [u], spread: true }
    ],
    effects,
    names: effects.map(effectName),
    values: (p, into) => {
      const [b1, s2, total, , g2, s3] = p as unknown as [number, number, number, number, number, number]
      for (const [i, k] of odds.entries()) {
        into[i] = b1 * (g2 - (k * s3) / s2)
        into[R + i] = total - into[i]!
      }
      into[2 * R] = (g2 * s2) / Math.hypot(s3, g2 * s2)
    },
    jacobian: (p, into) => {
      const [b1, s2, , , g2, s3] = p as unknown as [number, number, number, number, number, number]
      for (const [i, k] of odds.entries()) {
        const row = [g2 - (k * s3) / s2, (b1 * k * s3) / (s2 * s2), 0, 0, b1, (-b1 * k) / s2]
        for (const [j, derivative] of row.entries()) {
          into[i * P + j] = derivative
          into[(R + i) * P + j] = j === 2 ? 1 : -derivative
        }
      }
      const odd = (g2 * s2) / s3
      const scale = (1 + odd * odd) ** -1.5
      into[2 * R * P + 1] = (scale * g2) / s3
      into[2 * R * P + 4] = (scale * s2) / s3
      into[2 * R * P + 5] = (-scale * odd) / s3
    }
  }
}
