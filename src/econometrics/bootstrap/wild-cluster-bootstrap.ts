import { Fault, type Warning } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import type { FixedEffectsFit } from "../regression/fixed-effects.ts"
import { clusteredVariance } from "../variance/clustered-variance.ts"
import type { SmallSample } from "../variance/small-sample.ts"
import { type ConfidenceSet, wildConfidenceSet } from "./wild-confidence-set.ts"
import { type WildDraw, wildDrawer, wildScores, wildStatistic } from "./wild-scores.ts"
import { differentDraws, enumeratedDraw, randomDraw, type WildWeights } from "./wild-weights.ts"

/** How draws count whose |t*| equals |t| but for rounding: in full (the test keeps its level), by half, or not (boottest's and fwildclusterboot's). */
export type WildTies = "counted" | "half" | "strict"

export interface WildClusterOptions {
  /** The slope that is tested. */
  readonly term: string
  /** The null: 0 where it is not given. */
  readonly value?: number | undefined
  /** The factor that is the clusters; by default the model's first effect. */
  readonly by?: string | undefined
  /** By default Rademacher's. */
  readonly wildWeights?: WildWeights | undefined
  /** Draws of weights; by default 9,999. */
  readonly replicates?: number | undefined
  readonly seed: number
  /** By default (`auto`), all different draws are taken, each once, where there are no more of them than `replicates`. */
  readonly enumerate?: "auto" | "never" | undefined
  /** By default `counted`. */
  readonly ties?: WildTies | undefined
  /** Of the confidence set; by default 0.95. */
  readonly level?: number | undefined
  /** Whether the test is inverted; by default it is. */
  readonly confidenceSet?: boolean | undefined
  /** Whose factor `statistic` has; p-values and the set do not depend on it. */
  readonly smallSample?: SmallSample | undefined
}

export interface WildClusterTest {
  readonly term: string
  readonly value: number
  readonly estimate: number
  /** (estimate - value)/clustered standard error. */
  readonly statistic: number
  readonly by: string
  readonly clusters: number
  readonly wildWeights: WildWeights
  readonly replicates: number
  /** All different draws were taken, so that p is exact and the seed plays no part. */
  readonly enumerated: boolean
  readonly ties: WildTies
  /** Symmetric: the share of draws with |t*| above |t|, ties by their rule. */
  readonly pValue: number
  /** Twice the smaller of the shares of t* below and above t, at most 1. */
  readonly pValueEqualTailed: number
  /** Draws with |t*| above |t|, and those that tie. */
  readonly above: number
  readonly tied: number
  /** The smallest symmetric p that so many clusters allow, all draws enumerated: the draws of one weight for all clusters always tie. */
  readonly smallestPValue: number
  /** The values that the symmetric test does not reject at 1 - level. */
  readonly confidenceSet: ConfidenceSet | undefined
  readonly warnings: ReadonlyArray<Warning>
}

const REPLICATES = 9999
/** Two statistics this near to one another, relatively, are the same but for rounding. */
const TIE = 1e-9
const SHARE: Readonly<Record<WildTies, number>> = { counted: 1, half: 0.5, strict: 0 }
/** With more clusters, a matrix of that size is too much, and clustered standard errors need no bootstrap. */
const MOST_CLUSTERS = 3000
/** A test that cannot reject at this level is none. */
const LEVEL = 0.1

const check = (
  fit: LinearFit,
  { by, enumerate, level = 0.95, replicates = REPLICATES, seed, term, ties, value = 0, wildWeights }: WildClusterOptions
): { readonly slope: number; readonly cluster: LinearFit["groups"][number] } => {
  const wrong: Array<string> = []
  const slope = fit.terms.indexOf(term)
  if (slope < 0 || slope >= fit.slopes) wrong.push(`the model has no slope ${term}; it has ${fit.terms.slice(0, fit.slopes).join(", ")}`)
  const name = by ?? fit.effects.factors[0]?.name
  const cluster = fit.groups.find((group) => group.name === name)
  if (name === undefined) wrong.push("a model without effects has none to cluster by: name the factor, `by`")
  else if (cluster === undefined)
    wrong.push(`the model has no factor ${name} to cluster by; it has ${fit.groups.map((group) => group.name).join(", ") || "none"}`)
  else if (cluster.levels > MOST_CLUSTERS)
    wrong.push(`${cluster.levels} clusters by ${name} are more than ${MOST_CLUSTERS}: with so many, clustered standard errors are good as they are`)
  if (!Number.isFinite(value)) wrong.push(`the null is a number, not ${value}`)
  if (!(Number.isInteger(replicates) && replicates >= 1)) wrong.push(`${replicates} replicates: a whole number, from 1`)
  if (!(Number.isSafeInteger(seed) && seed >= 0)) wrong.push(`the seed is a whole number from 0 to 2^53 - 1, not ${seed}`)
  if (!(level > 0 && level < 1)) wrong.push(`a level of ${level}: it lies between 0 and 1`)
  if (wildWeights !== undefined && wildWeights !== "rademacher" && wildWeights !== "webb") wrong.push(`wildWeights are rademacher or webb, not ${wildWeights}`)
  if (ties !== undefined && !(ties in SHARE)) wrong.push(`ties are counted, half or strict, not ${ties}`)
  if (enumerate !== undefined && enumerate !== "auto" && enumerate !== "never") wrong.push(`enumerate is auto or never, not ${enumerate}`)
  if (wrong.length > 0) throw new Fault("wild-bootstrap", `wild cluster bootstrap: ${wrong.join("; ")}`)
  return { slope, cluster: cluster! }
}

