import { cholesky } from "../../linalg/cholesky.ts"

/**
 * What one cluster adds to a bias-reduced variance V = sum_g c_g c_g', k terms. Under the working model c_g and c_h have the covariance p_gh: `own` is p_gg (k x k),
 * and off the diagonal p_gh = m_g J m_h', m being `meets` (k x r) and J the form that goes with them.
 */
export interface AdjustedCluster {
  readonly contribution: Float64Array
  readonly own: Float64Array
  readonly meets: Float64Array
}

export interface AdjustedClusters {
  readonly terms: number
  readonly clusters: ReadonlyArray<AdjustedCluster>
  /** Length of a row of `meets`. */
  readonly size: number
  /** J x; J is symmetric. */
  readonly form: (x: Float64Array) => Float64Array
}

/** The variance over the terms, row-major. */
export const adjustedVariance = ({ clusters, terms: k }: AdjustedClusters): Float64Array => {
  const matrix = new Float64Array(k * k)
  for (const { contribution: c } of clusters) for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) matrix[a * k + b] = matrix[a * k + b]! + c[a]! * c[b]!
  return matrix
}

/** The clusters of other terms, each a combination of these: `rows` holds k coefficients for each. */
const combined = ({ clusters, form, size, terms: k }: AdjustedClusters, rows: ReadonlyArray<Float64Array>): AdjustedClusters => {
  const q = rows.length
  const apply = (values: Float64Array, width: number): Float64Array => {
    const result = new Float64Array(q * width)
    for (let s = 0; s < q; s++)
      for (let a = 0; a < k; a++) {
        const scale = rows[s]![a]!
        if (scale !== 0) for (let j = 0; j < width; j++) result[s * width + j] = result[s * width + j]! + scale * values[a * width + j]!
      }
    return result
  }
  const transposed = (values: Float64Array): Float64Array => Float64Array.from({ length: k * q }, (_, at) => values[(at % q) * k + Math.floor(at / q)]!)
  return {
    terms: q,
    size,
    form,
    clusters: clusters.map(({ contribution, meets, own }) => ({
      contribution: apply(contribution, 1),
      // R own R' is symmetric: R (R own)'.
      own: apply(transposed(apply(own, k)), q),
      meets: apply(meets, size)
    }))
  }
}

/** For pairs of terms, sums over all clusters g and h of p_gh[a, b] p_gh[c, d]. */
const pairSums = ({ clusters, form, size: r, terms: k }: AdjustedClusters): ((a: number, b: number, c: number, d: number) => number) => {
  const known = new Map<number, Float64Array>()
  /** J times the sum over clusters of m[a] m[b]'. */
  const formed = (a: number, b: number): Float64Array => {
    const found = known.get(a * k + b)
    if (found !== undefined) return found
    const sum = new Float64Array(r * r)
    for (const { meets } of clusters)
      for (let i = 0; i < r; i++) {
        const value = meets[a * r + i]!
        if (value !== 0) for (let j = 0; j < r; j++) sum[i * r + j] = sum[i * r + j]! + value * meets[b * r + j]!
      }
    // C is symmetric only for a = b: its columns are taken one by one.
    const result = new Float64Array(r * r)
    for (let j = 0; j < r; j++) {
      const image = form(Float64Array.from({ length: r }, (_, i) => sum[i * r + j]!))
      for (let i = 0; i < r; i++) result[i * r + j] = image[i]!
    }
    known.set(a * k + b, result)
    return result
  }
  /** What p_gg would be by the form. */
  const formal = clusters.map(({ meets }) => {
    const own = new Float64Array(k * k)
    for (let b = 0; b < k; b++) {
      const image = form(meets.slice(b * r, (b + 1) * r))
      for (let a = 0; a < k; a++) for (let i = 0; i < r; i++) own[a * k + b] = own[a * k + b]! + meets[a * r + i]! * image[i]!
    }
    return own
  })
  return (a, b, c, d) => {
    const [x, y] = [formed(b, d), formed(c, a)]
    let sum = 0
    for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) sum += x[i * r + j]! * y[j * r + i]!
    for (const [g, { own }] of clusters.entries()) sum += own[a * k + b]! * own[c * k + d]! - formal[g]![a * k + b]! * formal[g]![c * k + d]!
    return sum
  }
}

/** Each term's degrees of freedom, (sum_g p_gg)^2 / sum_gh p_gh^2 (Satterthwaite 1946, Biometrics Bulletin 2). */
export const satterthwaite = (adjusted: AdjustedClusters): Float64Array => {
  const k = adjusted.terms
  const sums = pairSums(adjusted)
  return Float64Array.from({ length: k }, (_, t) => {
    const trace = adjusted.clusters.reduce((sum, { own }) => sum + own[t * k + t]!, 0)
    return trace ** 2 / sums(t, t, t, t)
  })
}

/**
 * What turns the Wald statistic Q of q terms into an F: F = `scale` Q/q has q and `df2` degrees of freedom, by Hotelling's T^2 with nu = q (q + 1)/sum_st Var(D_st), D
 * being V in units of its expectation (Pustejovsky and Tipton 2018's HTZ; clubSandwich's `Wald_test(test = "HTZ")`). NaN where nu leaves no degrees of freedom.
 */
export const hotelling = (adjusted: AdjustedClusters, terms: ReadonlyArray<number>): { readonly scale: number; readonly df2: number } => {
  const k = adjusted.terms
  const q = terms.length
  const expected = new Float64Array(q * q)
  for (const { own } of adjusted.clusters)
    for (let s = 0; s < q; s++) for (let t = 0; t < q; t++) expected[s * q + t] = expected[s * q + t]! + own[terms[s]! * k + terms[t]!]!
  const root = cholesky(expected, q)
  if (root === undefined) return { scale: Number.NaN, df2: Number.NaN }
  // The rows of L^-1, over all terms: combinations that the working model makes independent with variance 1.
  const rows: Array<Float64Array> = []
  for (let s = 0; s < q; s++) {
    const row = new Float64Array(k)
    row[terms[s]!] = 1
    for (let t = 0; t < s; t++) for (let a = 0; a < k; a++) row[a] = row[a]! - root[s * q + t]! * rows[t]![a]!
    rows.push(row.map((value) => value / root[s * q + s]!))
  }
  const sums = pairSums(combined(adjusted, rows))
  let total = 0
  for (let s = 0; s < q; s++) for (let t = 0; t < q; t++) total += sums(s, t, t, s) + sums(s, s, t, t)
  const nu = (q * (q + 1)) / total
  const df2 = nu - q + 1
  return df2 > 0 ? { scale: df2 / nu, df2 } : { scale: Number.NaN, df2: Number.NaN }
}
