import type { Stream } from "./random.ts"

/** How many subsets of k there are of n things: exact up to 2^53, about right beyond. */
export const choose = (n: number, k: number): number => {
  let count = 1
  // Each product is a whole number of subsets, so that no division leaves a rest.
  for (let i = 1; i <= Math.min(k, n - k); i++) count = (count * (n - i + 1)) / i
  return count
}

/** All subsets of k of 0 … n - 1, ascending, in lexicographic order. The array is the same one each time: copy it to keep it. */
export function* subsets(n: number, k: number): Generator<Int32Array> {
  const chosen = Int32Array.from({ length: k }, (_, i) => i)
  for (;;) {
    yield chosen
    let at = k - 1
    while (at >= 0 && chosen[at] === n - k + at) at--
    if (at < 0) return
    chosen[at] = chosen[at]! + 1
    for (let i = at + 1; i < k; i++) chosen[i] = chosen[i - 1]! + 1
  }
}

/** k of 0 … n - 1, ascending, each subset as likely as any other: the first k swaps of a Fisher-Yates shuffle. */
export const drawSubset = (random: Pick<Stream, "integer">, n: number, k: number): Int32Array => {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = 0; i < k; i++) {
    const j = i + random.integer(n - i)
    const moved = order[i]!
    order[i] = order[j]!
    order[j] = moved
  }
  return order.slice(0, k).sort()
}
