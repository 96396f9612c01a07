import { rowSums, type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse, sparseProduct, sparseTimesDense, traceOfProduct } from "../../../linalg/sparse-product.ts"
import type { GmmFrame } from "./gmm-frame.ts"
import type { QuadraticMoments } from "./moment-minimum.ts"

/**
 * Which moments of the errors give lambda, e'A_1 e and e'A_2 e with A_1 = v (M'M - D_1), A_2 = M - D_2:
 * kp-1999: D_r = d_r I, d_r = tr/N, v = 1, with the weights that make them the three unweighted moments e'e, e'M'M e, e'M e of Kelejian and Prucha (1999), sigma2 put in:
 * I - d d'/(1 + d'd).
 * homoskedastic: the same, weighted by the inverse of their covariance; to start with unweighted with v = 1/(1 + (tr M'M/N)^2) (Drukker, Egger and Prucha 2013).
 * heteroskedastic: D_r the diagonals, v = 1, weighted likewise (Kelejian and Prucha 2010; Arraiz, Drukker, Kelejian and Prucha 2010).
 */
export type ErrorMomentKind = "kp-1999" | "homoskedastic" | "heteroskedastic"

export interface ErrorMoments {
  readonly kind: ErrorMomentKind
  /** M x, the effects taken off again. */
  readonly lag: (x: Float64Array) => Float64Array
  /** S_r x, S_r = A_r + A_r'. */
  readonly symmetric: ReadonlyArray<(x: Float64Array) => Float64Array>
  /** Weights of the moments before their covariance is known: 2 x 2. */
  readonly startWeights: Float64Array
  /** k of sigma2 = e'e/n + k'm, which minimises the unweighted moments of 1999; zero for the others. */
  readonly ofSigma2: Float64Array
  /** The diagonals of A_1, A_2, an entry a place. */
  readonly diagonals: ReadonlyArray<Float64Array>
  /** The moments of residuals u as functions of lambda, over n. */
  readonly of: (u: Float64Array) => QuadraticMoments
  /** 2 tr(A_r A_s) of symmetric parts over one period's places, of A_1, A_2 and I: 3 x 3. */
  readonly traces: () => Float64Array
  /** 1/2 sum over i, j of S_r,ij S_s,ij w(i, j): 2 x 2. */
  readonly weighted: (w: (i: number, j: number) => number) => Float64Array
}

const dot = (x: Float64Array, y: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!
  return sum
}

/** diag(E B E), E = I - 11'/N, from B's diagonal, row and column sums; without effects of time, B's diagonal. */
const centredDiagonal = (diagonal: Float64Array, rows: Float64Array, columns: Float64Array, centred: boolean): Float64Array => {
  const n = diagonal.length
  if (!centred) return diagonal
  const mean = rows.reduce((sum, value) => sum + value, 0) / n
  return diagonal.map((value, i) => value - (rows[i]! + columns[i]! - mean) / n)
}

/** The sum over entries off the diagonal that both have of a_ij b_ij w(i, j). */
const commonEntries = (a: SparseMatrix, b: SparseMatrix, w: (i: number, j: number) => number): number => {
  let sum = 0
  for (let i = 0; i < a.rows; i++)
    for (let p = a.starts[i]!, q = b.starts[i]!; p < a.starts[i + 1]! && q < b.starts[i + 1]!; ) {
      const [left, right] = [a.columns[p]!, b.columns[q]!]
      if (left === right && left !== i) sum += a.values[p]! * b.values[q]! * w(i, left)
      if (left <= right) p++
      if (right <= left) q++
    }
  return sum
}

