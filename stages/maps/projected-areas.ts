import type { Tracked } from "@sediment/sediment"
import { albers, conicOf } from "../../src/render/map/albers.ts"
import type { Areas } from "./areas-type.ts"

export type Point = readonly [x: number, y: number]
export type Ring = ReadonlyArray<Point>

/** An entity's area on the map, in kilometres. */
export interface ProjectedArea {
  readonly entity: string
  readonly rings: ReadonlyArray<Ring>
}
export interface ProjectedMap {
  readonly areas: ReadonlyArray<ProjectedArea>
  /** In kilometres. */
  readonly width: number
  /** What is to be told of it under the figure. */
  readonly notes: ReadonlyArray<string>
}

const extentOf = (values: Iterable<number>): { readonly least: number; readonly most: number } => {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return { least, most }
}
const whole = (degrees: number): string => `${Math.round(Math.abs(degrees))}°`

/** Areas in Albers' equal-area conic projection with parallels and meridian for their extent, or with those that are given. */
export const projectedAreas = (
  areas: Tracked<typeof Areas>,
  given: { readonly parallels?: readonly [number, number]; readonly meridian?: number } = {}
): ProjectedMap => {
  const entity = areas.column("entity").values
  const ring = areas.column("ring").values
  const longitude = areas.column("longitude").values
  const latitude = areas.column("latitude").values
  const credit = areas.column("credit").values[0] ?? ""
  const [along, up] = [extentOf(longitude), extentOf(latitude)]
  const conic = { ...conicOf({ west: along.least, east: along.most, south: up.least, north: up.most }), ...given }
  const project = albers(conic)
  // Tenths of a kilometre are far below a pixel, and keep the artifact free of last bits.
  const tenth = (x: number) => Math.round(x * 10) / 10
  const vertices = Array.from(ring, (number, i) => {
    const [x, y] = project(longitude[i]!, latitude[i]!)
    return { entity: entity[i]!, number, at: [tenth(x), tenth(y)] as const }
  })
  const across = extentOf(vertices.map(({ at }) => at[0]))
  const [south, north] = conic.parallels
  const side = (degrees: number) => `${whole(degrees)}${degrees < 0 ? "S" : "N"}`
  return {
    areas: [...Map.groupBy(vertices, (vertex) => vertex.entity)].map(([name, own]) => ({
      entity: name,
      rings: [...Map.groupBy(own, ({ number }) => number).values()].map((points) => points.map(({ at }) => at))
    })),
    width: across.most - across.least,
    notes: [`${credit === "" ? "" : `Map: ${credit}. `}Albers equal-area conic projection, true at ${side(south)} and ${side(north)}.`]
  }
}
