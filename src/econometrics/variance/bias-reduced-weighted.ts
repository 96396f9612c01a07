import { dot } from "../../linalg/dot.ts"
import { orthonormalBasis } from "../../linalg/orthonormal.ts"
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"
import { Fault } from "../fault.ts"
import type { Factor } from "../sample/factor.ts"
import type { AdjustedCluster, AdjustedClusters } from "./satterthwaite.ts"

/** A cluster with more rows than this would take the eigenvalues of too large a matrix. */
const ROWS = 1000

/** What a bias-reduced variance is made from. Columns named `root` were multiplied by the roots of the weights. */
export interface WeightedParts {
  readonly cluster: string
  /** The rows of each cluster. */
  readonly members: ReadonlyArray<ReadonlyArray<number>>
  /** An orthonormal basis of the regressors and effects that clusters share, nested effects taken off. */
  readonly root: ReadonlyArray<Float64Array>
  readonly nested: ReadonlyArray<Factor>
  readonly weights: Float64Array
  /** A column a term: its estimate is influence'W y. */
  readonly influence: ReadonlyArray<Float64Array>
  readonly residuals: Float64Array
}

/** The rows of a cluster, of columns that are each as long as the data. */
const rowsOf = (columns: ReadonlyArray<Float64Array>, rows: ReadonlyArray<number>): ReadonlyArray<Float64Array> =>
  columns.map((column) => Float64Array.from(rows, (row) => column[row]!))

/** x less its projection on an orthonormal basis, in a new array. */
const project = (basis: ReadonlyArray<Float64Array>, x: Float64Array): Float64Array => {
  const left = x.slice()
  for (const q of basis) {
    const along = dot(q, x)
    for (let i = 0; i < left.length; i++) left[i] = left[i]! - along * q[i]!
  }
  return left
}

/** The nested effects' part of a cluster: an orthonormal basis of their dummies times the roots of the weights. */
const nestedBasis = (nested: ReadonlyArray<Factor>, rows: ReadonlyArray<number>, root: Float64Array): ReadonlyArray<Float64Array> =>
  orthonormalBasis(
    nested.flatMap(({ codes }) =>
      [...new Set(rows.map((row) => codes[row]!))].map((code) => Float64Array.from(rows, (row, i) => (codes[row] === code ? root[i]! : 0)))
    )
  )

/**
 * What clusters add to CR2 under analytic weights w, the working model being errors of one variance (clubSandwich's for `lm` with weights): A_g = [(I - H)(I - H)']_gg^(+1/2), the score
 * of a cluster influence_g'W_g A_g e_g; p_gh = a_g'[(I - H)(I - H)']_gh a_h, a_g = A_g W_g influence_g.
 *
 * H = D^-1 P D with D the roots of the weights and P = T T' + Q Q' a projection, T being block-diagonal: with N = I - TT', R = N W Q and Omega = Q'WQ the blocks are
 * D^-1 (N W N - R Q' - Q R' + Q Omega Q') D^-1, off the diagonal without the first part. So clusters meet in vectors of the length of Q's columns only. An eigenvalue
 * at most `singular` times a cluster's largest is zero.
 */
export const adjustWeightedClusters = (
  { cluster, influence, members, nested, residuals, root: basis, weights }: WeightedParts,
  singular: number
): AdjustedClusters => {
  const largest = members.reduce((most, rows) => Math.max(most, rows.length), 0)
  if (largest > ROWS)
    throw new Fault(
      "large-clusters",
      `CR2 by ${cluster} with weights takes the eigenvalues of a matrix of each cluster's rows, and one has ${largest}, more than ${ROWS}: take { kind: "cluster" }, or leave the weights out`
    )
  const p = basis.length
  const k = influence.length
  const omega = new Float64Array(p * p)
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++) {
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += weights[i]! * basis[a]![i]! * basis[b]![i]!
      omega[a * p + b] = sum
    }
  const clusters = members.map((rows): AdjustedCluster => {
    const m = rows.length
    const w = Float64Array.from(rows, (row) => weights[row]!)
    const d = w.map(Math.sqrt)
    const t = nestedBasis(nested, rows, d)
    const q = rowsOf(basis, rows)
    const r = q.map((column) =>
      project(
        t,
        column.map((value, i) => value * w[i]!)
      )
    )
    const g = new Float64Array(m * m)
    for (let c = 0; c < m; c++) {
      // Column c of N W N, of which N leaves a unit vector less its projection.
      const unit = new Float64Array(m)
      unit[c] = 1
      const column = project(
        t,
        project(t, unit).map((value, i) => value * w[i]!)
      )
      for (let a = 0; a < p; a++) {
        let along = -r[a]![c]!
        for (let b = 0; b < p; b++) along += omega[a * p + b]! * q[b]![c]!
        for (let i = 0; i < m; i++) column[i] = column[i]! + q[a]![i]! * along - r[a]![i]! * q[a]![c]!
      }
      for (let i = 0; i < m; i++) g[i * m + c] = column[i]! / (d[i]! * d[c]!)
    }
    for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) g[i * m + j] = g[j * m + i] = (g[i * m + j]! + g[j * m + i]!) / 2
    const { values, vectors } = symmetricEigen(g, m)
    const zero = singular * Math.max(...values)
    const e = Float64Array.from(rows, (row) => residuals[row]!)
    // a_g = A_g W_g influence_g, and its root beside: a_g' G_g a_h is the product of the roots.
    const kept = vectors.flatMap((vector, j) => (values[j]! > zero ? [{ vector, value: values[j]! }] : []))
    const weighed = influence.map((column) => Float64Array.from(rows, (row, i) => w[i]! * column[row]!))
    const along = weighed.map((x) => Float64Array.from(kept, ({ vector }) => dot(vector, x)))
    const contribution = new Float64Array(k)
    const own = new Float64Array(k * k)
    const meets = new Float64Array(k * 2 * p)
    for (let s = 0; s < k; s++) {
      const a = new Float64Array(m)
      for (const [j, { value, vector }] of kept.entries()) {
        const scale = along[s]![j]! / Math.sqrt(value)
        for (let i = 0; i < m; i++) a[i] = a[i]! + scale * vector[i]!
      }
      contribution[s] = dot(a, e)
      for (let t = 0; t < k; t++) own[s * k + t] = dot(along[s]!, along[t]!)
      const scaled = a.map((value, i) => value / d[i]!)
      for (let c = 0; c < p; c++) {
        meets[s * 2 * p + c] = dot(q[c]!, scaled)
        meets[s * 2 * p + p + c] = dot(r[c]!, scaled)
      }
    }
    return { contribution, own, meets }
  })
  return {
    terms: k,
    clusters,
    size: 2 * p,
    // x'Omega y - x'r_y - r_x'y, for [x, r] of each.
    form: (x) => {
      const image = new Float64Array(2 * p)
      for (let a = 0; a < p; a++) {
        let row = -x[p + a]!
        for (let b = 0; b < p; b++) row += omega[a * p + b]! * x[b]!
        image[a] = row
        image[p + a] = -x[a]!
      }
      return image
    }
  }
}
