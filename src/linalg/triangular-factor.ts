/** Rows taken at a time: with ten columns a block fits the fastest cache. */
const BLOCK = 256

const dot = (a: Float64Array, i: number, b: Float64Array, j: number, n: number): number => {
  // Four sums side by side: one addition need not wait for the one before.
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let t = 0
  for (; t + 3 < n; t += 4) {
    s0 += a[i + t]! * b[j + t]!
    s1 += a[i + t + 1]! * b[j + t + 1]!
    s2 += a[i + t + 2]! * b[j + t + 2]!
    s3 += a[i + t + 3]! * b[j + t + 3]!
  }
  for (; t < n; t++) s0 += a[i + t]! * b[j + t]!
  return s0 + s1 + (s2 + s3)
}

/**
 * The columns of the triangular factor R of X = QR: as many vectors as `columns`, each as long as there are columns, with the same lengths and angles as
 * the columns given. Whatever depends on X'X alone (coefficients, rank, bread) is the same of either, and R is found without squaring the condition number.
 *
 * Householder reflections of blocks of rows below the R so far (sequential TSQR: Demmel, Grigori, Hoemmen and Langou 2012, SIAM Journal on Scientific
 * Computing 34, section 2.1): one pass over the rows, no copy of them. With `weights`, of the rows times the square roots of their weights.
 */
export const triangularFactor = (columns: ReadonlyArray<Float64Array>, weights?: Float64Array): ReadonlyArray<Float64Array> => {
  const k = columns.length
  const rows = columns[0]?.length ?? 0
  const r = Array.from({ length: k }, () => new Float64Array(k))
  const block = new Float64Array(k * BLOCK)
  const roots = weights === undefined ? undefined : new Float64Array(BLOCK)
  for (let from = 0; from < rows; from += BLOCK) {
    const n = Math.min(BLOCK, rows - from)
    for (let j = 0; j < k; j++) block.set(columns[j]!.subarray(from, from + n), j * BLOCK)
    if (roots !== undefined) {
      for (let t = 0; t < n; t++) roots[t] = Math.sqrt(weights![from + t]!)
      for (let j = 0; j < k; j++) for (let t = 0; t < n; t++) block[j * BLOCK + t] = block[j * BLOCK + t]! * roots[t]!
    }
    for (let j = 0; j < k; j++) {
      const at = j * BLOCK
      const below = dot(block, at, block, at, n)
      if (below === 0) continue
      const head = r[j]![j]!
      const alpha = head > 0 ? -Math.sqrt(head * head + below) : Math.sqrt(head * head + below)
      const v = head - alpha
      const scale = 2 / (v * v + below)
      r[j]![j] = alpha
      for (let l = j + 1; l < k; l++) {
        const to = l * BLOCK
        const along = scale * (v * r[l]![j]! + dot(block, at, block, to, n))
        r[l]![j] = r[l]![j]! - along * v
        for (let t = 0; t < n; t++) block[to + t] = block[to + t]! - along * block[at + t]!
      }
    }
  }
  return r
}
