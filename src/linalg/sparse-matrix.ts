/**
 * A sparse matrix by compressed rows: row i has the columns `columns[starts[i]..starts[i + 1])`, ascending and each once, and beside them its `values`.
 * An entry that is kept may be zero: the pattern is what is kept.
 */
export interface SparseMatrix {
  readonly rows: number
  readonly columnCount: number
  /** rows + 1 long. */
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

/** Where each of `counts.length` lists starts that lie one behind the other, and where the last ends. */
const startsOf = (counts: Int32Array): Int32Array => {
  const starts = new Int32Array(counts.length + 1)
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!
  return starts
}

/** A', columnCount x rows, in O(entries); its columns ascend whether those of A do or not. */
export const transpose = ({ rows, columnCount, starts, columns, values }: SparseMatrix): SparseMatrix => {
  const counts = new Int32Array(columnCount)
  for (const column of columns) counts[column]!++
  const result = {
    rows: columnCount,
    columnCount: rows,
    starts: startsOf(counts),
    columns: new Int32Array(columns.length),
    values: new Float64Array(columns.length)
  }
  const next = result.starts.slice()
  for (let i = 0; i < rows; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const to = next[columns[at]!]!++
      result.columns[to] = i
      result.values[to] = values[at]!
    }
  return result
}

/**
 * The rows x columnCount matrix of triplets (row, column, value) in any order; values at one place are summed. Throws a RangeError that counts the triplets
 * which lie outside the matrix or have no finite value and names the first.
 */
export const fromTriplets = (rows: number, columnCount: number, row: ArrayLike<number>, column: ArrayLike<number>, value: ArrayLike<number>): SparseMatrix => {
  if (row.length !== column.length || row.length !== value.length)
    throw new RangeError(`triplets need as many rows as columns and values; there are ${row.length}, ${column.length} and ${value.length}`)
  const inside = (index: number, size: number) => Number.isInteger(index) && index >= 0 && index < size
  const counts = new Int32Array(rows)
  let bad = 0
  let first = -1
  for (let t = 0; t < row.length; t++)
    if (inside(row[t]!, rows) && inside(column[t]!, columnCount) && Number.isFinite(value[t]!)) counts[row[t]!]!++
    else if (bad++ === 0) first = t
  if (bad > 0)
    throw new RangeError(
      `${bad} of ${row.length} triplets are no entries of a ${rows} x ${columnCount} matrix: the first is (${row[first]}, ${column[first]}, ${value[first]}); indices count from 0, values are finite`
    )
  const raw = { rows, columnCount, starts: startsOf(counts), columns: new Int32Array(row.length), values: new Float64Array(row.length) }
  const next = raw.starts.slice()
  for (let t = 0; t < row.length; t++) {
    const to = next[row[t]!]!++
    raw.columns[to] = column[t]!
    raw.values[to] = value[t]!
  }
  return sumDuplicates(transpose(transpose(raw)))
}

/** Adds up neighbours that stand at one place of a matrix whose columns ascend. */
const sumDuplicates = ({ rows, columnCount, starts, columns, values }: SparseMatrix): SparseMatrix => {
  const tight = new Int32Array(rows + 1)
  let to = 0
  for (let i = 0; i < rows; i++) {
    const begin = to
    for (let at = starts[i]!; at < starts[i + 1]!; at++)
      if (to > begin && columns[to - 1] === columns[at]) values[to - 1]! += values[at]!
      else {
        columns[to] = columns[at]!
        values[to++] = values[at]!
      }
    tight[i + 1] = to
  }
  return { rows, columnCount, starts: tight, columns: columns.slice(0, to), values: values.slice(0, to) }
}

/** The entries that are not zero of a row-major matrix. */
export const fromDense = (dense: Float64Array, rows: number, columnCount: number): SparseMatrix => {
  const at = Array.from(dense.keys()).filter((place) => dense[place] !== 0)
  return fromTriplets(
    rows,
    columnCount,
    at.map((place) => Math.floor(place / columnCount)),
    at.map((place) => place % columnCount),
    at.map((place) => dense[place]!)
  )
}

/** Row-major, rows x columnCount. */
export const toDense = ({ rows, columnCount, starts, columns, values }: SparseMatrix): Float64Array => {
  const dense = new Float64Array(rows * columnCount)
  for (let i = 0; i < rows; i++) for (let at = starts[i]!; at < starts[i + 1]!; at++) dense[i * columnCount + columns[at]!] = values[at]!
  return dense
}

/** The size x size identity. */
export const sparseIdentity = (size: number): SparseMatrix => ({
  rows: size,
  columnCount: size,
  starts: Int32Array.from({ length: size + 1 }, (_, i) => i),
  columns: Int32Array.from({ length: size }, (_, i) => i),
  values: new Float64Array(size).fill(1)
})

/** The sum of each row's values. */
export const rowSums = ({ rows, starts, values }: SparseMatrix): Float64Array => {
  const sums = new Float64Array(rows)
  for (let i = 0; i < rows; i++) for (let at = starts[i]!; at < starts[i + 1]!; at++) sums[i]! += values[at]!
  return sums
}

/** B with b_ij = a_(rowOrder[i], columnOrder[j]); P A P' where both are the same. */
export const permute = (a: SparseMatrix, rowOrder: Int32Array, columnOrder: Int32Array): SparseMatrix => {
  const place = new Int32Array(a.columnCount)
  columnOrder.forEach((old, now) => {
    place[old] = now
  })
  const starts = startsOf(Int32Array.from(rowOrder, (old) => a.starts[old + 1]! - a.starts[old]!))
  const columns = new Int32Array(a.columns.length)
  const values = new Float64Array(a.values.length)
  rowOrder.forEach((old, now) => {
    values.set(a.values.subarray(a.starts[old]!, a.starts[old + 1]!), starts[now]!)
    for (let at = a.starts[old]!, to = starts[now]!; at < a.starts[old + 1]!; at++) columns[to++] = place[a.columns[at]!]!
  })
  return transpose(transpose({ rows: a.rows, columnCount: a.columnCount, starts, columns, values }))
}
