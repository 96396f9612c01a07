import type { CrossProducts } from "./regression-draw.ts"

/** Variables that may be regressors, a value a row of the panel. Most are indicators. */
export type RegressionColumns = ReadonlyArray<Float64Array>

/** The cross-products of all columns over all rows, size x size, whole. */
export interface Gram {
  readonly products: Float64Array
  readonly size: number
}

/** Adds the products of one row's values, or takes them off; where a column is zero nothing is done. */
const addRow = ({ products, size }: Gram, columns: RegressionColumns, row: number, sign: 1 | -1, places: Int32Array): void => {
  let filled = 0
  for (let a = 0; a < size; a++) if (columns[a]![row] !== 0) places[filled++] = a
  for (let i = 0; i < filled; i++) {
    const a = places[i]!
    const value = sign * columns[a]![row]!
    for (let k = 0; k < filled; k++) {
      const at = a * size + places[k]!
      products[at] = products[at]! + value * columns[places[k]!]![row]!
    }
  }
}

export const gramOf = (columns: RegressionColumns): Gram => {
  const size = columns.length
  const gram = { products: new Float64Array(size * size), size }
  const places = new Int32Array(size)
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) addRow(gram, columns, row, 1, places)
  return gram
}

/** The gram over the rows but these. */
const without = (gram: Gram, columns: RegressionColumns, rows: ReadonlyArray<number>): Gram => {
  const left = { products: Float64Array.from(gram.products), size: gram.size }
  const places = new Int32Array(gram.size)
  for (const row of rows) addRow(left, columns, row, -1, places)
  return left
}

/** Brings a gram up to date after a column's values changed in some rows; `before` are its values there. */
export const replaceValues = (
  { products, size }: Gram,
  columns: RegressionColumns,
  column: number,
  rows: ReadonlyArray<number>,
  before: Float64Array
): void => {
  rows.forEach((row, i) => {
    const now = columns[column]![row]!
    const change = now - before[i]!
    for (let a = 0; a < size; a++) {
      if (a === column || columns[a]![row] === 0) continue
      const by = change * columns[a]![row]!
      products[a * size + column] = products[a * size + column]! + by
      products[column * size + a] = products[column * size + a]! + by
    }
    const own = column * size + column
    products[own] = products[own]! + now * now - before[i]! * before[i]!
  })
}

/** Cross-products of a regression of one column on all others, and on `further` at the end, over the rows that do not lack it. */
export const crossProducts = (
  gram: Gram,
  columns: RegressionColumns,
  dependent: number,
  rows: { readonly missing: ReadonlyArray<number>; readonly observed: ReadonlyArray<number> },
  further: RegressionColumns
): CrossProducts => {
  const { products, size: all } = without(gram, columns, rows.missing)
  const others = columns.flatMap((_, a) => (a === dependent ? [] : [a]))
  const size = others.length + further.length
  const xx = new Float64Array(size * size)
  const xy = new Float64Array(size)
  others.forEach((a, i) => {
    xy[i] = products[a * all + dependent]!
    for (let k = 0; k <= i; k++) xx[i * size + k] = products[a * all + others[k]!]!
  })
  const y = columns[dependent]!
  const regressors = [...others.map((a) => columns[a]!), ...further]
  further.forEach((column, f) => {
    const i = others.length + f
    const over = (other: Float64Array): number => rows.observed.reduce((sum, row) => sum + column[row]! * other[row]!, 0)
    xy[i] = over(y)
    for (let k = 0; k <= i; k++) xx[i * size + k] = over(regressors[k]!)
  })
  return { xx, xy, size }
}

/** What coefficients predict for some rows. */
export const predict = (columns: RegressionColumns, coefficients: Float64Array, rows: ReadonlyArray<number>): Float64Array => {
  const predicted = new Float64Array(rows.length)
  columns.forEach((column, a) => {
    const slope = coefficients[a]!
    for (let i = 0; i < rows.length; i++) predicted[i] = predicted[i]! + slope * column[rows[i]!]!
  })
  return predicted
}
