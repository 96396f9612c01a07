import { sandwich } from "../../linalg/cross-product.ts"
import { Fault, type Warning } from "../fault.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { scoreDesign } from "../linear/score-design.ts"
import { type Factor, intersection } from "../sample/factor.ts"
import { clusterMeat } from "./cluster-meat.ts"
import { FEW_CLUSTERS, fewClusters } from "./few-clusters.ts"
import { clusterParameters, type SmallSample } from "./small-sample.ts"
import { cancelling, groupNamed, repairedVariance, requireVariance, residualDf, type VarianceEstimate, weightedResiduals } from "./variance-estimate.ts"

/**
 * Clustered by one or two factors (Liang and Zeger 1986; Cameron, Gelbach and Miller 2011: V_1 + V_2 - V_12). With two, the factor G/(G - 1) is that of the
 * smaller number of clusters for all three terms (`min`, reghdfe and fixest), or each term's own (`each`).
 */
export interface Clustered {
  readonly kind: "cluster"
  readonly by: ReadonlyArray<string>
  readonly groups?: "min" | "each"
}

/** What such a variance is called: "clustered by entity and by year". */
export const clusteredBy = (names: ReadonlyArray<string>): string => `clustered by ${names.join(" and by ")}`

/**
 * The cluster-robust variance, (X'WX)^-1 [sum_g s_g s_g'] (X'WX)^-1 with s_g the sum of w_i x_i e_i over a cluster, times the convention's factor; t with
 * G - 1 degrees of freedom, G being the smaller number of clusters. A negative eigenvalue of a two-way variance is set to zero, and told.
 */
export const clusteredVariance = (fit: LinearFit, { by: names, groups: whose }: Clustered, convention: SmallSample): VarianceEstimate => {
  const [first, second, ...more] = names.map((name) => groupNamed(fit, name))
  if (first === undefined || more.length > 0) throw new Fault("clusters", `standard errors cluster by one factor or by two, not by ${names.length}`)
  if (first === second) throw new Fault("clusters", `${first.name} is named twice: two-way clustering takes two factors`)
  const by: ReadonlyArray<Factor> = second === undefined ? [first] : [first, second]
  const name = clusteredBy(names)
  const k = fit.terms.length
  const n = fit.nobs
  const least = Math.min(...by.map(({ levels }) => levels))
  if (least < 2) throw new Fault("too-few-clusters", `${by.find(({ levels }) => levels < 2)!.name} has one group alone: clustered variances need two at least`)
  const weighted = weightedResiduals(fit)
  const { columns, root } = scoreDesign(fit)
  const { formula: counted, K } = clusterParameters(fit, by, convention, n - residualDf(fit))
  const rows = convention === "none" ? 1 : (n - 1) / (n - K)
  const groups = (G: number): number => (convention === "none" ? 1 : G / (G - 1))
  const term = (factor: Factor): Float64Array =>
    sandwich(root, clusterMeat(columns, weighted, factor.codes, factor.levels), k).map((v) => v * rows * groups(whose === "each" ? factor.levels : least))
  let matrix = term(first)
  const warnings: Array<Warning> = least < FEW_CLUSTERS ? [fewClusters(least, by.find(({ levels }) => levels === least)!.name)] : []
  if (second !== undefined) {
    const other = term(second)
    const both = term(intersection(first, second))
    matrix = matrix.map((v, i) => v + other[i]! - both[i]!)
    const repaired = repairedVariance(fit, matrix)
    if (repaired !== undefined) {
      matrix = repaired
      warnings.push({
        code: "variance-not-definite",
        message: `the variance ${name} had a negative eigenvalue, which was set to zero (Cameron, Gelbach and Miller 2011, section 2.3); what is left depends on the units of the regressors: clustered by one of them it has none`
      })
    }
  }
  const repaired = warnings.some(({ code }) => code === "variance-not-definite")
  requireVariance(fit, matrix, name, repaired ? "the two-way variance came out negative; cluster by one of the factors" : cancelling("cluster"))
  const numbers: Record<string, number> = second === undefined ? { G: first.levels, n, K } : { G1: first.levels, G2: second.levels, n, K }
  return {
    name,
    matrix,
    df: new Float64Array(k).fill(least - 1),
    ...(second === undefined ? { rank: first.levels - 1 } : {}),
    smallSample: {
      convention,
      formula:
        convention === "none"
          ? "1"
          : `G/(G-1) (n-1)/(n-K)${second === undefined ? "" : whose === "each" ? ", each term with its own G" : ", G = min(G1, G2)"}, K = ${counted}`,
      numbers,
      value: groups(least) * rows
    },
    warnings
  }
}
