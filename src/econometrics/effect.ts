import { normalQuantile, normalUpper } from "../stats/distributions.ts"

/** An effect of a mediation: a coefficient or a product of coefficients, with what is inferred about it. */
export interface Effect {
  readonly term: string
  readonly effect: "direct" | "indirect" | "total"
  readonly estimate: number
  /** What follows is undefined where only a bootstrap can give it. */
  readonly stdError: number | undefined
  readonly statistic: number | undefined
  readonly pValue: number | undefined
  readonly confLow: number | undefined
  readonly confHigh: number | undefined
  readonly method: string
}

/** An effect with a normal test and interval about it. */
export const normalEffect = (term: string, effect: Effect["effect"], estimate: number, stdError: number, level: number, method: string): Effect => {
  const statistic = estimate / stdError
  const reach = normalQuantile((1 + level) / 2) * stdError
  return {
    term,
    effect,
    estimate,
    stdError,
    statistic,
    pValue: 2 * normalUpper(Math.abs(statistic)),
    confLow: estimate - reach,
    confHigh: estimate + reach,
    method
  }
}

/** An effect without a standard error. */
export const bareEffect = (term: string, effect: Effect["effect"], estimate: number, method: string): Effect => ({
  term,
  effect,
  estimate,
  stdError: undefined,
  statistic: undefined,
  pValue: undefined,
  confLow: undefined,
  confHigh: undefined,
  method
})

/** What a replicate calls an effect. */
export const effectName = ({ effect, term }: Pick<Effect, "effect" | "term">): string => `${effect} ${term}`
