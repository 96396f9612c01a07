import type { Weights } from "./opened-weights.ts"

/** The cells of a window of an order that are not zero: each the mean weight over a block of pairs, and how many of these are links. */
export const cellsOf = ({ matrix }: Pick<Weights, "matrix">, sorted: ReadonlyArray<number>, from: number, to: number, block: number) => {
  const side = Math.ceil((to - from) / block)
  const place = new Int32Array(sorted.length).fill(-1)
  for (let at = from; at < to; at++) place[sorted[at]!] = Math.floor((at - from) / block)
  const sums = new Float64Array(side * side)
  const counts = new Int32Array(side * side)
  for (let at = from; at < to; at++) {
    const i = sorted[at]!
    const row = place[i]!
    for (let k = matrix.starts[i]!; k < matrix.starts[i + 1]!; k++) {
      const column = place[matrix.columns[k]!]!
      if (column < 0) continue
      sums[row * side + column]! += matrix.values[k]!
      counts[row * side + column]!++
    }
  }
  const there = [...counts.keys()].filter((cell) => counts[cell]! > 0)
  // A block at the edge has fewer pairs.
  const length = (cell: number) => Math.min(block, to - from - cell * block)
  const row = there.map((cell) => Math.floor(cell / side))
  const column = there.map((cell) => cell % side)
  return {
    row,
    column,
    weight: there.map((cell, i) => sums[cell]! / (length(row[i]!) * length(column[i]!))),
    links: there.map((cell) => counts[cell]!)
  }
}
