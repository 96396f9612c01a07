import { type SparseMatrix, transpose } from "./sparse-matrix.ts"

/** A X for a row-major columnCount x width X: rows x width, row-major; a vector where width is 1. */
export const sparseTimesDense = (a: SparseMatrix, x: Float64Array, width = 1): Float64Array => {
  if (x.length !== a.columnCount * width)
    throw new RangeError(`a ${a.rows} x ${a.columnCount} matrix times ${width} columns needs ${a.columnCount * width} numbers; there are ${x.length}`)
  const { rows, starts, columns, values } = a
  const result = new Float64Array(rows * width)
  for (let i = 0; i < rows; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const value = values[at]!
      const from = columns[at]! * width
      for (let c = 0; c < width; c++) result[i * width + c]! += value * x[from + c]!
    }
  return result
}

/** alpha A + beta B on the union of the patterns, places where the sum is zero included: the pattern does not depend on alpha and beta. */
export const addSparse = (alpha: number, a: SparseMatrix, beta: number, b: SparseMatrix): SparseMatrix => {
  if (a.rows !== b.rows || a.columnCount !== b.columnCount)
    throw new RangeError(`a sum needs matrices of one shape; these are ${a.rows} x ${a.columnCount} and ${b.rows} x ${b.columnCount}`)
  const starts = new Int32Array(a.rows + 1)
  const columns = new Int32Array(a.columns.length + b.columns.length)
  const values = new Float64Array(columns.length)
  let to = 0
  for (let i = 0; i < a.rows; i++) {
    let p = a.starts[i]!
    let q = b.starts[i]!
    while (p < a.starts[i + 1]! || q < b.starts[i + 1]!) {
      const left = p < a.starts[i + 1]! ? a.columns[p]! : a.columnCount
      const right = q < b.starts[i + 1]! ? b.columns[q]! : a.columnCount
      columns[to] = Math.min(left, right)
      values[to++] = (left <= right ? alpha * a.values[p++]! : 0) + (right <= left ? beta * b.values[q++]! : 0)
    }
    starts[i + 1] = to
  }
  return { rows: a.rows, columnCount: a.columnCount, starts, columns: columns.slice(0, to), values: values.slice(0, to) }
}

/** A B, row by row over a dense accumulator (Gustavson 1978). */
export const sparseProduct = (a: SparseMatrix, b: SparseMatrix): SparseMatrix => {
  if (a.columnCount !== b.rows) throw new RangeError(`a product of ${a.rows} x ${a.columnCount} and ${b.rows} x ${b.columnCount} has no shape`)
  const starts = new Int32Array(a.rows + 1)
  const columns: Array<number> = []
  const values: Array<number> = []
  const sum = new Float64Array(b.columnCount)
  const seenIn = new Int32Array(b.columnCount).fill(-1)
  for (let i = 0; i < a.rows; i++) {
    const begin = columns.length
    for (let p = a.starts[i]!; p < a.starts[i + 1]!; p++) {
      const k = a.columns[p]!
      for (let q = b.starts[k]!; q < b.starts[k + 1]!; q++) {
        const j = b.columns[q]!
        if (seenIn[j] !== i) {
          seenIn[j] = i
          sum[j] = 0
          columns.push(j)
        }
        sum[j]! += a.values[p]! * b.values[q]!
      }
    }
    for (let at = begin; at < columns.length; at++) values.push(sum[columns[at]!]!)
    starts[i + 1] = columns.length
  }
  return transpose(transpose({ rows: a.rows, columnCount: b.columnCount, starts, columns: Int32Array.from(columns), values: Float64Array.from(values) }))
}

/** tr(A B) = sum over i, j of a_ij b_ji, without the product. A is m x n, B n x m. */
export const traceOfProduct = (a: SparseMatrix, b: SparseMatrix): number => {
  if (a.columnCount !== b.rows || a.rows !== b.columnCount)
    throw new RangeError(`the trace of a product of ${a.rows} x ${a.columnCount} and ${b.rows} x ${b.columnCount}: it is not square`)
  const turned = transpose(b)
  let trace = 0
  for (let i = 0; i < a.rows; i++)
    for (let p = a.starts[i]!, q = turned.starts[i]!; p < a.starts[i + 1]! && q < turned.starts[i + 1]!; ) {
      const left = a.columns[p]!
      const right = turned.columns[q]!
      if (left === right) trace += a.values[p]! * turned.values[q]!
      if (left <= right) p++
      if (right <= left) q++
    }
  return trace
}
