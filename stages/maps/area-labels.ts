import { textExtent } from "../../src/render/text-extent.ts"
import type { Point, ProjectedArea, Ring } from "./projected-areas.ts"

// As figures are drawn: their width without margins, and the size of labels, in pixels.
const FIGURE_WIDTH = 588
const LABEL_SIZE = 10
const GRID = 28

/** Where a horizontal line crosses the rings, from left to right; inside and outside take turns. */
const crossings = (rings: ReadonlyArray<Ring>, y: number): ReadonlyArray<number> =>
  rings
    .flatMap((ring) =>
      ring.flatMap(([x0, y0], i): ReadonlyArray<number> => {
        const [x1, y1] = ring[(i + 1) % ring.length]!
        return y0 > y !== y1 > y ? [x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)] : []
      })
    )
    .sort((a, b) => a - b)

/** The stretches of a horizontal line that are inside. */
const inside = (rings: ReadonlyArray<Ring>, y: number): ReadonlyArray<readonly [number, number]> => {
  const at = crossings(rings, y)
  return Array.from({ length: Math.floor(at.length / 2) }, (_, i) => [at[2 * i]!, at[2 * i + 1]!] as const)
}

interface Place {
  readonly at: Point
  /** How wide the area is there over the height of a line of text. */
  readonly room: number
}

/**
 * Where an area has room for a line of text `height` high, as wide as the narrowest of three lines across it; those first where a text `extent` wide has a margin, or as much of one as
 * there is, and of them the nearest to the middle.
 */
const placesIn = ({ rings }: ProjectedArea, height: number, extent: number): ReadonlyArray<Place> => {
  const ys = rings.flatMap((ring) => ring.map(([, y]) => y))
  const [low, high] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))]
  const places: Array<Place> = []
  for (let k = 1; k < GRID; k++) {
    const y = low + (k / GRID) * (high - low)
    const [above, here, below] = [y + height / 2, y, y - height / 2].map((line) => inside(rings, line)) as [
      ReturnType<typeof inside>,
      ReturnType<typeof inside>,
      ReturnType<typeof inside>
    ]
    for (const [from, to] of here)
      for (const [a, b] of above)
        for (const [c, d] of below) {
          const [left, right] = [Math.max(from, a, c), Math.min(to, b, d)]
          if (right > left) places.push({ at: [(left + right) / 2, y], room: right - left })
        }
  }
  const margin = ({ room }: Place) => Math.min(room, 1.25 * extent)
  const fromMiddle = ({ at }: Place) => Math.abs(at[1] - (low + high) / 2)
  return places.sort((a, b) => margin(b) - margin(a) || fromMiddle(a) - fromMiddle(b) || b.room - a.room)
}

export interface AreaLabel {
  readonly entity: string
  readonly at: Point
  /** From where to where its area reaches there, the name having to fit in between; undefined where it may reach beyond. */
  readonly room: readonly [number, number] | undefined
}

/**
 * The names of areas where they have room, the roomiest first, on a map `width` kilometres wide of which `across` stand beside each other. Each has to fit into its area or, `overhanging`,
 * has a place where it does not run into those before it.
 */
export const areaLabels = (areas: ReadonlyArray<ProjectedArea>, width: number, across: number, overhanging: boolean): ReadonlyArray<AreaLabel> => {
  const kilometres = (width / FIGURE_WIDTH) * across
  const height = LABEL_SIZE * 0.8 * kilometres
  const candidates = areas
    .flatMap((area) => {
      const extent = textExtent(area.entity, LABEL_SIZE) * kilometres
      const places = placesIn(area, height, extent)
      const [first, ...others] = places.length > 0 ? places : placesIn(area, 0, extent)
      return first === undefined ? [] : [{ entity: area.entity, places: [first, ...others] as const, extent }]
    })
    .sort((a, b) => b.places[0].room / b.extent - a.places[0].room / a.extent)
  if (!overhanging) return candidates.map(({ entity, places: [{ at, room }] }) => ({ entity, at, room: [at[0] - room / 2, at[0] + room / 2] }))
  const placed: Array<AreaLabel & { readonly extent: number }> = []
  for (const { entity, extent, places } of candidates) {
    const free = places.find(({ at }) =>
      placed.every((other) => Math.abs(at[1] - other.at[1]) > height * 1.4 || Math.abs(at[0] - other.at[0]) > (extent + other.extent) / 2 + kilometres * 3)
    )
    placed.push({ entity, at: (free ?? places[0]).at, room: undefined, extent })
  }
  return placed
}
