import { sandwich } from "../../linalg/cross-product.ts"
import { Fault, type Warning } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { scoreDesign } from "../linear/score-design.ts"
import type { Factor } from "../sample/factor.ts"
import { clusterScores } from "./cluster-meat.ts"
import { clusterParameters, type SmallSample } from "./small-sample.ts"
import { cancelling, groupNamed, requireVariance, residualDf, type VarianceEstimate, weightedResiduals } from "./variance-estimate.ts"

/** Robust to dependence between all entities of a period and, dying off, between periods. */
export interface DriscollKraay {
  readonly kind: "driscoll-kraay"
  /** The factor that is time: its groups in ascending order are the periods. */
  readonly time: string
  /** Periods between which scores are correlated, from 0; floor(T^(1/4)) where it is not given. */
  readonly lag?: number
}

/** The variance rests on a law of large numbers over periods: with fewer than this its tests reject too often. */
const FEW_PERIODS = 20

/**
 * The sum over pairs of periods at most `lag` apart of (1 - l/(lag + 1)) h_s h_t', k x k, row-major, h_t being row t of `scores` (T x k): Bartlett's weights
 * (Newey and West 1987), under which it is positive semi-definite.
 */
export const bartlettMeat = (scores: Float64Array, periods: number, k: number, lag: number): Float64Array => {
  const meat = new Float64Array(k * k)
  for (let l = 0; l <= lag; l++) {
    const weight = 1 - l / (lag + 1)
    for (let t = l; t < periods; t++)
      for (let a = 0; a < k; a++)
        for (let b = 0; b < k; b++) {
          const product = scores[t * k + a]! * scores[(t - l) * k + b]!
          meat[a * k + b] = meat[a * k + b]! + weight * product
          if (l > 0) meat[b * k + a] = meat[b * k + a]! + weight * product
        }
  }
  return meat
}

/** The lag where none is given: floor(T^(1/4)). */
export const bartlettLag = ({ lag }: DriscollKraay, periods: number): number => lag ?? Math.floor(periods ** 0.25)

const warningsOf = ({ labels, levels, name }: Factor, lag: number): ReadonlyArray<Warning> => {
  const warnings: Array<Warning> = []
  if (levels < FEW_PERIODS)
    warnings.push({
      code: "few-periods",
      message: `Driscoll and Kraay's variance rests on many periods, and ${name} has ${levels}: with fewer than ${FEW_PERIODS} its standard errors are too small as a rule`
    })
  const gap = labels.findIndex((label, t) => t > 1 && typeof label === "number" && label - Number(labels[t - 1]) !== Number(labels[1]) - Number(labels[0]))
  if (lag > 0 && gap >= 0)
    warnings.push({
      code: "uneven-periods",
      message: `${name} is not evenly spaced (${labels[gap - 1]} is followed by ${labels[gap]}): lags count the periods that the sample has, not the time between them`
    })
  return warnings
}

/**
 * Driscoll and Kraay's variance: (X'WX)^-1 [sum_l w_l sum_t (h_t h_t-l' + h_t-l h_t')] (X'WX)^-1, h_t the sum of w_i x_it e_it over the rows of a period,
 * lags by Bartlett's weights 1 - l/(lag + 1); t with T - 1 degrees of freedom. For unbalanced panels too (Hoechle 2007). Periods are those of the sample, in order.
 *
 * Small-sample factors T/(T - 1) (n - 1)/(n - K), by convention: `xtreg` as Stata's xtscc 1.4 (K = slopes, the effects beside the first, the constant; `xtivreg2` without it), `reghdfe` as fixest's
 * `vcov = "DK"` (K as there: effects not nested in time, and the constant), `plm` as its `vcovSCC(type = "sss")` (K = slopes), `areg` (slopes and all effects), `none` (1: plm's HC0, its default).
 *
 * Sources: Driscoll and Kraay (1998), Review of Economics and Statistics 80(4); Hoechle (2007), Stata Journal 7(3).
 */
export const driscollKraayVariance = (fit: LinearFit, variance: DriscollKraay, convention: SmallSample): VarianceEstimate => {
  const time = groupNamed(fit, variance.time, "take as time")
  const T = time.levels
  const k = fit.terms.length
  const n = fit.nobs
  if (T < 2) throw new Fault("too-few-periods", `${time.name} has one period alone: Driscoll and Kraay's variance needs two at least, and rests on many`)
  const lag = bartlettLag(variance, T)
  if (!(Number.isInteger(lag) && lag >= 0 && lag < T))
    throw new Fault(
      "lag",
      `a lag of ${lag} periods: it is a whole number from 0 to ${T - 1}, ${time.name} having ${T} periods; leave it out for floor(T^(1/4))`
    )
  const all = n - residualDf(fit)
  const { formula, K } = parameters(fit, time, convention, all)
  const value = convention === "none" ? 1 : (T / (T - 1)) * ((n - 1) / (n - K))
  const { columns, root } = scoreDesign(fit)
  const scores = clusterScores(columns, weightedResiduals(fit), time.codes, T)
  const matrix = sandwich(root, bartlettMeat(scores, T, k, lag), k).map((v) => v * value)
  const name = `Driscoll-Kraay over ${time.name}, lag ${lag}`
  requireVariance(fit, matrix, name, cancelling("period"))
  return {
    name,
    matrix,
    df: new Float64Array(k).fill(T - 1),
    rank: T - 1,
    smallSample: {
      convention,
      formula: `${convention === "none" ? "1" : `T/(T-1) (n-1)/(n-K), K = ${formula}`}; lags l up to L with weights 1 - l/(L+1)`,
      numbers: convention === "none" ? { T, L: lag } : { T, n, K, L: lag },
      value
    },
    warnings: warningsOf(time, lag)
  }
}

/** xtscc demeans by entity and counts what is left; the others count as for clusters by time. */
const parameters = (fit: LinearFit, time: Factor, convention: SmallSample, all: number): { readonly K: number; readonly formula: string } => {
  const [first, ...others] = fit.effects.factors
  if (first === undefined || (convention !== "xtreg" && convention !== "xtivreg2")) return clusterParameters(fit, [time], convention, all)
  const constant = convention === "xtreg" ? 1 : 0
  return {
    K: all - first.levels + constant,
    formula: ["slopes", ...others.map(({ name }) => `${name} dummies`), ...(constant === 1 ? ["constant"] : [])].join(" + ")
  }
}
