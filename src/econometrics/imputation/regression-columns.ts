import type { CrossProducts } from "./regression-draw.ts"

/** The regressors, a value a row of the panel. */
export type RegressionColumns = ReadonlyArray<Float64Array>

/** Cross-products of the regressors, and with the dependent variable, over some rows. Most columns are indicators: rows where one is zero cost nothing. */
export const crossProducts = (columns: RegressionColumns, y: Float64Array, rows: ReadonlyArray<number>): CrossProducts => {
  const size = columns.length
  const xx = new Float64Array(size * size)
  const xy = new Float64Array(size)
  const at = new Int32Array(size)
  const row = new Float64Array(size)
  for (const r of rows) {
    let filled = 0
    for (let a = 0; a < size; a++) {
      const value = columns[a]![r]!
      if (value === 0) continue
      at[filled] = a
      row[filled++] = value
    }
    for (let i = 0; i < filled; i++) {
      const a = at[i]!
      const value = row[i]!
      const line = a * size
      xy[a] = xy[a]! + value * y[r]!
      for (let k = 0; k <= i; k++) xx[line + at[k]!] = xx[line + at[k]!]! + value * row[k]!
    }
  }
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