/** The moments of errors whose weights are M. In panels sums run over the periods; with effects of time A_r has a trace of zero over deviations from the period's mean. */
export const errorMoments = (m: SparseMatrix, kind: ErrorMomentKind, frame: GmmFrame): ErrorMoments => {
  const n = m.rows
  const turned = transpose(m)
  const centred = frame.centred
  const times = (a: SparseMatrix, x: Float64Array) => sparseTimesDense(a, x, x.length / n)
  const ones = new Float64Array(n).fill(1)
  const [mRows, mColumns] = [times(m, ones), times(turned, ones)]
  const squareRows = times(turned, mRows)
  const columnSquares = rowSums({ ...turned, values: turned.values.map((value) => value * value) })
  // With effects of time M'M is M'E M, but where its elements are asked for one by one: there M'M itself, which is sparse.
  const whole = centred && kind !== "heteroskedastic"
  const own = [
    whole ? columnSquares.map((value, i) => value - mColumns[i]! ** 2 / n) : centredDiagonal(columnSquares, squareRows, squareRows, centred),
    centredDiagonal(new Float64Array(n), mRows, mColumns, centred)
  ]
  const free = n - (centred ? 1 : 0)
  const means = own.map((diagonal) => diagonal.reduce((sum, value) => sum + value, 0) / free)
  const a = means[0]!
  const b = means[1]!
  const scale = kind === "homoskedastic" ? 1 / (1 + a * a) : 1
  const off = kind === "kp-1999" ? 1 / (1 + a * a + b * b) : 0
  const taken = kind === "heteroskedastic" ? own : means.map((mean) => new Float64Array(n).fill(mean))
  const less = (x: Float64Array, by: Float64Array, of: Float64Array, factor: number): Float64Array => {
    const periods = x.length / n
    return x.map((value, at) => factor * (value - by[Math.floor(at / periods)]! * of[at]!))
  }
  const symmetric = [
    (x: Float64Array) => less(times(turned, whole ? frame.demean(times(m, x)) : times(m, x)), taken[0]!, x, 2 * scale),
    (x: Float64Array) => {
      const back = times(turned, x)
      return less(
        times(m, x).map((value, at) => (value + back[at]!) / 2),
        taken[1]!,
        x,
        2
      )
    }
  ]
  const lag = (x: Float64Array) => (centred ? frame.demean(times(m, x)) : times(m, x))
  let squareOnce: SparseMatrix | undefined
  const square = () => (squareOnce ??= sparseProduct(turned, m))
  return {
    kind,
    lag,
    symmetric,
    startWeights: Float64Array.of(1 - off * a * a, -off * a * b, -off * a * b, 1 - off * b * b),
    ofSigma2: Float64Array.of(off * a, off * b),
    diagonals: [columnSquares.map((value, i) => scale * (value - (whole ? mColumns[i]! ** 2 / n : 0) - taken[0]![i]!)), taken[1]!.map((value) => -value)],
    of: (u) => {
      const lagged = lag(u)
      const [onU, onLag] = [symmetric.map((s) => s(u)), symmetric.map((s) => s(lagged))]
      const each = (value: (r: number) => number) => Float64Array.from(symmetric, (_, r) => value(r) / frame.observations)
      return {
        constant: each((r) => dot(u, onU[r]!) / 2),
        linear: each((r) => -dot(lagged, onU[r]!)),
        square: each((r) => dot(lagged, onLag[r]!) / 2),
        variances: []
      }
    },
    traces: () => {
      // P_1 = M'M (M'E M, which takes constants to zero), P_2 = (M + M')/2, P_3 = I.
      const p = square()
      const ofSums = (x: Float64Array) => (whole ? dot(mColumns, x) / n : 0)
      const inner = [
        traceOfProduct(p, p) - 2 * ofSums(times(p, mColumns)) + ofSums(mColumns) ** 2,
        traceOfProduct(p, m) - ofSums(times(m, mColumns)),
        dot(m.values, m.values) - ofSums(mColumns),
        (traceOfProduct(m, m) + dot(m.values, m.values)) / 2,
        0,
        n
      ]
      const sums = [whole ? new Float64Array(n) : squareRows, mRows.map((value, i) => (value + mColumns[i]!) / 2), ones]
      const at = [0, 1, 2, 1, 3, 4, 2, 4, 5]
      const tau = Float64Array.from(at, (place, where) => {
        const [x, y] = [sums[Math.floor(where / 3)]!, sums[where % 3]!]
        return inner[place]! - (centred ? (2 * dot(x, y)) / n - (dot(x, ones) * dot(y, ones)) / (n * n) : 0)
      })
      const forms = [
        [scale, 0, -scale * means[0]!],
        [0, 1, -means[1]!],
        [0, 0, 1]
      ]
      return Float64Array.from({ length: 9 }, (_, where) => {
        const [l, r] = [forms[Math.floor(where / 3)]!, forms[where % 3]!]
        let sum = 0
        for (let x = 0; x < 3; x++) for (let y = 0; y < 3; y++) sum += 2 * l[x]! * tau[x * 3 + y]! * r[y]!
        return sum
      })
    },
    weighted: (w) => {
      const s = [{ ...square(), values: square().values.map((value) => 2 * scale * value) }, addSparse(1, m, 1, turned)]
      const cross = commonEntries(s[0]!, s[1]!, w) / 2
      return Float64Array.of(commonEntries(s[0]!, s[0]!, w) / 2, cross, cross, commonEntries(s[1]!, s[1]!, w) / 2)
    }
  }
}

/** T_W of Kapoor, Kelejian and Prucha (2007), the covariance of e'e, e'M'M e and e'M e over N where errors are normal with a variance of one: 3 x 3. */
export const basicTraces = (m: SparseMatrix): Float64Array => {
  const turned = transpose(m)
  const p = sparseProduct(turned, m)
  const [n, square] = [m.rows, dot(m.values, m.values)]
  const [second, third] = [(2 * square) / n, (2 * traceOfProduct(p, m)) / n]
  return Float64Array.of(2, second, 0, second, (2 * traceOfProduct(p, p)) / n, third, 0, third, (traceOfProduct(m, m) + square) / n)
}
