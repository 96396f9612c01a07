import { eliminationTree, postorder } from "./elimination-tree.ts"
import { fillReducingOrder } from "./fill-reducing-order.ts"
import { logOfProduct } from "./log-of-product.ts"
import { permute, type SparseMatrix } from "./sparse-matrix.ts"
import { isPatternSymmetric } from "./sparse-pattern.ts"

/** What the factors of all matrices of one symmetric pattern have in common. */
export interface CholeskyAnalysis {
  readonly size: number
  /** `order[k]` is the row of A in place k of P A P'. */
  readonly order: Int32Array
  /** The elimination tree of P A P'. */
  readonly parent: Int32Array
  /** Row k of the lower triangle of P A P': its columns, and where in the values of A their numbers stand. */
  readonly lowerStarts: Int32Array
  readonly lowerColumns: Int32Array
  readonly lowerSources: Int32Array
  readonly entries: number
  /** L by columns: `factorRows[factorStarts[j]..factorStarts[j + 1])` ascend, and the first is the diagonal. */
  readonly factorStarts: Int32Array
  readonly factorRows: Int32Array
}

export interface SparseCholesky {
  readonly analysis: CholeskyAnalysis
  /** The numbers of L, as its rows stand in `factorRows`. */
  readonly values: Float64Array
}

/** Row k of L below the diagonal, topologically sorted at `stack[result..n)`: the paths of the tree from the entries of row k of A up to k. */
export const rowPattern = (
  k: number,
  lower: CholeskyAnalysis | SparseMatrixRows,
  parent: Int32Array,
  seen: Int32Array,
  stack: Int32Array,
  path: Int32Array
): number => {
  let top = stack.length
  seen[k] = k
  for (let at = lower.lowerStarts[k]!; at < lower.lowerStarts[k + 1]!; at++) {
    let length = 0
    for (let j = lower.lowerColumns[at]!; seen[j] !== k; j = parent[j]!) {
      path[length++] = j
      seen[j] = k
    }
    while (length > 0) stack[--top] = path[--length]!
  }
  return top
}
type SparseMatrixRows = Pick<CholeskyAnalysis, "lowerStarts" | "lowerColumns">

/**
 * The symbolic part of a Cholesky factorisation: it holds for every matrix of A's pattern, which must be symmetric (RangeError), whatever its values.
 * The order is fill-reducing unless one is given, then made a postorder of its elimination tree, which changes no fill and keeps the work together. The
 * pattern of L is found row by row over the tree, in time proportional to its entries. (Davis 2006, Direct Methods for Sparse Linear Systems, chapter 4.)
 */
export const analyseCholesky = (a: SparseMatrix, firstOrder: Int32Array = fillReducingOrder(a)): CholeskyAnalysis => {
  if (!isPatternSymmetric(a))
    throw new RangeError(`a Cholesky factorisation needs a symmetric pattern; that of this ${a.rows} x ${a.columnCount} matrix is not`)
  const n = a.rows
  const numbered = { ...a, values: Float64Array.from(a.columns.keys()) }
  const post = postorder(eliminationTree(permute(numbered, firstOrder, firstOrder)))
  const order = post.map((k) => firstOrder[k]!)
  const { starts, columns, values } = permute(numbered, order, order)
  const parent = eliminationTree({ ...a, starts, columns, values })

  const lowerStarts = new Int32Array(n + 1)
  const lowerColumns = new Int32Array(columns.length)
  const lowerSources = new Int32Array(columns.length)
  let kept = 0
  for (let k = 0; k < n; k++) {
    for (let at = starts[k]!; at < starts[k + 1]! && columns[at]! <= k; at++) {
      lowerColumns[kept] = columns[at]!
      lowerSources[kept++] = values[at]!
    }
    lowerStarts[k + 1] = kept
  }
  const lower = { lowerStarts, lowerColumns: lowerColumns.slice(0, kept), lowerSources: lowerSources.slice(0, kept) }

  const seen = new Int32Array(n).fill(-1)
  const stack = new Int32Array(n)
  const path = new Int32Array(n)
  const counts = new Int32Array(n).fill(1)
  for (let k = 0; k < n; k++) for (let at = rowPattern(k, lower, parent, seen, stack, path); at < n; at++) counts[stack[at]!]!++
  const factorStarts = new Int32Array(n + 1)
  for (let j = 0; j < n; j++) factorStarts[j + 1] = factorStarts[j]! + counts[j]!
  const factorRows = new Int32Array(factorStarts[n]!)
  const next = factorStarts.slice(0, n)
  seen.fill(-1)
  for (let k = 0; k < n; k++) {
    for (let at = rowPattern(k, lower, parent, seen, stack, path); at < n; at++) factorRows[next[stack[at]!]!++] = k
    factorRows[next[k]!++] = k
  }
  return { size: n, order, parent, ...lower, entries: a.columns.length, factorStarts, factorRows }
}

