/**
 * Positions of labels moved apart where they would overlap: order kept, neighbours at least `apart` from each other, all inside [low, high] if there is
 * room, and the sum of squared moves the least possible (isotonic regression of position - rank x apart by pooling adjacent violators).
 */
export const spread = (wanted: ReadonlyArray<number>, apart: number, low: number, high: number): ReadonlyArray<number> => {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
  const pools: Array<{ sum: number; count: number }> = []
  const mean = (pool: { sum: number; count: number }) => pool.sum / pool.count
  order.forEach((i, rank) => {
    pools.push({ sum: wanted[i]! - rank * apart, count: 1 })
    while (pools.length > 1 && mean(pools.at(-2)!) > mean(pools.at(-1)!)) {
      const last = pools.pop()!
      pools.at(-1)!.sum += last.sum
      pools.at(-1)!.count += last.count
    }
  })
  const levels = pools.flatMap((pool) => Array<number>(pool.count).fill(mean(pool)))
  const ceiling = high - (wanted.length - 1) * apart
  const placed = [...wanted]
  order.forEach((i, rank) => {
    placed[i] = Math.max(low, Math.min(levels[rank]!, ceiling)) + rank * apart
  })
  return placed
}
