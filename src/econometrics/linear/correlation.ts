/** Pearson's correlation of two columns, weighted where there are weights. NaN where one does not vary. */
export const correlation = (x: Float64Array, y: Float64Array, weights?: Float64Array): number => {
  const w = weights ?? new Float64Array(x.length).fill(1)
  const total = w.reduce((sum, value) => sum + value, 0)
  const mean = (values: Float64Array): number => values.reduce((sum, value, i) => sum + w[i]! * value, 0) / total
  const [mx, my] = [mean(x), mean(y)]
  let [xy, xx, yy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    xy += w[i]! * (x[i]! - mx) * (y[i]! - my)
    xx += w[i]! * (x[i]! - mx) ** 2
    yy += w[i]! * (y[i]! - my) ** 2
  }
  return xy / Math.sqrt(xx * yy)
}
