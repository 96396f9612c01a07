/** Places along a line as near as can be to where each would like to be, in a given order and apart from each other. */

/**
 * `wishes` in the order that is to be kept; `apart[i]` is how far the i-th has to be from the one before it at the least (of the first it counts for nothing); `weights` tell how much each wish counts. Least squares, in linear
 * time: pooled adjacent violators.
 */
export const placedApart = (wishes: ReadonlyArray<number>, apart: ReadonlyArray<number>, weights: ReadonlyArray<number>): ReadonlyArray<number> => {
  const blocks: Array<{ weight: number; sum: number; count: number }> = []
  const offsets: Array<number> = []
  let offset = 0
  for (const [i, wish] of wishes.entries()) {
    offset += i === 0 ? 0 : apart[i]!
    offsets.push(offset)
    let block = { weight: weights[i]!, sum: weights[i]! * (wish - offset), count: 1 }
    for (let above = blocks.at(-1); above !== undefined && above.sum / above.weight > block.sum / block.weight; above = blocks.at(-1)) {
      block = { weight: above.weight + block.weight, sum: above.sum + block.sum, count: above.count + block.count }
      blocks.pop()
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ count, sum, weight }) => Array.from({ length: count }, () => sum / weight)).map((base, i) => base + offsets[i]!)
}
