/** Links as rows of neighbours, made so that millions of them take no more than a moment. */

/** Row i has the columns and values from starts[i] up to below starts[i + 1], columns rising. */
export interface SparseRows {
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

/** The columns of a matrix as rows: who has whom in its row. */
export const transposed = ({ columns, starts, values }: SparseRows): SparseRows => {
  const size = starts.length - 1
  const into = new Int32Array(size + 1)
  for (const column of columns) into[column + 1]!++
  for (let i = 0; i < size; i++) into[i + 1]! += into[i]!
  const next = into.slice()
  const rows = new Int32Array(columns.length)
  const turned = new Float64Array(columns.length)
  for (let i = 0; i < size; i++)
    for (let at = starts[i]!; at < starts[i + 1]!; at++) {
      const place = next[columns[at]!]!++
      rows[place] = i
      turned[place] = values[at]!
    }
  return { starts: into, columns: rows, values: turned }
}

/** Links of weight zero are none: with them, tables name those who have no neighbour. */
export const sparseRows = (size: number, from: Int32Array, to: Int32Array, weight: Float64Array): SparseRows => {
  const starts = new Int32Array(size + 1)
  for (let k = 0; k < weight.length; k++) if (weight[k] !== 0) starts[from[k]! + 1]!++
  for (let i = 0; i < size; i++) starts[i + 1]! += starts[i]!
  const next = starts.slice()
  const columns = new Int32Array(starts[size]!)
  const values = new Float64Array(starts[size]!)
  for (let k = 0; k < weight.length; k++) {
    if (weight[k] === 0) continue
    const place = next[from[k]!]!++
    columns[place] = to[k]!
    values[place] = weight[k]!
  }
  // Turning it twice puts the columns of each row in order.
  return transposed(transposed({ starts, columns, values }))
}

/** Two that are linked, whichever way, and the larger of the weights of the two ways. */
export interface Pairs {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly weight: Float64Array
}

/** Each pair once, the one that comes first before the other. */
export const pairsOf = (rows: SparseRows): Pairs => {
  const across = transposed(rows)
  const size = rows.starts.length - 1
  const from: Array<number> = []
  const to: Array<number> = []
  const weight: Array<number> = []
  for (let i = 0; i < size; i++) {
    let [a, b] = [rows.starts[i]!, across.starts[i]!]
    const [endA, endB] = [rows.starts[i + 1]!, across.starts[i + 1]!]
    while (a < endA || b < endB) {
      const own = a < endA ? rows.columns[a]! : size
      const other = b < endB ? across.columns[b]! : size
      const j = Math.min(own, other)
      const value = own === other ? Math.max(rows.values[a]!, across.values[b]!) : own < other ? rows.values[a]! : across.values[b]!
      if (own === j) a++
      if (other === j) b++
      if (j <= i) continue
      from.push(i)
      to.push(j)
      weight.push(value)
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), weight: Float64Array.from(weight) }
}

/** The places of the largest values, as many as are asked for, the largest first; equal ones in their order. */
export const largestOf = (values: Float64Array, most: number): ReadonlyArray<number> => {
  if (most <= 0) return []
  const least = values.length <= most ? Number.NEGATIVE_INFINITY : values.slice().sort()[values.length - most]!
  const above: Array<number> = []
  const equal: Array<number> = []
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > least) above.push(i)
    else if (values[i] === least) equal.push(i)
  }
  return [...above, ...equal.slice(0, most - above.length)].sort((a, b) => values[b]! - values[a]! || a - b)
}
