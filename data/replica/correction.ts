/** The last step of the indicators: small moves that make the composite the path exactly. */
import { stream } from "../../src/stats/random.ts"
import { indexOf, toRaw } from "./composite.ts"
import { DIMENSIONS, type Dimension, INDICATORS, membersOf } from "./indicator-list.ts"
import { CELLS, every } from "./panel.ts"
import { moments } from "./published.ts"
import { gapsOf, type RawColumn } from "./yearbook.ts"

// How near the composite comes to the path before rounding, in its own points.
const CLOSE = 1e-4
/** Moves the indicators, most where they are far from both ends, until sub-indices keep Table 3's extremes and the composite is the path. */
export const corrected = (seed: number, start: ReadonlyArray<Float64Array>, path: Float64Array): ReadonlyArray<RawColumn> => {
  const y = start.map((values) => Float64Array.from(values))
  const gaps = y.map((values, m) => gapsOf(stream(seed, 500 + m), 0.015, (cell) => values[cell] === 0 || values[cell] === 1))
  const bounds = Object.fromEntries(
    DIMENSIONS.map((dimension) => {
      const sub = indexOf(
        y.map((values, m) => toRaw(INDICATORS[m]!, values, false)),
        gaps
      ).sub[dimension]
      const { max, min } = moments(dimension)
      const lower = every(min)
      const upper = every(max)
      lower[sub.indexOf(Math.max(...sub))] = max
      upper[sub.indexOf(Math.min(...sub))] = min
      return [dimension, { lower, upper }]
    })
  ) as Record<Dimension, { lower: Float64Array; upper: Float64Array }>
  const move = (members: ReadonlyArray<number>, cell: number, change: number, weights: ReadonlyArray<number>): void => {
    const room = members.map((m) => (gaps[m]![cell] === 1 ? 0 : INDICATORS[m]!.response * y[m]![cell]! * (1 - y[m]![cell]!)))
    const effect = members.reduce((sum, m, k) => sum + weights[m]! * room[k]!, 0)
    if (effect < 1e-9) return
    for (const [k, m] of members.entries()) {
      if (room[k] === 0) continue
      y[m]![cell] = Math.min(0.999, Math.max(0.001, y[m]![cell]! + (room[k]! * change) / effect))
    }
  }
  const all = INDICATORS.map((_, m) => m)
  for (let round = 0; round < 120; round++) {
    const now = indexOf(
      y.map((values, m) => toRaw(INDICATORS[m]!, values, false)),
      gaps
    )
    const held: Array<ReadonlySet<Dimension>> = []
    let largest = 0
    for (let cell = 0; cell < CELLS; cell++) {
      const at = new Set<Dimension>()
      for (const dimension of DIMENSIONS) {
        const members = membersOf(dimension)
        const total = members.reduce((sum, m) => sum + now.weights[m]!, 0)
        const value = now.sub[dimension][cell]!
        const wanted = Math.min(bounds[dimension].upper[cell]!, Math.max(bounds[dimension].lower[cell]!, value))
        if (wanted !== value) move(members, cell, ((wanted - value) / 100) * total, now.weights)
        if (wanted !== value || wanted === bounds[dimension].upper[cell] || wanted === bounds[dimension].lower[cell]) at.add(dimension)
      }
      held.push(at)
      largest = Math.max(largest, Math.abs(path[cell]! - now.composite[cell]!))
    }
    if (largest < CLOSE) break
    for (let cell = 0; cell < CELLS; cell++) {
      const members = all.filter((m) => !held[cell]!.has(INDICATORS[m]!.dimension))
      move(members, cell, (path[cell]! - now.composite[cell]!) / 100, now.weights)
    }
  }
  return INDICATORS.map((one, m) => ({ name: one.name, values: toRaw(one, y[m]!, true), decimals: one.decimals, gaps: gaps[m]! }))
}
