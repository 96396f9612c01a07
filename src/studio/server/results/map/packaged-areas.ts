import { readFileSync } from "node:fs"
import { Schema } from "effect"
import type { Rings } from "./shape-paths.ts"

const Position = Schema.mutable(Schema.Array(Schema.Finite))
const Polygon = Schema.Array(Schema.Array(Position))
const ProvincesFile = Schema.Struct({
  attribution: Schema.String,
  features: Schema.Array(
    Schema.Struct({
      properties: Schema.Struct({ name: Schema.String }),
      geometry: Schema.Union([
        Schema.Struct({ type: Schema.Literal("Polygon"), coordinates: Polygon }),
        Schema.Struct({ type: Schema.Literal("MultiPolygon"), coordinates: Schema.Array(Polygon) })
      ])
    })
  )
})

/** The areas of the provinces of China that come with Sediment, by name; and whose map it is. */
export interface PackagedAreas {
  readonly areas: ReadonlyMap<string, Rings>
  readonly credit: string
}

let read: PackagedAreas | undefined

/** They lie beside the built command line. */
export const packagedAreas = (cli: URL): PackagedAreas => {
  if (read !== undefined) return read
  const { attribution, features } = Schema.decodeUnknownSync(ProvincesFile)(JSON.parse(readFileSync(new URL("../data/maps/provinces.geojson", cli), "utf8")))
  const areas = new Map(
    features.map(({ geometry, properties: { name } }): readonly [string, Rings] => {
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates
      return [name, polygons.flat().map((ring) => ring.map(([longitude = 0, latitude = 0]) => [longitude, latitude] as const))]
    })
  )
  return (read = { areas, credit: attribution })
}
