import { Effect } from "effect"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { areas } from "../../../stages/areas.ts"
import { entitiesOf } from "../panel-tables.ts"
import { fileOf, runStage } from "../run-stage.ts"

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south]
]

/** Four squares of ten degrees; Hebei has Beijing as a hole, and Tianjin an island. */
export const fourAreas = (names: ReadonlyArray<string> = ["Anhui", "Beijing", "Hebei", "Tianjin"]): string => {
  const polygons = [
    [[square(100, 30, 10)]],
    [[square(113, 33, 4)]],
    [[square(110, 30, 10), square(113, 33, 4).reverse()]],
    [[square(100, 20, 10)], [square(112, 24, 2)]]
  ]
  return JSON.stringify({
    type: "FeatureCollection",
    attribution: "Squares (public domain)",
    features: names.map((name, i) => ({ type: "Feature", properties: { name }, geometry: { type: "MultiPolygon", coordinates: polygons[i % 4] } }))
  })
}

export const provinces = ["Anhui", "Beijing", "Hebei", "Tianjin"]

/** The areas of the four provinces, as the stage makes them. */
export const areasTable = async (): Promise<StoredTable> => {
  const { outputs } = await Effect.runPromise(
    runStage(areas, { source: fileOf("areas.geojson", fourAreas()), entities: entitiesOf(provinces) }, { id: "name" })
  )
  return outputs["output"]!
}
