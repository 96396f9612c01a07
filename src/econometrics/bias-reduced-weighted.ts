import { dot } from "../linalg/dot.ts"
import { orthonormalBasis } from "../linalg/orthonormal.ts"
import { symmetricEigen } from "../linalg/symmetric-eigen.ts"
import type { Factor } from "./factor.ts"
import { Fault } from "./fault.ts"

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
 * CR2's variance and degrees of freedom under analytic weights w, the working model being errors of one variance (clubSandwich's for `lm` with weights): A_g = [(I - H)(I - H)']_gg^(+1/2), the score
 * of a cluster influence_g'W_g A_g e_g; degrees of freedom as without weights, p_gh = a_g'[(I - H)(I - H)']_gh a_h, a_g = A_g W_g influence_g.
 *
 * H = D^-1 P D with D the roots of the weights and P = T T' + Q Q' a projection, T being block-diagonal: with N = I - TT', R = N W Q and Omega = Q'WQ the blocks are
 * D^-1 (N W N - R Q' - Q R' + Q Omega Q') D^-1, off the diagonal without the first part. So clusters meet in vectors of the length of Q's columns only. An eigenvalue
 * at most `singular` times a cluster's largest is zero.
 */
export const weightedBiasReduction = (
  { cluster, influence, members, nested, residuals, root: basis, weights }: WeightedParts,
  singular: number
): { readonly matrix: Float64Array; readonly df: Float64Array } => {
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
  const matrix = new Float64Array(k * k)
  const trace = new Float64Array(k)
  const own = new Float64Array(k)
  const shared = influence.map(() => new Float64Array(4 * p * p))
  for (const rows of members) {
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
    const contribution = new Float64Array(k)
    for (let s = 0; s < k; s++) {
      const weighed = Float64Array.from(rows, (row, i) => w[i]! * influence[s]![row]!)
      const a = new Float64Array(m)
      let whole = 0
      for (let j = 0; j < m; j++) {
        if (!(values[j]! > zero)) continue
        const along = dot(vectors[j]!, weighed) / Math.sqrt(values[j]!)
        whole += along * along * values[j]!
        for (let i = 0; i < m; i++) a[i] = a[i]! + along * vectors[j]![i]!
      }
      contribution[s] = dot(a, e)
      const scaled = a.map((value, i) => value / d[i]!)
      const meets = Float64Array.from([...q.map((column) => dot(column, scaled)), ...r.map((column) => dot(column, scaled))])
      const counted = meeting(meets, meets, omega, p)
      trace[s] = trace[s]! + whole
      own[s] = own[s]! + whole * whole - counted * counted
      for (let c = 0; c < 2 * p; c++) for (let h = 0; h < 2 * p; h++) shared[s]![c * 2 * p + h] = shared[s]![c * 2 * p + h]! + meets[c]! * meets[h]!
    }
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) matrix[a * k + b] = matrix[a * k + b]! + contribution[a]! * contribution[b]!
  }
  return { matrix, df: trace.map((value, s) => value ** 2 / (own[s]! + sumOfSquares(shared[s]!, omega, p))) }
}

/** p_gh of two clusters, x'Omega y - x'r_y - r_x'y, for [x, r] of each. */
const meeting = (first: Float64Array, second: Float64Array, omega: Float64Array, p: number): number => {
  let sum = 0
  for (let a = 0; a < p; a++) {
    let row = -second[p + a]!
    for (let b = 0; b < p; b++) row += omega[a * p + b]! * second[b]!
    sum += first[a]! * row - first[p + a]! * second[a]!
  }
  return sum
}

/** The sum over all pairs of clusters of p_gh^2: the trace of (J C)^2, C the sum of [x, r][x, r]' and J the form of `meeting`. */
const sumOfSquares = (c: Float64Array, omega: Float64Array, p: number): number => {
  const size = 2 * p
  const jc = new Float64Array(size * size)
  for (let h = 0; h < size; h++)
    for (let a = 0; a < p; a++) {
      let row = -c[(p + a) * size + h]!
      for (let b = 0; b < p; b++) row += omega[a * p + b]! * c[b * size + h]!
      jc[a * size + h] = row
      jc[(p + a) * size + h] = -c[a * size + h]!
    }
  let sum = 0
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) sum += jc[a * size + b]! * jc[b * size + a]!
  return sum
}
