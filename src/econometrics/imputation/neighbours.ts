/** For each row, the rows of its entity's years before and after, -1 where the panel has none. */
export interface NeighbourRows {
  readonly before: Int32Array
  readonly after: Int32Array
}

export const neighbourRows = (entity: Int32Array, year: Int32Array): NeighbourRows => {
  const rows = entity.length
  const next = (row: number, to: number): number => (to >= 0 && to < rows && entity[to] === entity[row] && Math.abs(year[to]! - year[row]!) === 1 ? to : -1)
  return { before: Int32Array.from({ length: rows }, (_, row) => next(row, row - 1)), after: Int32Array.from({ length: rows }, (_, row) => next(row, row + 1)) }
}

/**
 * What the years around say of each row's value: the mean of the two. At an end of the series, or beside a row that is not there, the line through the two next years on the other side, so that one coefficient
 * serves all rows; with one year only that one, and without any the value `otherwise`.
 */
export const neighbourValues = (values: Float64Array, { after, before }: NeighbourRows, otherwise: number): Float64Array =>
  values.map((_, row) => {
    const [a, b] = [before[row]!, after[row]!]
    if (a !== -1 && b !== -1) return (values[a]! + values[b]!) / 2
    if (a === -1 && b === -1) return otherwise
    const [near, far] = a === -1 ? [b, after[b]!] : [a, before[a]!]
    return far === -1 ? values[near]! : 2 * values[near]! - values[far]!
  })
