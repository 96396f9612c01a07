import { cholesky } from "../../../linalg/cholesky.ts"
import { submatrix } from "../../../linalg/cross-product.ts"
import { quantile } from "../../../stats/quantile.ts"
import { type Stream, stream } from "../../../stats/random.ts"
import { Fault, type Warning } from "../../fault.ts"
import { EFFECTS, type EffectsFit, effectsAt, type PlacedCombination, type SpatialEffect, tidyEffect } from "./effect-of.ts"
import type { SpatialMultiplier } from "./multipliers.ts"

export interface Simulation {
  readonly draws: number
  readonly seed: number
  readonly level: number
  /** Effects at the estimates, or the mean over the draws (xsmle's). */
  readonly point: "estimates" | "mean-of-draws"
}

/** Gives parameters drawn from the asymptotic normal distribution of a fit's slopes and rho; lambda and sigma2, of which no effect is, stay. */
const parameterDraw = (fit: EffectsFit): ((random: Pick<Stream, "normal">) => Float64Array) => {
  const used = fit.terms.flatMap((term, i) => (term === "lambda" || term.startsWith("sigma2") ? [] : [i]))
  const factor = cholesky(submatrix(fit.covariance, fit.terms.length, used), used.length)
  if (factor === undefined)
    throw new Fault("covariance-singular", "the estimates' covariance is not positive definite: no draws can be made from it; use fewer regressors")
  return (random) => {
    const z = Float64Array.from(used, () => random.normal())
    const parameters = Float64Array.from(fit.estimates)
    used.forEach((place, row) => {
      for (let k = 0; k <= row; k++) parameters[place]! += factor[row * used.length + k]! * z[k]!
    })
    return parameters
  }
}

/**
 * Gives draw i of a seed, from the stream (seed, i): the parameters of one fit, or of several that are independent of each other. A draw in which a rho leaves the
 * bounds is taken again from the same stream, and counted.
 */
export const parameterDraws = (
  fits: ReadonlyArray<EffectsFit>,
  { lower, upper }: Pick<SpatialMultiplier, "lower" | "upper">,
  seed: number
): { readonly draw: (i: number) => ReadonlyArray<Float64Array>; readonly redrawn: () => number } => {
  const each = fits.map(parameterDraw)
  const places = fits.map(({ terms }) => terms.indexOf("rho"))
  let redrawn = 0
  const draw = (i: number): ReadonlyArray<Float64Array> => {
    const random = stream(seed, i)
    for (let attempt = 0; attempt < 10_000; attempt++) {
      const parameters = each.map((of) => of(random))
      if (parameters.every((of, f) => places[f] === -1 || (of[places[f]!]! > lower && of[places[f]!]! < upper))) return parameters
      redrawn++
    }
    throw new Fault("rho-out-of-bounds", `10,000 draws in a row put rho outside (${lower}, ${upper}): its standard error is too large for simulated effects`)
  }
  return { draw, redrawn: () => redrawn }
}

/** What a simulation's warnings say of the draws taken again. */
export const redrawnWarnings = (redrawn: number, draws: number, { lower, upper }: Pick<SpatialMultiplier, "lower" | "upper">): ReadonlyArray<Warning> =>
  redrawn === 0
    ? []
    : [
        {
          code: "draws-out-of-bounds",
          message: `${redrawn === 1 ? "1 draw" : `${redrawn} draws`} for the effects' standard errors put rho outside (${lower.toPrecision(4)}, ${upper.toPrecision(4)}) and ${redrawn === 1 ? "was" : "were"} taken again: ${draws} are used`
        }
      ]

/** Mean and standard deviation of draws, and their percentiles (type 6) as limits. Sorts them. */
export const drawnSummary = (values: Float64Array, level: number) => {
  const drawn = values.sort()
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
  const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (drawn.length - 1))
  return { mean, deviation, low: quantile(drawn, (1 - level) / 2), high: quantile(drawn, (1 + level) / 2) }
}

/**
 * Effects with standard errors from draws of the estimates' asymptotic normal distribution (LeSage and Pace 2009, section 2.7.3): draw i of a seed uses the
 * stream (seed, i), a draw whose rho leaves its bounds is taken again from the same stream and counted. Intervals are the draws' percentiles (type 6).
 */
export const simulatedEffects = (
  fit: EffectsFit,
  combinations: ReadonlyArray<PlacedCombination>,
  multiplier: SpatialMultiplier,
  { draws, level, point, seed }: Simulation
): { readonly effects: ReadonlyArray<SpatialEffect>; readonly warnings: ReadonlyArray<Warning> } => {
  const at = fit.terms.indexOf("rho")
  const { draw, redrawn } = parameterDraws([fit], multiplier, seed)
  const values = combinations.map(() => ({ direct: new Float64Array(draws), indirect: new Float64Array(draws), total: new Float64Array(draws) }))
  for (let i = 0; i < draws; i++) {
    const parameters = draw(i)[0]!
    const height = multiplier.at(at === -1 ? 0 : parameters[at]!)
    combinations.forEach((combination, c) => {
      const effects = effectsAt(parameters, combination, height)
      for (const name of EFFECTS) values[c]![name][i] = effects[name]
    })
  }
  const height = multiplier.at(at === -1 ? 0 : fit.estimates[at]!)
  const effects = combinations.flatMap((combination, c) => {
    const estimates = effectsAt(fit.estimates, combination, height)
    return EFFECTS.map((name) => {
      const { deviation, high, low, mean } = drawnSummary(values[c]![name], level)
      return tidyEffect(combination.label, name, point === "estimates" ? estimates[name] : mean, deviation, low, high)
    })
  })
  return { effects, warnings: redrawnWarnings(redrawn(), draws, multiplier) }
}
