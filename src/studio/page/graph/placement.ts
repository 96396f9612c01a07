/** Where boxes are: a place for each at once, until dagre has found better ones. */

export interface Sized {
  readonly width: number
  readonly height: number
}
export interface Links {
  /** From what is read to what reads it, as positions of boxes. */
  readonly from: ReadonlyArray<number>
  readonly to: ReadonlyArray<number>
}
/** The left upper corner of each box, and where each edge bends (none: it goes straight). */
export interface Places {
  readonly x: ReadonlyArray<number>
  readonly y: ReadonlyArray<number>
  readonly bends: ReadonlyArray<ReadonlyArray<readonly [x: number, y: number]>>
  readonly width: number
  readonly height: number
}

export const BETWEEN_RANKS = 56
export const BETWEEN_BOXES = 12
const SWEEPS = 4

/** The rank of each box: one more than the highest of those that it reads. An edge of a cycle, as groups may have, counts for nothing. */
const ranksOf = (count: number, { from, to }: Links): ReadonlyArray<number> => {
  const incoming: ReadonlyArray<Array<number>> = Array.from({ length: count }, () => [])
  for (const [i, origin] of from.entries()) incoming[to[i]!]!.push(origin)
  const ranks: Array<number> = Array.from({ length: count }, () => -1)
  const under = new Set<number>()
  for (let start = 0; start < count; start++) {
    // Depth first with a stack of its own: a study may be deeper than the language's.
    const stack = [start]
    while (stack.length > 0) {
      const box = stack.at(-1)!
      const waiting = under.has(box) ? [] : incoming[box]!.filter((one) => ranks[one] === -1 && !under.has(one))
      under.add(box)
      if (waiting.length > 0) {
        stack.push(...waiting)
        continue
      }
      stack.pop()
      if (ranks[box] === -1) ranks[box] = incoming[box]!.reduce((highest, one) => Math.max(highest, ranks[one]! + 1), 0)
    }
  }
  return ranks
}

/**
 * Ranks by the longest path, ordered by barycentres up and down some times: a few milliseconds for thousands of boxes, with more crossings than dagre's. It is what is
 * seen first of a large study.
 */
export const placeAtOnce = (boxes: ReadonlyArray<Sized>, links: Links): Places => {
  const ranks = ranksOf(boxes.length, links)
  const byRank: Array<Array<number>> = []
  for (const [box, rank] of ranks.entries()) {
    byRank[rank] ??= []
    byRank[rank].push(box)
  }
  const near: Readonly<Record<"before" | "after", ReadonlyArray<Array<number>>>> = { before: boxes.map(() => []), after: boxes.map(() => []) }
  for (const [i, from] of links.from.entries()) {
    near.before[links.to[i]!]!.push(from)
    near.after[from]!.push(links.to[i]!)
  }
  const middle: Array<number> = boxes.map(() => 0)
  const stackUp = (column: ReadonlyArray<number>) => {
    const height = column.reduce((sum, box) => sum + boxes[box]!.height + BETWEEN_BOXES, 0)
    let y = -height / 2
    for (const box of column) {
      middle[box] = y + boxes[box]!.height / 2
      y += boxes[box]!.height + BETWEEN_BOXES
    }
  }
  for (const column of byRank) stackUp(column)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const towards = sweep % 2 === 0 ? near.before : near.after
    for (const column of sweep % 2 === 0 ? byRank : [...byRank].reverse()) {
      const wish = new Map(
        column.map((box) => {
          const others = towards[box]!
          return [box, others.length === 0 ? middle[box]! : others.reduce((sum, one) => sum + middle[one]!, 0) / others.length] as const
        })
      )
      column.sort((a, b) => wish.get(a)! - wish.get(b)!)
      stackUp(column)
    }
  }
  const x: Array<number> = []
  let left = 0
  for (const column of byRank) {
    for (const box of column) x[box] = left
    left += column.reduce((widest, box) => Math.max(widest, boxes[box]!.width), 0) + BETWEEN_RANKS
  }
  const top = boxes.reduce((least, { height }, box) => Math.min(least, middle[box]! - height / 2), 0)
  const y = boxes.map(({ height }, box) => middle[box]! - height / 2 - top)
  return {
    x,
    y,
    bends: links.from.map(() => []),
    width: Math.max(0, left - BETWEEN_RANKS),
    height: boxes.reduce((most, { height }, box) => Math.max(most, y[box]! + height), 0)
  }
}
