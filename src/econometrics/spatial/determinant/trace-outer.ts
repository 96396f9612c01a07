import { factorFill } from "../../../linalg/factor-fill.ts"
import { fillReducingOrder } from "../../../linalg/fill-reducing-order.ts"
import { luFactor, luInverse } from "../../../linalg/lu.ts"
import { selectedInverse, traceOfInverseTimes } from "../../../linalg/selected-inverse.ts"
import { analyseCholesky, factorCholesky } from "../../../linalg/sparse-cholesky.ts"
import { rowSums, type SparseMatrix, sparseIdentity, toDense, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse, sparseProduct, sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { spatialSolver } from "./spatial-solver.ts"
import { estimatedOuterTrace } from "./trace-outer-estimate.ts"

export interface OuterTrace {
  readonly value: number
  /** What was used, in words. */
  readonly method: string
  /** Of an estimate. */
  readonly standardError?: number
}

export interface OuterTraceOptions {
  /** Of F'GF, F an orthonormal complement of the unit vector, for Lee and Yu's transformation of time effects. W 1 = 1 is needed. */
  readonly deflated?: boolean
  /** Of an estimate's random draws. */
  readonly seed?: number
}

/** Where neighbours' neighbours are this share of all places on average, the dense inverse takes less time. */
const DENSE = 0.5
/** A dense inverse of so many places takes a minute. */
const MOST_DENSE_PLACES = 4000
/** A sparse factor of so many entries takes half a gigabyte, as its inverse's entries do; so many multiplications take a minute. */
const MOST_ENTRIES = 6e7
const MOST_OPERATIONS = 3e10

/**
 * tr(G'G), the sum of squares of all elements of G = W (I - rho W)^-1, for expected information; `deflated` it is tr(G'G) - 1'GG'1/N.
 *
 * With A = I - rho W it is tr(W'W (A'A)^-1), and W'W lies within the pattern of A'A: the entries of the inverse there are all that is needed, and the sparse
 * Cholesky factor of A'A gives them exactly (`selectedInverse`). Few places or many links: from the dense inverse. Where either would take over a minute:
 * an estimate, with its standard error. A rho at which A has no inverse is a RangeError.
 */
export const traceOuter = (w: SparseMatrix, rho: number, { deflated = false, seed = 0 }: OuterTraceOptions = {}): OuterTrace => {
  const n = w.rows
  if (deflated && !rowSums(w).every((sum) => Math.abs(sum - 1) < 1e-9))
    throw new RangeError("an eigenvalue 1 can be taken from W only where W 1 = 1: rows must sum to 1")
  const isDense = (w.values.length / n) ** 2 > DENSE * n
  const whole = (isDense ? undefined : sparseOuter(w, rho)) ?? (n <= MOST_DENSE_PLACES ? denseOuter(w, rho) : undefined)
  if (whole === undefined) return estimatedOuterTrace(w, rho, deflated, seed)
  if (!deflated) return whole
  const sums = sparseTimesDense(transpose(w), spatialSolver(w, rho).solveTransposed(new Float64Array(n).fill(1)))
  return { ...whole, value: whole.value - squares(sums) / n }
}

const squares = (x: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]! * x[i]!
  return sum
}

const noInverse = (rho: number) => new RangeError(`I - rho W has no inverse at rho = ${rho}`)

const denseOuter = (w: SparseMatrix, rho: number): OuterTrace => {
  const n = w.rows
  const factors = luFactor(toDense(addSparse(1, sparseIdentity(n), -rho, w)), n)
  if (factors.singular) throw noInverse(rho)
  const inverse = luInverse(factors)
  const method = "dense inverse"
  // rho G = A^-1 - I, unless the difference is so small that its digits are lost.
  for (let i = 0; i < n; i++) inverse[i * n + i]! -= 1
  const difference = squares(inverse)
  if (difference > 1e-4 * n) return { value: difference / (rho * rho), method }
  for (let i = 0; i < n; i++) inverse[i * n + i]! += 1
  return { value: squares(sparseTimesDense(w, inverse, n)), method }
}

/** Undefined where the factor fills in too much. */
const sparseOuter = (w: SparseMatrix, rho: number): OuterTrace | undefined => {
  const a = addSparse(1, sparseIdentity(w.rows), -rho, w)
  const square = sparseProduct(transpose(a), a)
  const order = fillReducingOrder(square)
  const fill = factorFill(square, order, MOST_ENTRIES)
  if (fill === undefined || fill.operations > MOST_OPERATIONS) return undefined
  const factor = factorCholesky(analyseCholesky(square, order), square.values)
  if (factor === undefined) throw noInverse(rho)
  return {
    value: traceOfInverseTimes(selectedInverse(factor), sparseProduct(transpose(w), w)),
    method: "selected inverse of (I - rho W)'(I - rho W)"
  }
}
