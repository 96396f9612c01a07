import { infer } from "../linear/inference.ts"

/** Index: of moderated mediation. Rho: the correlation of errors at which the indirect effect is zero. */
export type EffectKind = "direct" | "indirect" | "total" | "index" | "rho"

/** An effect of a mediation: a coefficient or a product of coefficients, with what is inferred about it. */
export interface Effect {
  readonly term: string
  readonly effect: EffectKind
  readonly estimate: number
  readonly stdError: number
  readonly statistic: number
  readonly pValue: number
  readonly confLow: number
  readonly confHigh: number
  readonly method: string
}

/** An effect with a test of zero and an interval, by t(df) or, without df, by the normal. */
export const testedEffect = (
  term: string,
  effect: EffectKind,
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

/** What a replicate calls an effect. */
export const effectName = ({ effect, term }: Pick<Effect, "effect" | "term">): string => `${effect} ${term}`
