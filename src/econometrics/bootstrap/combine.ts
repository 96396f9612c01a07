/** sum_v a_v x_v of columns. */
export const combine = (columns: ReadonlyArray<Float64Array>, a: ArrayLike<number>, into: Float64Array): void => {
  into.fill(0)
  for (let v = 0; v < columns.length; v++) {
    const share = a[v]!
    if (share === 0) continue
    const column = columns[v]!
    for (let i = 0; i < into.length; i++) into[i] = into[i]! + share * column[i]!
  }
}
