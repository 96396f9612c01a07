/** Scores summed by cluster, sum over i in g of x_i e_i: G rows of k, row-major. */
export const clusterScores = (x: ReadonlyArray<Float64Array>, e: Float64Array, cluster: Int32Array, clusters: number): Float64Array => {
  const k = x.length
  const scores = new Float64Array(clusters * k)
  for (let j = 0; j < k; j++) {
    const column = x[j]!
    // Rows are sorted by cluster as a rule: a sum is put down when its cluster ends.
    let last = cluster[0] ?? 0
    let sum = 0
    for (let i = 0; i < e.length; i++) {
      const own = cluster[i]!
      if (own !== last) {
        scores[last * k + j] = scores[last * k + j]! + sum
        sum = 0
        last = own
      }
      sum += column[i]! * e[i]!
    }
    if (e.length > 0) scores[last * k + j] = scores[last * k + j]! + sum
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
