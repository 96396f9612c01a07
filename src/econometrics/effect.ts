import { infer } from "./inference.ts"

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

/** An effect with a test of zero and an interval, by t(df) or, without df, by the normal. */
export const testedEffect = (
  term: string,
  effect: Effect["effect"],
  estimate: number,
  variance: number,
  { df, level }: { readonly df?: number; readonly level: number },
  method: string
): Effect => {
  const { confHigh, confLow, pValue, statistic, stdError } = infer([term], Float64Array.of(estimate), [variance], df, level)
  return {
    term,
    effect,
    estimate,
    stdError: stdError[0]!,
    statistic: statistic[0]!,
    pValue: pValue[0]!,
    confLow: confLow[0]!,
    confHigh: confHigh[0]!,
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
