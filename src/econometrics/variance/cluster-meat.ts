/** Scores summed by cluster, sum over i in g of x_i e_i: G rows of k, row-major. */
export const clusterScores = (x: ReadonlyArray<Float64Array>, e: Float64Array, cluster: Int32Array, clusters: number): Float64Array => {
  const k = x.length
  const scores = new Float64Array(clusters * k)
  for (let j = 0; j < k; j++) {
    const column = x[j]!
    for (let i = 0; i < e.length; i++) {
      const at = cluster[i]! * k + j
      scores[at] = scores[at]! + column[i]! * e[i]!
    }
  }
  return scores
}

/** The meat of a cluster-robust variance, sum_g (X_g' e_g)(X_g' e_g)', k x k, row-major (Liang and Zeger 1986). */
export const clusterMeat = (x: ReadonlyArray<Float64Array>, e: Float64Array, cluster: Int32Array, clusters: number): Float64Array => {
  const k = x.length
  const scores = clusterScores(x, e, cluster, clusters)
  const meat = new Float64Array(k * k)
  for (let g = 0; g < clusters; g++)
    for (let i = 0; i < k; i++) {
      const score = scores[g * k + i]!
      for (let j = 0; j < k; j++) meat[i * k + j] = meat[i * k + j]! + score * scores[g * k + j]!
    }
  return meat
}

/**
 * G/(G - 1) (n - 1)/(n - K), the factor of Stata's `xtreg, fe vce(cluster)` and of fixest's `cluster = ~id`. K counts slopes, year dummies and the
 * constant; effects nested in the clusters do not count.
 */
export const clusterFactor = (clusters: number, n: number, parameters: number): number => (clusters / (clusters - 1)) * ((n - 1) / (n - parameters))