/** The draws of one weight for all clusters are those that tie. */
const smallest = (weights: WildWeights, clusters: number): number => Math.min(1, differentDraws(weights, 1) / differentDraws(weights, clusters))

const cannotReject = (weights: WildWeights, clusters: number, by: string): ReadonlyArray<Warning> => {
  const least = smallest(weights, clusters)
  if (least <= LEVEL) return []
  const webb = smallest("webb", clusters)
  const number = (p: number): string => p.toFixed(p < 0.01 ? 4 : 3)
  return [
    {
      code: "test-cannot-reject",
      message: `with ${clusters} clusters (by ${by}) and ${weights === "webb" ? "Webb" : "Rademacher"} weights no p-value is below ${number(least)}, ties counted: the test cannot reject at 10%, whatever the data are; ${
        weights === "rademacher" && webb <= LEVEL ? `Webb weights reach ${number(webb)}` : "more clusters are needed"
      }`
    }
  ]
}

const ofSet = ({ intervals, kind, level }: ConfidenceSet, term: string): ReadonlyArray<Warning> => {
  if (kind === "interval") return []
  const what = {
    "whole line": "is the whole line: no value is rejected",
    unbounded: "is unbounded: values however large are not rejected",
    "union of intervals": `is not one interval but ${intervals.length}`
  }[kind]
  return [{ code: "confidence-set", message: `the ${Number((100 * level).toPrecision(6))}% confidence set of ${term} by the wild cluster bootstrap ${what}` }]
}

/**
 * The wild cluster bootstrap-t test that a slope has a value, the null imposed (WCR): y* = fit under the null + v_g times its residuals, v drawn once a cluster; each y* is
 * regressed as y was, effects absorbed anew, and its t*, clustered, is held against t. p-values, symmetric and equal-tailed, and the confidence set of the symmetric
 * test, which may be unbounded or in pieces. The residuals are those of the regression without the term, all effects kept.
 *
 * Everything is linear in v: a draw costs O(G^2), whatever the number of rows (Roodman, MacKinnon, Nielsen and Webb 2019). The small-sample
 * factor cancels. For least squares alone, which `within` says: two-stage least squares have another null to impose. With few clusters few draws differ: all are then enumerated, and the smallest attainable p is told. Draw i of a seed is drawn alone.
 *
 * Stata: `boottest x, cluster(id)`; R: fwildclusterboot's `boottest`; both have `ties: "strict"`.
 *
 * Sources: Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90(3); MacKinnon and Webb (2018), Econometrics Journal 21(2); Roodman, MacKinnon,
 * Nielsen and Webb (2019), Stata Journal 19(1).
 */
export const wildClusterBootstrap = (fit: LinearFit & Pick<FixedEffectsFit, "within">, options: WildClusterOptions): WildClusterTest => {
  const { cluster, slope } = check(fit, options)
  const { enumerate = "auto", level = 0.95, replicates = REPLICATES, seed, term, ties = "counted", value = 0, wildWeights: weights = "rademacher" } = options
  const clustered = clusteredVariance(fit, { kind: "cluster", by: [cluster.name] }, options.smallSample ?? "xtreg")
  const scores = wildScores(fit, slope, cluster)
  const draw = wildDrawer(scores)
  const z = (value - scores.estimate) / scores.standardError
  const different = differentDraws(weights, scores.clusters)
  const enumerated = enumerate === "auto" && different <= replicates
  const B = enumerated ? different : replicates

  const v = new Float64Array(scores.clusters)
  const kept: Array<WildDraw> = []
  let [above, tied, lower, upper, equal, always] = [0, 0, 0, 0, 0, 0]
  for (let b = 0; b < B; b++) {
    if (enumerated) enumeratedDraw(weights, b, v)
    else randomDraw(weights, seed, b, v)
    const one = draw(v)
    const t = wildStatistic(one, z)
    if (Math.abs(Math.abs(t) - Math.abs(z)) <= TIE * Math.abs(z)) tied++
    // A draw without a standard error speaks against the rejection, too.
    else if (!(Math.abs(t) < Math.abs(z))) above++
    if (Math.abs(t + z) <= TIE * Math.abs(z)) equal++
    else if (t < -z) lower++
    else upper++
    if (v.every((w) => w === v[0])) always++
    else if (options.confidenceSet !== false) kept.push(one)
  }
  const share = SHARE[ties]
  const confidenceSet = options.confidenceSet === false ? undefined : wildConfidenceSet(scores, kept, share * always, B, level)
  const warnings: Array<Warning> = [...cannotReject(weights, scores.clusters, cluster.name)]
  if (!enumerated && above + share * tied === 0)
    warnings.push({
      code: "p-below-resolution",
      message: `none of the ${B} draws is above: the p-value of ${term} is told as 0 and known to be below ${1 / B} only; take more replicates to tell it finer`
    })
  if (confidenceSet !== undefined) warnings.push(...ofSet(confidenceSet, term))
  return {
    term,
    value,
    estimate: scores.estimate,
    statistic: (scores.estimate - value) / Math.sqrt(clustered.matrix[slope * fit.terms.length + slope]!),
    by: cluster.name,
    clusters: scores.clusters,
    wildWeights: weights,
    replicates: B,
    enumerated,
    ties,
    pValue: (above + share * tied) / B,
    pValueEqualTailed: Math.min(1, (2 * Math.min(lower + share * equal, upper + share * equal)) / B),
    above,
    tied,
    smallestPValue: share * smallest(weights, scores.clusters),
    confidenceSet,
    warnings
  }
}
