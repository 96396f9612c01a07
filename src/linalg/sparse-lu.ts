import { eliminationTree, postorder } from "./elimination-tree.ts"
import { fillReducingOrder } from "./fill-reducing-order.ts"
import { permute, type SparseMatrix, transpose } from "./sparse-matrix.ts"
import { addSparse } from "./sparse-product.ts"

/** A triangle by columns, whose rows are in no order; the diagonal is apart. */
interface Triangle {
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly values: Float64Array
}

/** P A Q = L U: L has a unit diagonal. Place k of P A Q is row `rowOrder[k]` and column `columnOrder[k]` of A. */
export interface SparseLU {
  readonly size: number
  readonly rowOrder: Int32Array
  readonly columnOrder: Int32Array
  /** L below its diagonal and U above it. */
  readonly lower: Triangle
  readonly upper: Triangle
  readonly pivots: Float64Array
  /** A pivot is exactly zero: the matrix has no inverse, and the factors end there. */
  readonly singular: boolean
}

/** Entries of one triangle, column by column, in arrays that double when they are full. */
class GrowingTriangle {
  readonly starts: Int32Array
  rows: Int32Array
  values: Float64Array
  length = 0
  constructor(size: number, room: number) {
    this.starts = new Int32Array(size + 1)
    this.rows = new Int32Array(room)
    this.values = new Float64Array(room)
  }
  /** Room for one more column. */
  reserve(): void {
    const needed = this.length + this.starts.length
    if (needed <= this.rows.length) return
    const room = Math.max(needed, 2 * this.rows.length)
    const [rows, values] = [this.rows, this.values]
    this.rows = new Int32Array(room)
    this.values = new Float64Array(room)
    this.rows.set(rows.subarray(0, this.length))
    this.values.set(values.subarray(0, this.length))
  }
  push(row: number, value: number): void {
    this.rows[this.length] = row
    this.values[this.length++] = value
  }
  finish(renumber: (row: number) => number): Triangle {
    return { starts: this.starts, rows: this.rows.slice(0, this.length).map(renumber), values: this.values.slice(0, this.length) }
  }
}

/**
 * The columns of A in a fill-reducing order of A + A', made a postorder of its elimination tree: the order for matrices whose diagonal can serve as pivots, as
 * that of I - rho W. It depends on the pattern alone and serves all rho.
 */
export const columnOrderForLU = (a: SparseMatrix): Int32Array => {
  const order = fillReducingOrder(a)
  const both = addSparse(1, a, 1, transpose(a))
  return postorder(eliminationTree(permute(both, order, order))).map((k) => order[k]!)
}

/**
 * Factors a square A by columns (Gilbert and Peierls 1988, SIAM J. Sci. Stat. Comput. 9, 862-874): column k of the factors solves L x = (column k of A Q), and
 * the places where x is not zero are those that a depth-first search finds from the entries of A over the columns of L, so that the time is that of the
 * arithmetic. The pivot is the diagonal element of A where it is at least `threshold` times the largest candidate, else the largest: 1 is partial pivoting,
 * and less keeps more of the order that has little fill.
 */
export const factorSparseLU = (a: SparseMatrix, columnOrder: Int32Array = columnOrderForLU(a), threshold = 0.1): SparseLU => {
  const n = a.rows
  if (a.columnCount !== n) throw new RangeError(`an LU factorisation is of a square matrix; this one is ${n} x ${a.columnCount}`)
  const byColumn = transpose(a)
  const room = 4 * a.columns.length + n
  const lower = new GrowingTriangle(n, room)
  const upper = new GrowingTriangle(n, room)
  const pivots = new Float64Array(n)
  const rowOrder = new Int32Array(n)
  /** Where row i of A went, -1 while it is no pivot row. L's rows are those of A until all are placed. */
  const place = new Int32Array(n).fill(-1)
  const x = new Float64Array(n)
  const seen = new Int32Array(n).fill(-1)
  const reached = new Int32Array(n)
  const stack = new Int32Array(n)
  const resume = new Int32Array(n)
  let singular = false

  for (let k = 0; k < n; k++) {
    lower.reserve()
    upper.reserve()
    const column = columnOrder[k]!
    // reached[top..n): the rows of x, each before those that it changes.
    let top = n
    for (let at = byColumn.starts[column]!; at < byColumn.starts[column + 1]!; at++) {
      const root = byColumn.columns[at]!
      x[root] = byColumn.values[at]!
      if (seen[root] === k) continue
      let depth = 0
      stack[0] = root
      seen[root] = k
      resume[0] = place[root] === -1 ? 0 : lower.starts[place[root]!]!
      while (depth >= 0) {
        const i = stack[depth]!
        const j = place[i]!
        const end = j === -1 ? 0 : lower.starts[j + 1]!
        let p = resume[depth]!
        while (p < end && seen[lower.rows[p]!] === k) p++
        if (p < end) {
          const child = lower.rows[p]!
          resume[depth] = p + 1
          seen[child] = k
          stack[++depth] = child
          resume[depth] = place[child] === -1 ? 0 : lower.starts[place[child]!]!
        } else {
          reached[--top] = i
          depth--
        }
      }
    }

    let pivotRow = -1
    let largest = 0
    for (let at = top; at < n; at++) {
      const i = reached[at]!
      const value = x[i]!
      const j = place[i]!
      if (j === -1) {
        if (Math.abs(value) > largest) {
          largest = Math.abs(value)
          pivotRow = i
        }
        continue
      }
      upper.push(j, value)
      if (value !== 0) for (let p = lower.starts[j]!, end = lower.starts[j + 1]!; p < end; p++) x[lower.rows[p]!]! -= lower.values[p]! * value
    }
    if (pivotRow === -1) {
      singular = true
      break
    }
    if (place[column] === -1 && seen[column] === k && Math.abs(x[column]!) >= threshold * largest) pivotRow = column
    const pivot = x[pivotRow]!
    pivots[k] = pivot
    place[pivotRow] = k
    rowOrder[k] = pivotRow
    for (let at = top; at < n; at++) {
      const i = reached[at]!
      if (place[i] === -1) lower.push(i, x[i]! / pivot)
      x[i] = 0
    }
    lower.starts[k + 1] = lower.length
    upper.starts[k + 1] = upper.length
  }
  return { size: n, rowOrder, columnOrder, lower: lower.finish((i) => place[i]!), upper: upper.finish((j) => j), pivots, singular }
}

