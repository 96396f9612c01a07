import { panelsAcross } from "../../src/render/figure/figure-layout.ts"
import { missingSeries } from "../../src/render/figure/palette.ts"
import type { FigurePoint } from "../figures/figure-points.ts"
import { areaLabels } from "./area-labels.ts"
import type { ProjectedMap } from "./projected-areas.ts"

export interface MapPanel {
  readonly name: string
  /** The class of an entity: one of the map's; undefined where it has no value. */
  readonly classOf: (entity: string) => string | undefined
  /** Whether an entity's name is written. */
  readonly isNamed: (entity: string) => boolean
}
interface MapOptions {
  /** In the order of the legend. */
  readonly classes: ReadonlyArray<string>
  readonly panels: ReadonlyArray<MapPanel>
  /** Names may reach beyond their area. */
  readonly overhanging: boolean
}

/** The points of a map figure: every entity's polygons in each panel under its class, or "no value", and names. */
export const mapPoints = ({ areas, width }: ProjectedMap, { classes, overhanging, panels }: MapOptions): ReadonlyArray<FigurePoint> => {
  const first = panels[0]?.name ?? ""
  const lacking = panels.some(({ classOf }) => areas.some(({ entity }) => classOf(entity) === undefined))
  // A class that no entity is in has its place in the legend too: a text without a letter stands for it.
  const legend = [...classes, ...(lacking ? [missingSeries] : [])].map((series): FigurePoint => ({ mark: "text", panel: first, series }))
  return [
    ...legend,
    ...panels.flatMap(({ classOf, isNamed, name: panel }): ReadonlyArray<FigurePoint> => {
      let group = 0
      const polygons = areas.flatMap(({ entity, rings }) =>
        rings.flatMap((ring) => {
          const number = group++
          return ring.map(([x, y]): FigurePoint => ({ mark: "polygon", panel, series: classOf(entity) ?? missingSeries, group: number, x, y }))
        })
      )
      const named = areas.filter(({ entity }) => isNamed(entity))
      const labels = areaLabels(named, width, panelsAcross(panels.length), overhanging)
      return [...polygons, ...labels.map(({ at: [x, y], entity, room }): FigurePoint => ({ mark: "text", panel, x, y, xRange: room, label: entity }))]
    })
  ]
}
