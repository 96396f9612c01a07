import { sandwich } from "../linalg/cross-product.ts"
import { clusterMeat } from "./cluster-variance.ts"
import { type Factor, intersection } from "./factor.ts"
import { Fault, type Warning } from "./fault.ts"
import { FEW_CLUSTERS, fewClusters } from "./few-clusters.ts"
import { heteroskedasticMeat } from "./heteroskedastic-variance.ts"
import { type LinearFit, slopesOnly } from "./linear-fit.ts"
import { nearestSemiDefinite } from "./semi-definite.ts"
import { clusterParameters, type SmallSample, type SmallSampleFactor } from "./small-sample.ts"

/**
 * How the variance of coefficients is estimated. Factors are named as in the model: its effects or further groups.
 *
 * - `iid`: s2 (X'X)^-1.
 * - `HC1`, `HC2`, `HC3`: robust to heteroskedasticity (White 1980; MacKinnon and White 1985), leverages being those of the full model, effects included.
 * - `cluster`: one or two factors (Liang and Zeger 1986; Cameron, Gelbach and Miller 2011: V_1 + V_2 - V_12). With two, the factor G/(G - 1) is that of the
 *   smaller number of clusters for all three terms (`min`, reghdfe and fixest), or each term's own (`each`).
 */
export type Variance =
  | { readonly kind: "iid" }
  | { readonly kind: "HC1" | "HC2" | "HC3" }
  | { readonly kind: "cluster"; readonly by: ReadonlyArray<string>; readonly groups?: "min" | "each" }

/** A variance, or the short name of one: `cluster` is by the model's first effect. */
export type VarianceChoice = Variance | "iid" | "HC1" | "HC2" | "HC3" | "cluster"

/** The variance that a choice means for a model with these effects; without a choice, clustered by the first of them, or HC1 where there is none. */
export const varianceOf = (choice: VarianceChoice | undefined, effects: ReadonlyArray<{ readonly name: string }>): Variance => {
  const first = effects[0]
  if (choice === undefined) return first === undefined ? { kind: "HC1" } : { kind: "cluster", by: [first.name] }
  if (typeof choice !== "string") return choice
  if (choice !== "cluster") return { kind: choice }
  if (first === undefined) throw new Fault("clusters", 'a model without effects has none to cluster by: name the factor, { kind: "cluster", by: [name] }')
  return { kind: "cluster", by: [first.name] }
}

/** The variance of a model's coefficients, with what made it. */
export interface Covariance {
  readonly variance: Variance
  /** For a reader: "clustered by entity". */
  readonly name: string
  /** Over the terms, row-major. */
  readonly matrix: Float64Array
  /** Degrees of freedom of each term's t. */
  readonly df: Float64Array
  readonly smallSample: SmallSampleFactor
  readonly warnings: ReadonlyArray<Warning>
}

/** Degrees of freedom that slopes and effects leave; a Fault where there are none. */
export const residualDf = ({ effects, nobs, slopes }: Pick<LinearFit, "effects" | "nobs" | "slopes">): number => {
  const df = nobs - effects.rank - slopes
  if (df < 1)
    throw new Fault(
      "no-degrees-of-freedom",
      `${nobs} rows cannot carry ${slopes} slope${slopes === 1 ? "" : "s"} and ${effects.rank} ${effects.factors.map(({ name }) => name).join(" and ")} effects; widen the sample or take fewer regressors`
    )
  return df
}

/** The weighted sum of squared residuals; analytic weights are scaled to sum to the number of rows, as Stata does. */
export const sumOfSquaredResiduals = ({ nobs, residuals, weights }: Pick<LinearFit, "nobs" | "residuals" | "weights">): number => {
  if (weights === undefined) return residuals.reduce((sum, e) => sum + e * e, 0)
  const sum = residuals.reduce((total, e, i) => total + weights.values[i]! * e * e, 0)
  return weights.kind === "fweight" ? sum : (sum * nobs) / weights.values.reduce((total, w) => total + w, 0)
}

const groupNamed = (fit: LinearFit, name: string): Factor => {
  const found = fit.groups.find((group) => group.name === name)
  if (found === undefined)
    throw new Fault("unknown-group", `the model has no factor ${name} to cluster by; it has ${fit.groups.map((group) => group.name).join(", ") || "none"}`)
  return found
}

