import { Fault } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { type BiasReduced, biasReducedVariance } from "./bias-reduced-variance.ts"
import { type Clustered, clusteredVariance } from "./clustered-variance.ts"
import { type Conley, conleyVariance } from "./conley-variance.ts"
import { type DriscollKraay, driscollKraayVariance } from "./driscoll-kraay-variance.ts"
import { heteroskedasticVariance, iidVariance } from "./heteroskedastic-variance.ts"
import { SMALL_SAMPLES, type SmallSample } from "./small-sample.ts"
import type { VarianceEstimate } from "./variance-estimate.ts"

/**
 * How the variance of coefficients is estimated. Factors are named as in the model: its effects or further groups.
 *
 * - `iid`: s2 (X'X)^-1.
 * - `HC1`, `HC2`, `HC3`: robust to heteroskedasticity (White 1980; MacKinnon and White 1985), leverages being those of the full model, effects included.
 * - `cluster`: one or two factors, two of them by inclusion and exclusion.
 * - `CR2`: clustered, bias-reduced, with degrees of freedom a term, for few or unequal clusters.
 * - `driscoll-kraay`: robust to dependence across entities and over time.
 * - `conley`: robust to dependence between places up to a distance, and within entities up to a lag.
 */
export type Variance = { readonly kind: "iid" } | { readonly kind: "HC1" | "HC2" | "HC3" } | Clustered | BiasReduced | DriscollKraay | Conley

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
export interface Covariance extends VarianceEstimate {
  readonly variance: Variance
}

const estimate = (fit: LinearFit, variance: Variance, convention: SmallSample): VarianceEstimate => {
  switch (variance.kind) {
    case "iid":
      return iidVariance(fit, convention)
    case "HC1":
    case "HC2":
    case "HC3":
      return heteroskedasticVariance(fit, variance.kind, convention)
    case "cluster":
      return clusteredVariance(fit, variance, convention)
    case "CR2":
      return biasReducedVariance(fit, variance)
    case "driscoll-kraay":
      return driscollKraayVariance(fit, variance, convention)
    case "conley":
      return conleyVariance(fit, variance)
    default:
      throw new Fault(
        "variance",
        `there is no variance ${(variance as { readonly kind?: string }).kind}: take iid, HC1, HC2, HC3, cluster, CR2, driscoll-kraay or conley`
      )
  }
}

/** Estimates the variance of a fitted model's coefficients under a named small-sample convention. A Fault where there is none of that name. */
export const covariance = (fit: LinearFit, variance: Variance, convention: SmallSample = "xtreg"): Covariance => {
  if (!SMALL_SAMPLES.includes(convention))
    throw new Fault("small-sample", `there is no small-sample factor ${convention}: take ${SMALL_SAMPLES.slice(0, -1).join(", ")} or ${SMALL_SAMPLES.at(-1)}`)
  return { variance, ...estimate(fit, variance, convention) }
}
