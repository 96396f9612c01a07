/** The product of a rows x inner and an inner x columns matrix, both row-major. */
export const multiply = (a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array => {
  const product = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const scale = a[i * inner + k]!
      if (scale === 0) continue
      // Row by row of b, so that both inner reads are sequential.
      for (let j = 0, to = i * columns, from = k * columns; j < columns; j++) product[to + j]! += scale * b[from + j]!
    }
  return product
}
