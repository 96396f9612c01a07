import { factorFill } from "../../../linalg/factor-fill.ts"
import { fillReducingOrder } from "../../../linalg/fill-reducing-order.ts"
import { symmetricPattern } from "../../../linalg/sparse-log-determinant.ts"
import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import type { DeterminantMethod } from "./method.ts"

/** Up to so many places all eigenvalues are at hand in some milliseconds, with the exact bounds of rho. */
const FEW_PLACES = 200
/** From this share of links on, sparse factors are no sparser than the matrix, and no order is looked for. */
const DENSE = 0.2

/** Values of ln|I - rho W| that an estimate needs: a search, and the polynomials around the estimate. */
const VALUES = 60
/** Seconds, as measured (npm run bench -- spatial-determinant); only what they are beside each other matters. */
const PER_CHOLESKY_OPERATION = 0.5e-9
const PER_LU_OPERATION = 1.2e-9
const PER_FACTOR_ENTRY = 15e-9
const PER_SYMMETRIC_CUBE = 0.25e-9
const PER_HESSENBERG_CUBE = 0.65e-9
/** More than this is spent on nothing: estimates serve then. */
const LONGEST = 300
/** A factor of so many entries takes about 1 GB. */
const MOST_ENTRIES = 6e7
/** A dense matrix of so many places takes 300 MB. */
const MOST_DENSE_PLACES = 6000

/** What is taken for W, with the fill-reducing order that was found on the way. */
export interface Choice {
  readonly method: DeterminantMethod
  readonly order?: Int32Array
}

/**
 * The method for W, `symmetric` being a symmetric matrix that is similar to it: all eigenvalues of up to 200 places; else whatever takes least, a reduction of
 * the dense matrix (to eigenvalues where it is symmetric, 0.25 ns N^3, else to a Hessenberg matrix, 0.65 ns N^3) or 60 sparse factorisations (0.5 or 1.2 ns for each
 * multiplication, whose number the pattern tells beforehand); Monte Carlo where either would take over 5 minutes or too much memory. So k nearest
 * neighbours are sparse from some 25 to 50 times k places on, and dense weights reduced up to 6,000 places.
 */
export const chooseMethod = (w: SparseMatrix, symmetric: SparseMatrix | undefined): Choice => {
  const n = w.rows
  if (n <= FEW_PLACES) return { method: "eigenvalues" }
  const perCube = symmetric === undefined ? PER_HESSENBERG_CUBE : PER_SYMMETRIC_CUBE
  const dense = n > MOST_DENSE_PLACES ? Number.POSITIVE_INFINITY : perCube * n ** 3
  const sparse = sparseCost(w, symmetric)
  if (Math.min(dense, sparse.seconds) > LONGEST) return { method: "monte-carlo" }
  if (sparse.order !== undefined && sparse.seconds < dense) return { method: "sparse", order: sparse.order }
  return { method: symmetric === undefined ? "hessenberg" : "eigenvalues" }
}

const sparseCost = (w: SparseMatrix, symmetric: SparseMatrix | undefined): { readonly seconds: number; readonly order?: Int32Array } => {
  const never = { seconds: Number.POSITIVE_INFINITY }
  if (w.values.length > DENSE * w.rows * w.rows) return never
  const pattern = symmetricPattern(symmetric ?? w)
  const order = fillReducingOrder(pattern)
  const fill = factorFill(pattern, order, MOST_ENTRIES)
  if (fill === undefined) return never
  const once = fill.operations * (symmetric === undefined ? PER_LU_OPERATION : PER_CHOLESKY_OPERATION) + fill.entries * PER_FACTOR_ENTRY
  return { seconds: VALUES * once, order }
}