/**
 * L with P A P' = L L', row by row: row k solves L x = (row k of P A P') over the rows before it, which is sparse (up-looking; Davis 2006, section 4.8).
 * `values` are those of a symmetric A of the analysed pattern; the lower triangle of P A P' is read. Undefined where A is not numerically positive definite:
 * a pivot that is at most `tolerance` times the diagonal element it started from.
 */
export const factorCholesky = (analysis: CholeskyAnalysis, values: Float64Array, tolerance = 1e-13): SparseCholesky | undefined => {
  const { size: n, parent, lowerStarts, lowerColumns, lowerSources, factorStarts, factorRows } = analysis
  if (values.length !== analysis.entries)
    throw new RangeError(`the pattern that was analysed has ${analysis.entries} entries; there are ${values.length} values`)
  const l = new Float64Array(factorRows.length)
  const end = factorStarts.slice(0, n)
  const x = new Float64Array(n)
  const seen = new Int32Array(n).fill(-1)
  const stack = new Int32Array(n)
  const path = new Int32Array(n)
  for (let k = 0; k < n; k++) {
    const top = rowPattern(k, analysis, parent, seen, stack, path)
    for (let at = lowerStarts[k]!; at < lowerStarts[k + 1]!; at++) x[lowerColumns[at]!] = values[lowerSources[at]!]!
    const diagonal = x[k]!
    let pivot = diagonal
    x[k] = 0
    for (let at = top; at < n; at++) {
      const j = stack[at]!
      const first = factorStarts[j]!
      const last = end[j]!
      const ratio = x[j]! / l[first]!
      x[j] = 0
      for (let p = first + 1; p < last; p++) x[factorRows[p]!]! -= l[p]! * ratio
      pivot -= ratio * ratio
      l[last] = ratio
      end[j] = last + 1
    }
    if (!(pivot > tolerance * diagonal)) return undefined
    l[end[k]!++] = Math.sqrt(pivot)
  }
  return { analysis, values: l }
}

/** ln|A| = 2 sum ln L_jj. */
export const sparseCholeskyLogDeterminant = ({ analysis: { size, factorStarts }, values }: SparseCholesky): number => {
  const diagonal = new Float64Array(size)
  for (let j = 0; j < size; j++) diagonal[j] = values[factorStarts[j]!]!
  return 2 * logOfProduct(diagonal).logAbsolute
}

/** Solves A X = B for `width` right-hand sides; B is n x width, row-major, and is not changed. */
export const solveSparseCholesky = ({ analysis, values: l }: SparseCholesky, b: Float64Array, width = 1): Float64Array => {
  const { size: n, order, factorStarts, factorRows } = analysis
  if (b.length !== n * width) throw new RangeError(`${width} right-hand sides of ${n} equations are ${n * width} numbers; there are ${b.length}`)
  const solution = new Float64Array(n * width)
  const x = new Float64Array(n)
  for (let c = 0; c < width; c++) {
    for (let k = 0; k < n; k++) x[k] = b[order[k]! * width + c]!
    for (let j = 0; j < n; j++) {
      const value = (x[j]! /= l[factorStarts[j]!]!)
      for (let p = factorStarts[j]! + 1; p < factorStarts[j + 1]!; p++) x[factorRows[p]!]! -= l[p]! * value
    }
    for (let j = n - 1; j >= 0; j--) {
      let value = x[j]!
      for (let p = factorStarts[j]! + 1; p < factorStarts[j + 1]!; p++) value -= l[p]! * x[factorRows[p]!]!
      x[j] = value / l[factorStarts[j]!]!
    }
    for (let k = 0; k < n; k++) solution[order[k]! * width + c] = x[k]!
  }
  return solution
}
