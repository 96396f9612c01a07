/** Where boxes are that dagre does not place, or not yet. */
import { placedApart } from "./apart.ts"
import { rankedBoxes } from "./ranked-boxes.ts"

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

/** So many boxes dagre does not lay out: it takes seconds. */
export const MANY = 250

export const BETWEEN_RANKS = 56
export const BETWEEN_BOXES = 12
/** What an edge that runs between boxes has for itself. */
const AROUND_EDGE = 6
const SWEEPS = 10
const STRAIGHTENINGS = 8
/** How much more it counts that an edge runs level between two of its places. */
const LEVEL = 4

/**
 * A layered drawing: ranks by the longest path, ordered by barycentres up and down some times, then moved apart no more than they have to be from what they are joined to. Some tens of milliseconds for
 * thousands of boxes, with more crossings than dagre's.
 */
export const placeByRanks = (boxes: ReadonlyArray<Sized>, links: Links): Places => {
  const { after, before, byRank, heights, ways } = rankedBoxes(
    boxes.map(({ height }) => height),
    links
  )
  const middle: Array<number> = heights.map(() => 0)
  const isEdge = (one: number) => one >= boxes.length
  const between = (above: number, below: number) =>
    heights[above]! / 2 +
    heights[below]! / 2 +
    (isEdge(above) && isEdge(below) ? AROUND_EDGE : isEdge(above) || isEdge(below) ? AROUND_EDGE * 1.5 : BETWEEN_BOXES)
  const apartIn = (column: ReadonlyArray<number>) => column.map((one, i) => (i === 0 ? 0 : between(column[i - 1]!, one)))
  for (const column of byRank) {
    let y = 0
    for (const [i, gap] of apartIn(column).entries()) middle[column[i]!] = y += gap
    for (const one of column) middle[one]! -= y / 2
  }
  const meanOf = (others: ReadonlyArray<number>, otherwise: number) =>
    others.length === 0 ? otherwise : others.reduce((sum, one) => sum + middle[one]!, 0) / others.length
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const towards = sweep % 2 === 0 ? before : after
    for (const column of sweep % 2 === 0 ? byRank : [...byRank].reverse()) {
      const wishes = new Map(column.map((one) => [one, meanOf(towards[one]!, middle[one]!)]))
      column.sort((a, b) => wishes.get(a)! - wishes.get(b)!)
      let y = 0
      for (const [i, gap] of apartIn(column).entries()) middle[column[i]!] = y += gap
      for (const one of column) middle[one]! -= y / 2
    }
  }
  for (let pass = 0; pass < STRAIGHTENINGS; pass++)
    for (const column of pass % 2 === 0 ? byRank : [...byRank].reverse()) {
      const weights: Array<number> = []
      const wishes = column.map((one) => {
        let [sum, weight] = [0, 0]
        for (const other of [...before[one]!, ...after[one]!]) {
          const counts = isEdge(one) && isEdge(other) ? LEVEL : 1
          sum += counts * middle[other]!
          weight += counts
        }
        weights.push(Math.max(weight, 0.1))
        return weight === 0 ? middle[one]! : sum / weight
      })
      for (const [i, y] of placedApart(wishes, apartIn(column), weights).entries()) middle[column[i]!] = y
    }
  const x: Array<number> = []
  const ends: Array<readonly [left: number, right: number]> = []
  let left = 0
  for (const column of byRank) {
    const right = left + column.reduce((widest, one) => Math.max(widest, boxes[one]?.width ?? 0), 0)
    for (const one of column) {
      if (!isEdge(one)) x[one] = left
      ends[one] = [left, right]
    }
    left = right + BETWEEN_RANKS
  }
  const top = heights.reduce((least, height, one) => Math.min(least, middle[one]! - height / 2), Number.POSITIVE_INFINITY)
  const y = boxes.map(({ height }, box) => middle[box]! - height / 2 - top)
  return {
    x,
    y,
    bends: ways.map((way) => way.flatMap((one) => ends[one]!.map((at) => [at, middle[one]! - top] as const))),
    width: Math.max(0, left - BETWEEN_RANKS),
    height: heights.reduce((most, height, one) => Math.max(most, middle[one]! + height / 2 - top), 0)
  }
}
