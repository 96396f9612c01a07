import { File, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { polygonContiguity } from "../src/econometrics/spatial/weights/polygon-contiguity.ts"
import { readShapes } from "../src/econometrics/spatial/weights/shapes.ts"
import { entityNames } from "./ingest/entity-names.ts"
import { decodeUtf8 } from "./ingest/utf8-text.ts"
import { entitiesOf } from "./spatial-weights-table.ts"
import { Entities, Panel, SpatialWeights } from "./table-types.ts"
import { borderList } from "./weights/border-list.ts"
import { ofThePanel, readSource } from "./weights/source-weights.ts"
import { finished, standardizeParams } from "./weights/standardize-params.ts"

const ContiguityParams = Schema.Struct({
  /** Columns of the entities' dictionary with further names that the file may use. */
  aliases: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>))),
  /** Of areas: queen, one corner in common; rook, more than one. */
  criterion: Schema.Literals(["queen", "rook"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("queen" as const))),
  /** Of areas: how far apart corners may be to count as one, in the unit of the coordinates; spdep's 1.5e-8 where it is not given. */
  snap: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))),
  /** Of areas: the property with their names; their own `id` where it is not given. */
  id: Schema.optionalKey(Schema.NonEmptyString),
  /** Of a TopoJSON file with several objects: the one to take. */
  object: Schema.optionalKey(Schema.NonEmptyString),
  ...standardizeParams
})

/**
 * Weights of 1 between neighbours over the panel's entities: from a list of borders, a CSV file with the columns `from` and `to` in which a border counts both ways,
 * listed once or twice; or from areas, a GeoJSON FeatureCollection or a TopoJSON file (.geojson, .topojson, .json), whose neighbours have corners in common. In a list
 * a name that is no entity is a fault; areas that the dictionary does not know are left out and told, and an entity of the panel without an area is a fault.
 * So is an island, unless allowed.
 */
export const contiguityWeights = Stage.make("contiguity-weights", {
  inputs: { source: File, entities: Entities, panel: Panel },
  params: ContiguityParams,
  output: SpatialWeights,
  run: ({ source, entities: dictionary, panel }, params) =>
    Effect.gen(function* () {
      const { aliases, allowIslands, criterion, id, object, snap } = params
      const names = yield* entityNames(dictionary, aliases)
      const entities = entitiesOf(panel)
      if (!/\.(geojson|topojson|json)$/i.test(source.path)) {
        const weights = yield* borderList(source, names, entities, allowIslands)
        return yield* finished(weights, "contiguity", params, "in the list", "add their neighbours")
      }
      const text = yield* decodeUtf8(source)
      const touching = yield* readSource(source, () => {
        const shapes = readShapes(text, { ...(id === undefined ? {} : { id }), ...(object === undefined ? {} : { object }) })
        return polygonContiguity(shapes, { criterion, allowIslands: true, ...(snap === undefined ? {} : { snap }) })
      })
      const weights = yield* ofThePanel(source.path, touching, names, entities, "fault")
      const kind = `contiguity: ${criterion}${snap === undefined ? "" : `, snap ${snap}`}`
      return yield* finished(weights, kind, params, `that they touch in ${source.path}`, "widen snap where borders do not quite meet")
    })
})
