import { absorb } from "../effects/absorb.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { type Factor, isNested } from "../sample/factor.ts"

export const SMALL_SAMPLES = ["xtreg", "xtivreg2", "reghdfe", "areg", "plm", "none"] as const

/**
 * Whose small-sample factor a variance has: what K counts in G/(G - 1) (n - 1)/(n - K).
 *
 * - `xtreg`: slopes, all effects but those of the first factor, and the constant (Stata `xtreg, fe` with year dummies; in a two-way panel clustered by
 *   entity fixest's and reghdfe's default too). Where the first factor is not nested in the clusters, its effects count.
 * - `xtivreg2`: as `xtreg`, the constant not counted (xtivreg2's and ivreg2's `small` with the year dummies partialled out).
 * - `reghdfe`: slopes and the effects that are not nested in a cluster factor, and the constant where some are nested (reghdfe, fixest's `ssc` default).
 * - `areg`: slopes and all effects (Stata `areg`, R's `lm` and statsmodels with dummies).
 * - `plm`: slopes alone (plm's `type = "sss"`; for HC1, n/(n - slopes)).
 * - `none`: no factor at all (plm's and sandwich's HC0; iid: e'e/n).
 *
 * For Driscoll and Kraay's variance, with T periods for G clusters, `xtreg` is Stata's xtscc and `reghdfe` fixest's; CR2 and Conley's have no factor.
 */
export type SmallSample = (typeof SMALL_SAMPLES)[number]

/** The factor that a variance was multiplied by, as it can be shown. */
export interface SmallSampleFactor {
  readonly convention: SmallSample
  readonly formula: string
  /** What the letters of the formula stand for. */
  readonly numbers: Readonly<Record<string, number>>
  readonly value: number
}

/** What slopes and all effects are called, where a model absorbs none too. */
export const allParameters = ({ effects }: Pick<LinearFit, "effects">): string => (effects.factors.length === 0 ? "all coefficients" : "slopes + all effects")

/** K of a clustered variance, and in words; `all` is slopes and all effects. */
export const clusterParameters = (
  { effects, slopes }: LinearFit,
  clusters: ReadonlyArray<Factor>,
  convention: SmallSample,
  all: number
): { readonly K: number; readonly formula: string } => {
  if (convention === "plm") return { K: slopes, formula: "slopes" }
  if (convention === "areg" || convention === "none") return { K: all, formula: allParameters({ effects }) }
  const candidates = convention === "xtreg" || convention === "xtivreg2" ? effects.factors.slice(0, 1) : effects.factors
  const nested = candidates.filter((factor) => clusters.some((cluster) => isNested(factor, cluster)))
  if (nested.length === 0) return { K: all, formula: allParameters({ effects }) }
  const uncounted = nested.length === effects.factors.length ? effects.rank : absorb(nested).rank
  const counted = effects.factors.filter((factor) => !nested.includes(factor)).map(({ name }) => `${name} dummies`)
  const constant = convention === "xtivreg2" ? 0 : 1
  return { K: all - uncounted + constant, formula: ["slopes", ...counted, ...(constant === 1 ? ["constant"] : [])].join(" + ") }
}