/** Estimates the variance of a fitted model's coefficients under a named small-sample convention. */
export const covariance = (fit: LinearFit, variance: Variance, convention: SmallSample = "xtreg"): Covariance => {
  const k = fit.terms.length
  const dfResidual = residualDf(fit)
  const n = fit.nobs
  const same = (df: number): Float64Array => new Float64Array(k).fill(df)
  switch (variance.kind) {
    case "iid": {
      const divisor = convention === "none" ? n : dfResidual
      // The slopes' part is the bread itself, which no product of it with X'X gives to as many digits; a term that has an influence column in its place has its
      // sums of squares.
      const matrix = fit.slopes === k ? fit.bread.slice() : sandwich(fit.bread, heteroskedasticMeat(fit, "iid"), k)
      for (let i = 0; i < fit.slopes; i++) for (let j = 0; j < fit.slopes; j++) matrix[i * k + j] = fit.bread[i * k + j]!
      const s2 = sumOfSquaredResiduals(fit) / divisor
      const scale = fit.weights?.kind === "aweight" ? fit.weights.values.reduce((sum, w) => sum + w, 0) / n : 1
      const numbers: Record<string, number> = convention === "none" ? { n } : { n, K: n - dfResidual }
      return {
        variance,
        name: "iid",
        matrix: matrix.map((v) => v * s2 * scale),
        df: same(dfResidual),
        smallSample: { convention, formula: convention === "none" ? "s2 = e'e/n" : "s2 = e'e/(n-K), K = slopes + all effects", numbers, value: n / divisor },
        warnings: []
      }
    }
    case "HC1":
    case "HC2":
    case "HC3": {
      const counted = convention === "plm" ? fit.slopes : n - dfResidual
      const value = variance.kind !== "HC1" || convention === "none" ? 1 : n / (n - counted)
      return {
        variance,
        name: `${variance.kind}, robust to heteroskedasticity`,
        matrix: sandwich(fit.bread, heteroskedasticMeat(fit, variance.kind), k).map((v) => v * value),
        df: same(dfResidual),
        smallSample: {
          convention,
          formula:
            variance.kind === "HC1"
              ? convention === "none"
                ? "1 (HC0)"
                : `n/(n-K), K = ${convention === "plm" ? "slopes" : "slopes + all effects"}`
              : `e_i^2/(1-h_i)${variance.kind === "HC3" ? "^2" : ""}, h_i the leverage in the full model`,
          numbers: variance.kind === "HC1" && convention !== "none" ? { n, K: counted } : { n },
          value
        },
        warnings: []
      }
    }
    case "cluster": {
      const [first, second, ...more] = variance.by.map((name) => groupNamed(fit, name))
      if (first === undefined || more.length > 0) throw new Fault("clusters", `standard errors cluster by one factor or by two, not by ${variance.by.length}`)
      return clustered(fit, variance, convention, second === undefined ? [first] : [first, second], dfResidual)
    }
  }
}

/** A standard error this small beside that for independent errors is rounding. */
const NOTHING = 1e-7

/** A Fault where scores sum to zero in every cluster but for rounding: two years, say, whose effects are absorbed. */
const requireVariance = (fit: LinearFit, matrix: Float64Array, by: ReadonlyArray<Factor>): void => {
  const k = fit.terms.length
  const s2 = sumOfSquaredResiduals(fit) / fit.nobs
  const j = fit.coefficients.findIndex((_, i) => i < fit.slopes && matrix[i * k + i]! <= NOTHING ** 2 * s2 * fit.bread[i * k + i]!)
  if (j >= 0 && s2 > 0)
    throw new Fault(
      "no-variance",
      `clustered by ${by.map(({ name }) => name).join(" and by ")}, ${fit.terms[j]} has no standard error: its scores sum to zero in every cluster, since the effects take off all that clusters could differ in; cluster by another factor`
    )
}

const clustered = (
  fit: LinearFit,
  variance: Variance & { readonly kind: "cluster" },
  convention: SmallSample,
  by: readonly [Factor] | readonly [Factor, Factor],
  dfResidual: number
): Covariance => {
  const k = fit.terms.length
  const n = fit.nobs
  const least = Math.min(...by.map(({ levels }) => levels))
  if (least < 2) throw new Fault("too-few-clusters", `${by.find(({ levels }) => levels < 2)!.name} has one group alone: clustered variances need two at least`)
  const weighted = fit.weights === undefined ? fit.residuals : fit.residuals.map((e, i) => e * fit.weights!.values[i]!)
  const { formula: counted, K } = clusterParameters(fit, by, convention, n - dfResidual)
  const rows = convention === "none" ? 1 : (n - 1) / (n - K)
  const groups = (G: number): number => (convention === "none" ? 1 : G / (G - 1))
  const term = (factor: Factor): Float64Array =>
    sandwich(fit.bread, clusterMeat(fit.design, weighted, factor.codes, factor.levels), k).map(
      (v) => v * rows * groups(variance.groups === "each" ? factor.levels : least)
    )
  const [first, second] = by
  let matrix = term(first)
  const warnings: Array<Warning> = least < FEW_CLUSTERS ? [fewClusters(least, by.find(({ levels }) => levels === least)!.name)] : []
  if (second !== undefined) {
    const other = term(second)
    const both = term(intersection(first, second))
    matrix = matrix.map((v, i) => v + other[i]! - both[i]!)
    const repaired = nearestSemiDefinite(matrix, k)
    if (repaired !== undefined) {
      // Whether there is a constant beside absorbed effects must not change what the slopes have: they are judged alone.
      const alone = slopesOnly(matrix, fit)
      const slopes = nearestSemiDefinite(alone, fit.slopes) ?? alone
      matrix = repaired
      for (let i = 0; i < fit.slopes; i++) for (let j = 0; j < fit.slopes; j++) matrix[i * k + j] = slopes[i * fit.slopes + j]!
      warnings.push({
        code: "variance-not-definite",
        message: `the variance clustered by ${first.name} and by ${second.name} had a negative eigenvalue, which was set to zero (Cameron, Gelbach and Miller 2011, section 2.3): clustered by one of them it has none`
      })
    }
  }
  requireVariance(fit, matrix, by)
  const numbers: Record<string, number> = second === undefined ? { G: first.levels, n, K } : { G1: first.levels, G2: second.levels, n, K }
  return {
    variance,
    name: `clustered by ${by.map(({ name }) => name).join(" and by ")}`,
    matrix,
    df: new Float64Array(k).fill(least - 1),
    smallSample: {
      convention,
      formula:
        convention === "none"
          ? "1"
          : `G/(G-1) (n-1)/(n-K)${second === undefined ? "" : variance.groups === "each" ? ", each term with its own G" : ", G = min(G1, G2)"}, K = ${counted}`,
      numbers,
      value: groups(least) * rows
    },
    warnings
  }
}
