/** The sum of x from `from` up to `to`: four sums side by side, so that one addition need not wait for the one before. */
export const sumOf = (x: Float64Array, from = 0, to = x.length): number => {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = from
  for (; i + 3 < to; i += 4) {
    s0 += x[i]!
    s1 += x[i + 1]!
    s2 += x[i + 2]!
    s3 += x[i + 3]!
  }
  for (; i < to; i++) s0 += x[i]!
  return s0 + s1 + (s2 + s3)
}

/** The sum of (x - centre)^2, in the same way. */
export const sumOfSquares = (x: Float64Array, centre = 0): number => {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < x.length; i += 4) {
    const a = x[i]! - centre
    const b = x[i + 1]! - centre
    const c = x[i + 2]! - centre
    const d = x[i + 3]! - centre
    s0 += a * a
    s1 += b * b
    s2 += c * c
    s3 += d * d
  }
  for (; i < x.length; i++) s0 += (x[i]! - centre) * (x[i]! - centre)
  return s0 + s1 + (s2 + s3)
}
