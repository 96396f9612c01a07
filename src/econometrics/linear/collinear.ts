import { sumOf, sumOfSquares } from "../../linalg/sums.ts"
import { Fault, type Warning } from "../fault.ts"

/** Default tolerance of collinearity, a share of a column's norm. */
export const COLLINEAR = 1e-7

/** The norm that says whether effects annihilated a column: its variation, or where it has next to none, a share of its level that exceeds rounding. */
export const variation = (x: Float64Array, weights?: Float64Array): number => {
  if (weights === undefined) return Math.max(Math.sqrt(sumOfSquares(x, sumOf(x) / x.length)), 1e-7 * Math.sqrt(sumOfSquares(x)))
  let mean = 0
  for (let i = 0; i < x.length; i++) mean += weights[i]! * x[i]!
  mean /= sumOf(weights)
  let centred = 0
  let raw = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!
    centred += weights[i]! * (value - mean) * (value - mean)
    raw += weights[i]! * value * value
  }
  return Math.max(Math.sqrt(centred), 1e-7 * Math.sqrt(raw))
}

/** What effects are called in messages: "entity and year effects". */
export const effectsNamed = (factors: ReadonlyArray<{ readonly name: string }>): string =>
  factors.length === 0 ? "the constant" : `${factors.map(({ name }) => name).join(" and ")} effects`

/**
 * Tells which regressors were dropped, or throws a Fault: where an essential one was, or where none is left of `given`.
 */
export const collinearWarnings = (
  dropped: ReadonlyArray<string>,
  given: number,
  essential: ReadonlyArray<string>,
  factors: ReadonlyArray<{ readonly name: string }>
): ReadonlyArray<Warning> => {
  const effects = effectsNamed(factors)
  const lost = dropped.filter((name) => essential.includes(name))
  if (lost.length > 0)
    throw new Fault(
      "collinear",
      `${lost.join(", ")}: ${factors
        .map(({ name }) => `${name} effects, `)
        .join("")
        .replace(
          /, $/,
          " and "
        )}the regressors before it leave no variation of its own, so that the model has no estimate of it; drop it, or what it depends on`
    )
  if (given === 0) throw new Fault("no-regressors", "no regressor was given: name one at least")
  if (dropped.length === given) throw new Fault("collinear", `no regressor is left: ${effects} explain ${dropped.join(", ")}`)
  return dropped.length === 0
    ? []
    : [{ code: "collinear", message: `dropped for collinearity with the effects or the regressors before: ${dropped.join(", ")}` }]
}