const parity = (order: Int32Array): number => {
  const visited = new Uint8Array(order.length)
  let sign = 1
  for (let root = 0; root < order.length; root++) {
    let length = 0
    for (let i = root; visited[i] === 0; i = order[i]!, length++) visited[i] = 1
    if (length > 0 && length % 2 === 0) sign = -sign
  }
  return sign
}

/** ln|det A| and the sign of det A; -Infinity and 0 of a singular matrix. */
export const sparseLogDeterminant = ({ pivots, rowOrder, columnOrder, singular }: SparseLU): { readonly logAbsolute: number; readonly sign: number } => {
  if (singular) return { logAbsolute: Number.NEGATIVE_INFINITY, sign: 0 }
  let logAbsolute = 0
  let sign = parity(rowOrder) * parity(columnOrder)
  for (const pivot of pivots) {
    logAbsolute += Math.log(Math.abs(pivot))
    sign *= Math.sign(pivot)
  }
  return { logAbsolute, sign }
}

const checkSolvable = ({ size, singular }: SparseLU, b: Float64Array): void => {
  if (singular) throw new RangeError(`a singular ${size} x ${size} matrix: its equations have no single solution`)
  if (b.length !== size) throw new RangeError(`${size} equations need a right-hand side of ${size} numbers; there are ${b.length}`)
}

/** Solves A x = b; b is not changed. Throws a RangeError where A is singular. */
export const solveSparseLU = (lu: SparseLU, b: Float64Array): Float64Array => {
  checkSolvable(lu, b)
  const { size: n, rowOrder, columnOrder, lower, upper, pivots } = lu
  const x = Float64Array.from(rowOrder, (row) => b[row]!)
  for (let j = 0; j < n; j++) for (let p = lower.starts[j]!; p < lower.starts[j + 1]!; p++) x[lower.rows[p]!]! -= lower.values[p]! * x[j]!
  const solution = new Float64Array(n)
  for (let j = n - 1; j >= 0; j--) {
    x[j]! /= pivots[j]!
    for (let p = upper.starts[j]!; p < upper.starts[j + 1]!; p++) x[upper.rows[p]!]! -= upper.values[p]! * x[j]!
    solution[columnOrder[j]!] = x[j]!
  }
  return solution
}

/** Solves A' x = b; b is not changed. Throws a RangeError where A is singular. */
export const solveTransposedSparseLU = (lu: SparseLU, b: Float64Array): Float64Array => {
  checkSolvable(lu, b)
  const { size: n, rowOrder, columnOrder, lower, upper, pivots } = lu
  const x = Float64Array.from(columnOrder, (column) => b[column]!)
  for (let j = 0; j < n; j++) {
    for (let p = upper.starts[j]!; p < upper.starts[j + 1]!; p++) x[j]! -= upper.values[p]! * x[upper.rows[p]!]!
    x[j]! /= pivots[j]!
  }
  const solution = new Float64Array(n)
  for (let j = n - 1; j >= 0; j--) {
    for (let p = lower.starts[j]!; p < lower.starts[j + 1]!; p++) x[j]! -= lower.values[p]! * x[lower.rows[p]!]!
    solution[rowOrder[j]!] = x[j]!
  }
  return solution
}
