/** The boxes of a layered drawing by their ranks, and what stands in the way of an edge that goes on past a rank: a place of its own, so that it runs between boxes. */

/** From what is read to what reads it, as positions of boxes. */
interface Links {
  readonly from: ReadonlyArray<number>
  readonly to: ReadonlyArray<number>
}

/** Of places for edges there are at the most so many: beyond them edges go straight. */
const MOST_PLACES = 40_000

/** The rank of each box: one more than the highest of those that it reads. An edge of a cycle, as groups may have, counts for nothing. */
const ranksOf = (count: number, { from, to }: Links): Array<number> => {
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
  // What reads nothing stands just before the first that reads it.
  const first: Array<number> = Array.from({ length: count }, () => Number.POSITIVE_INFINITY)
  for (const [i, origin] of from.entries()) first[origin] = Math.min(first[origin]!, ranks[to[i]!]!)
  for (let box = 0; box < count; box++) if (incoming[box]!.length === 0 && Number.isFinite(first[box]!)) ranks[box] = Math.max(0, first[box]! - 1)
  return ranks
}

export interface RankedBoxes {
  /** Boxes, and after them the places of edges. */
  readonly heights: ReadonlyArray<number>
  readonly byRank: ReadonlyArray<Array<number>>
  /** What stands one rank before, and after, each. */
  readonly before: ReadonlyArray<Array<number>>
  readonly after: ReadonlyArray<Array<number>>
  /** The places that each edge runs through, from rank to rank. Edges of one box run together as far as they have the same way. */
  readonly ways: ReadonlyArray<ReadonlyArray<number>>
}

/** Ranks boxes that are so high, and finds the ways of the edges between them. */
export const rankedBoxes = (boxes: ReadonlyArray<number>, links: Links): RankedBoxes => {
  const ranks = ranksOf(boxes.length, links)
  const heights = [...boxes]
  const before: Array<Array<number>> = boxes.map(() => [])
  const after: Array<Array<number>> = boxes.map(() => [])
  const joined = (one: number, next: number) => {
    after[one]!.push(next)
    before[next]!.push(one)
  }
  const placeOf = new Map<string, number>()
  const ways = links.from.map((origin, i): ReadonlyArray<number> => {
    const end = links.to[i]!
    const way: Array<number> = []
    let last = origin
    for (let rank = ranks[origin]! + 1; rank < ranks[end]!; rank++) {
      const key = `${origin} ${rank}`
      let place = placeOf.get(key)
      if (place === undefined) {
        if (placeOf.size >= MOST_PLACES) break
        place = heights.length
        placeOf.set(key, place)
        heights.push(0)
        ranks.push(rank)
        before.push([])
        after.push([])
        joined(last, place)
      }
      way.push(place)
      last = place
    }
    if (ranks[end]! > ranks[origin]!) joined(last, end)
    return way
  })
  const byRank: Array<Array<number>> = Array.from({ length: ranks.reduce((most, rank) => Math.max(most, rank + 1), 0) }, () => [])
  for (const [one, rank] of ranks.entries()) byRank[rank]!.push(one)
  return { heights, byRank, before, after, ways }
}
