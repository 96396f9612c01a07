import { Fault } from "../../fault.ts"
import type { EffectsFit } from "./effect-of.ts"
import { type SpatialMultiplier, spatialMultiplier, unmultiplied } from "./multipliers.ts"

/** The multiplier of a fit: 1 where y has no spatial lag. */
export const fitMultiplier = (fit: EffectsFit): SpatialMultiplier =>
  fit.terms.includes("rho")
    ? spatialMultiplier(fit.weights, fit.parameters?.find(({ name }) => name === "rho")?.determinant, fit.frame?.deflated ?? false)
    : unmultiplied(fit.weights)

/** rho; zero where y has no spatial lag. */
export const rhoOf = ({ estimates, terms }: EffectsFit): number => (terms.includes("rho") ? estimates[terms.indexOf("rho")]! : 0)

/**
 * What is wrong where rho lies outside the bounds of W: the multiplier does not converge, and effects have no meaning. The Lee-Yu likelihood can lead there: its
 * own bounds are wider. Undefined where rho lies inside.
 */
export const beyondBounds = (fit: EffectsFit, { lower, upper }: SpatialMultiplier): string | undefined => {
  const rho = rhoOf(fit)
  return rho > lower && rho < upper
    ? undefined
    : `rho is estimated as ${rho.toPrecision(4)}, outside (${lower.toPrecision(4)}, ${upper.toPrecision(4)}): direct, indirect and total effects are not defined and none are given; the weights leave too little to tell rho from the year effects`
}

/** A Fault where effects have no meaning, from what gives nothing else. */
export const requireInside = (fit: EffectsFit): void => {
  const beyond = beyondBounds(fit, fitMultiplier(fit))
  if (beyond !== undefined) throw new Fault("rho-beyond-bounds", beyond)
}
