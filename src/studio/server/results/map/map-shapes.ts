import { Effect } from "effect"
import type { StoredTable } from "../../../../artifact/column.ts"
import type { CliFailure } from "../../../../workspace/failure.ts"
import type { MapShapes, Source } from "../../../messages/results.ts"
import type { Known } from "../../answer.ts"
import { Studies } from "../../studies.ts"
import { dictionaryOf } from "../groupings.ts"
import { columnOf, findSource, openTable } from "../open-table.ts"
import { studyTables } from "../study-tables.ts"
import { packagedAreas } from "./packaged-areas.ts"
import { type Drawn, drawnAreas, drawnPoints, drawnTiles, type Rings } from "./shape-paths.ts"

/** Types of tables whose entities can be on a map. */
const WITH_ENTITIES = ["Panel", "NormalizedPanel", "LocalMoran", "LocalG", "SpatialWeights"]
/** A map fits where it has so many of the entities. */
const FITS = 0.5

/** The areas of a table, by entity. */
const areasIn = (table: StoredTable): { readonly areas: ReadonlyMap<string, Rings>; readonly credit: string } => {
  const entity = columnOf(table, "entity", "category").values
  const ring = columnOf(table, "ring", "integer").values
  const longitude = columnOf(table, "longitude", "number").values
  const latitude = columnOf(table, "latitude", "number").values
  const areas = new Map<string, Map<number, Array<readonly [number, number]>>>()
  for (let row = 0; row < table.rows; row++) {
    let own = areas.get(entity[row]!)
    if (own === undefined) areas.set(entity[row]!, (own = new Map()))
    let points = own.get(ring[row]!)
    if (points === undefined) own.set(ring[row]!, (points = []))
    points.push([longitude[row]!, latitude[row]!])
  }
  return { areas: new Map([...areas].map(([name, rings]) => [name, [...rings.values()]])), credit: columnOf(table, "credit", "category").values[0] ?? "" }
}

/** Where the dictionary says that entities are. */
const placesIn = (dictionary: StoredTable, entities: ReadonlyArray<string>): ReadonlyMap<string, readonly [number, number]> => {
  const rows = new Map(columnOf(dictionary, "entity", "category").values.map((entity, row) => [entity, row]))
  const longitude = columnOf(dictionary, "longitude", "number").values
  const latitude = columnOf(dictionary, "latitude", "number").values
  return new Map(
    entities.flatMap((entity) => {
      const row = rows.get(entity)
      return row === undefined || !Number.isFinite(longitude[row]) || !Number.isFinite(latitude[row])
        ? []
        : [[entity, [longitude[row]!, latitude[row]!]] as const]
    })
  )
}

/** Where the entities of a table are: the study's areas that have most of them, else the provinces that come with Sediment, else points, else tiles. */
export const mapShapes = (asked: { readonly study: string; readonly node: string; readonly output: string }): Effect.Effect<MapShapes, CliFailure, Known> =>
  Effect.gen(function* () {
    const tables = yield* studyTables(asked.study, new Set([...WITH_ENTITIES, "Areas", "Entities"]))
    const asking = yield* findSource(tables, asked.node, asked.output)
    const table = yield* openTable(asking)
    // Weights name an entity without a neighbour in its own row.
    const entities = [...new Set(columnOf(table, asking.type === "SpatialWeights" ? "from" : "entity", "category").values)]
    const share = (names: { readonly has: (name: string) => boolean }) => entities.filter((one) => names.has(one)).length / Math.max(1, entities.length)
    const answer = (kind: MapShapes["kind"], { projection, ...drawn }: Drawn, credit: string, source: Source | null): MapShapes => {
      const shown = new Set(drawn.shapes.map(({ entity }) => entity))
      const told = [credit, projection].filter((one) => one !== "").join(". ")
      return { kind, ...drawn, without: entities.filter((entity) => !shown.has(entity)), told: told === "" ? "" : `${told}.`, source }
    }
    let best: { readonly source: Source; readonly found: ReturnType<typeof areasIn>; readonly share: number } | undefined
    for (const source of tables.sources) {
      if (source.type !== "Areas") continue
      const found = areasIn(yield* openTable(source))
      const fits = share(found.areas)
      if (fits >= FITS && fits > (best?.share ?? 0)) best = { source, found, share: fits }
    }
    if (best !== undefined) return answer("areas", drawnAreas(best.found.areas), best.found.credit === "" ? "" : `Map: ${best.found.credit}`, best.source)
    const packaged = packagedAreas((yield* Studies).installation.cli)
    if (share(packaged.areas) >= FITS) return answer("areas", drawnAreas(packaged.areas), `Map: ${packaged.credit}`, null)
    const dictionary = yield* dictionaryOf(tables, entities)
    const places = dictionary === undefined ? new Map<string, readonly [number, number]>() : placesIn(dictionary, entities)
    if (share(places) >= FITS)
      return answer("points", drawnPoints(places), "The study has no areas of these entities: each is a point where its dictionary says it is", null)
    const inOrder = [...entities].sort((a, b) => a.localeCompare(b))
    return answer("tiles", drawnTiles(inOrder), "Nothing in the study tells where these entities are: each is a tile, in the order of names", null)
  })
