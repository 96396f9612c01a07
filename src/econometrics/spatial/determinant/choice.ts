import { factorFill } from "../../../linalg/factor-fill.ts"
import { fillReducingOrder } from "../../../linalg/fill-reducing-order.ts"
import { symmetricPattern } from "../../../linalg/sparse-log-determinant.ts"
import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import type { DeterminantMethod } from "./method.ts"

/** Up to so many places all eigenvalues are at hand in some milliseconds, with the exact bounds of rho. */
const FEW_PLACES = 150
/** The same for weights that are similar to no symmetric matrix, of all of whose eigenvalues the reduction to a Hessenberg matrix takes less than half the time. */
const FEW_UNSYMMETRIC = 200
/** From this share of links on, sparse factors are no sparser than the matrix, and no order is looked for. */
const DENSE = 0.2

/** Values of ln|I - rho W| that an estimate needs: a search, and the polynomials around the estimate. */
const VALUES = 40
/** Seconds, as measured (npm run bench -- spatial-determinant); only what they are beside each other matters. */
const PER_CHOLESKY_OPERATION = 0.5e-9
const PER_LU_OPERATION = 1e-9
const PER_FACTOR_ENTRY = 15e-9
const PER_CUBE = 0.9e-9
/** More than this is spent on nothing: estimates serve then. */
const LONGEST = 300
/** A factor of so many entries takes about 1 GB. */
const MOST_ENTRIES = 6e7
/** A dense matrix of so many places takes half a gigabyte. */
const MOST_DENSE_PLACES = 8000

/** What is taken for W, with the fill-reducing order that was found on the way. */
export interface Choice {
  readonly method: DeterminantMethod
  readonly order?: Int32Array
}

/**
 * The method for W, `symmetric` being a symmetric matrix that is similar to it: all eigenvalues of up to 150 places (200 where W is similar to no symmetric
 * matrix); else whatever takes least, a reduction of the dense matrix (0.9 ns N^3: to eigenvalues where it is symmetric, else to a Hessenberg matrix) or 40 sparse
 * factorisations (0.5 or 1 ns for each multiplication, whose number the pattern tells beforehand); Monte Carlo where either would take over 5 minutes or a
 * gigabyte. Six neighbours take sparse factors from 151 places to far over 100,000; 100 neighbours from some 700; dense weights a reduction up to 6,900.
 */
export const chooseMethod = (w: SparseMatrix, symmetric: SparseMatrix | undefined): Choice => {
  const n = w.rows
  if (n <= (symmetric === undefined ? FEW_UNSYMMETRIC : FEW_PLACES)) return { method: "eigenvalues" }
  const dense = {
    method: symmetric === undefined ? "hessenberg" : "eigenvalues",
    seconds: n > MOST_DENSE_PLACES ? Number.POSITIVE_INFINITY : PER_CUBE * n ** 3
  } as const
  const sparse = sparseCost(w, symmetric)
  if (Math.min(dense.seconds, sparse.seconds) > LONGEST) return { method: "monte-carlo" }
  return sparse.seconds < dense.seconds ? { method: "sparse", order: sparse.order! } : { method: dense.method }
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
