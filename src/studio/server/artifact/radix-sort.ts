const BITS = 11
const BUCKETS = 1 << BITS
/** Fewer are sorted faster by comparing. */
const FEW = 600

/** One pass by the digit of `keys` at a bit; false where all have the same digit there, and nothing was moved. */
const pass = (from: Uint32Array, to: Uint32Array, keys: Uint32Array, shift: number, counts: Uint32Array): boolean => {
  counts.fill(0)
  const n = from.length
  for (let i = 0; i < n; i++) counts[(keys[from[i]!]! >>> shift) & (BUCKETS - 1)]!++
  if (counts[(keys[from[0]!]! >>> shift) & (BUCKETS - 1)] === n) return false
  let sum = 0
  for (let b = 0; b < BUCKETS; b++) {
    const count = counts[b]!
    counts[b] = sum
    sum += count
  }
  for (let i = 0; i < n; i++) {
    const at = from[i]!
    to[counts[(keys[at]! >>> shift) & (BUCKETS - 1)]!++] = at
  }
  return true
}

/** The places 0 … n-1 in the order of their keys, of which `high` counts before `low`; those with equal keys stay in order. */
export const radixSort = (high: Uint32Array, low: Uint32Array): Uint32Array => {
  const n = high.length
  const places = new Uint32Array(n)
  for (let i = 0; i < n; i++) places[i] = i
  if (n < FEW) return places.sort((a, b) => high[a]! - high[b]! || low[a]! - low[b]! || a - b)
  let [from, to] = [places, new Uint32Array(n)]
  const counts = new Uint32Array(BUCKETS)
  for (const keys of [low, high]) for (let shift = 0; shift < 32; shift += BITS) if (pass(from, to, keys, shift, counts)) [from, to] = [to, from]
  return from
}
