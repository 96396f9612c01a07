import { normalUpper } from "../../../stats/normal.ts"
import { Fault, type Warning } from "../../fault.ts"
import type { Determinant } from "../determinant/method.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { Multipliers } from "./multipliers.ts"

export type EffectName = "direct" | "indirect" | "total"
export const EFFECTS: ReadonlyArray<EffectName> = ["direct", "indirect", "total"]

/** What effects are computed of: a fit of `spatialMl`, `spatialGmm` or `spatialRandomEffects`. */
export interface EffectsFit {
  readonly weights: WeightsMatrix
  /** Slopes by name, `W*x` their spatial lags, and rho where y is lagged; others are of no matter. */
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  /** Row-major over the terms. */
  readonly covariance: Float64Array
  /** The determinants that the fit used. */
  readonly parameters?: ReadonlyArray<{ readonly name: "rho" | "lambda"; readonly determinant: Determinant }> | undefined
  readonly frame?: { readonly deflated: boolean } | undefined
}

/** One effect: S = (I - rho W)^-1 (b I + theta W); direct = tr(S)/N, total = the mean row sum, indirect = the rest. */
export interface SpatialEffect {
  readonly term: string
  readonly effect: EffectName
  readonly estimate: number
  readonly stdError: number
  /** estimate / stdError; NaN where both are zero, as the indirect effect of a SEM. */
  readonly statistic: number
  /** Two-sided, under the normal distribution. */
  readonly pValue: number
  readonly confLow: number
  readonly confHigh: number
}

/** The effects; none where rho lies outside the bounds of the weights, which a warning tells then. */
export interface SpatialEffects {
  readonly effects: ReadonlyArray<SpatialEffect>
  /** How estimates, standard errors and intervals were made. */
  readonly method: string
  readonly warnings: ReadonlyArray<Warning>
}

/** A regressor's effect, or that of a sum of regressors (x and x*m at a value of m): b and theta are the sums of the terms' coefficients times their factors. */
export interface Combination {
  readonly label: string
  readonly terms: ReadonlyArray<{ readonly term: string; readonly factor: number }>
}

/** The same with the terms' places in the fit: of b, and of theta where the model has W x. */
export interface PlacedCombination {
  readonly label: string
  readonly b: ReadonlyArray<readonly [place: number, factor: number]>
  readonly theta: ReadonlyArray<readonly [place: number, factor: number]>
}

/** Regressors, by default all that have effects, and combinations with their places. A term that the model does not have is a Fault that names those it has. */
export const placed = (fit: EffectsFit, of?: ReadonlyArray<string | Combination>): ReadonlyArray<PlacedCombination> => {
  const slopes = slopesOf(fit)
  const combinations = (of ?? slopes).map((one): Combination => (typeof one === "string" ? { label: one, terms: [{ term: one, factor: 1 }] } : one))
  const unknown = [...new Set(combinations.flatMap(({ terms }) => terms.map(({ term }) => term)).filter((term) => !slopes.includes(term)))]
  if (unknown.length > 0) throw new Fault("unknown-term", `the model has no regressor ${unknown.join(", ")}; it has ${slopes.join(", ")}`)
  return combinations.map(({ label, terms }) => ({
    label,
    b: terms.flatMap(({ factor, term }) => (fit.terms.includes(term) ? [[fit.terms.indexOf(term), factor] as const] : [])),
    theta: terms.flatMap(({ factor, term }) => (fit.terms.includes(`W*${term}`) ? [[fit.terms.indexOf(`W*${term}`), factor] as const] : []))
  }))
}

const OTHERS = new Set(["(constant)", "rho", "lambda", "sigma2"])

/** The regressors that have effects: those with a slope, or with the slope of their spatial lag alone. */
const slopesOf = ({ terms }: EffectsFit): ReadonlyArray<string> => [
  ...new Set(terms.filter((term) => !OTHERS.has(term) && !term.startsWith("sigma2")).map((term) => term.replace(/^W\*/, "")))
]

const sum = (parameters: Float64Array, places: ReadonlyArray<readonly [number, number]>): number =>
  places.reduce((total, [place, factor]) => total + factor * parameters[place]!, 0)

/** b and theta of a combination at given parameters. */
export const coefficientsAt = (parameters: Float64Array, { b, theta }: PlacedCombination): readonly [b: number, theta: number] => [
  sum(parameters, b),
  sum(parameters, theta)
]

/** The effects at given parameters. */
export const effectsAt = (parameters: Float64Array, combination: PlacedCombination, { all, own }: Multipliers): Readonly<Record<EffectName, number>> => {
  const [ofB, ofTheta] = coefficientsAt(parameters, combination)
  const direct = ofB * own.x + ofTheta * own.wx
  const total = ofB * all.x + ofTheta * all.wx
  return { direct, indirect: total - direct, total }
}

/** The derivatives of an effect by the coefficients of its combination, among those by all `size` parameters. */
export const slopeGradient = (name: EffectName, { b, theta }: PlacedCombination, { all, own }: Multipliers, size: number): Float64Array => {
  const gradient = new Float64Array(size)
  for (const [places, of] of [
    [b, "x"],
    [theta, "wx"]
  ] as const) {
    const each = { direct: own[of], indirect: all[of] - own[of], total: all[of] }[name]
    for (const [place, factor] of places) gradient[place]! += factor * each
  }
  return gradient
}

export const tidyEffect = (term: string, effect: EffectName, estimate: number, stdError: number, confLow: number, confHigh: number): SpatialEffect => ({
  term,
  effect,
  estimate,
  stdError,
  statistic: estimate / stdError,
  // An effect that the model sets to zero, such as the indirect one of a SEM, is no estimate, and nothing speaks against its being zero.
  pValue: estimate === 0 && stdError === 0 ? 1 : 2 * normalUpper(Math.abs(estimate / stdError)),
  confLow,
  confHigh
})
