import { type Fault, File, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { readShapes } from "../src/econometrics/spatial/weights/shapes.ts"
import { failTogether } from "./fail-together.ts"
import { entityNames } from "./ingest/entity-names.ts"
import { decodeUtf8 } from "./ingest/utf8-text.ts"
import { byText } from "./key-order.ts"
import { Areas } from "./maps/areas-type.ts"
import { Entities } from "./table-types.ts"
import { readSource } from "./weights/source-weights.ts"

const AreasParams = Schema.Struct({
  /** Columns of the entities' dictionary with further names that the file may use. */
  aliases: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>))),
  /** The property of the areas with their names; their own `id` where it is not given. */
  id: Schema.optionalKey(Schema.NonEmptyString),
  /** Of a TopoJSON file with several objects: the one to take. */
  object: Schema.optionalKey(Schema.NonEmptyString),
  /** What maps say of their source: "Natural Earth, public domain"; what the file has as `attribution` without it. */
  credit: Schema.optionalKey(Schema.String)
})

const attributionOf = (text: string): string => {
  const { attribution } = JSON.parse(text.replace(/^\uFEFF/, "")) as { readonly attribution?: unknown }
  return typeof attribution === "string" ? attribution : ""
}

/**
 * The areas of the dictionary's entities from a GeoJSON FeatureCollection or a TopoJSON file, in longitude and latitude, for maps. Areas that the dictionary does not know
 * are left out, and entities that have none are told, by name; a name of two entities, two areas of one, and coordinates that are no degrees are faults, all together.
 */
export const areas = Stage.make("areas", {
  inputs: { source: File, entities: Entities },
  params: AreasParams,
  output: Areas,
  run: ({ entities: dictionary, source }, { aliases, credit, id, object }) =>
    Effect.gen(function* () {
      const { path } = source
      const names = yield* entityNames(dictionary, aliases)
      const text = yield* decodeUtf8(source)
      const shapes = yield* readSource(source, () => readShapes(text, { ...(id === undefined ? {} : { id }), ...(object === undefined ? {} : { object }) }))
      const faults: Array<Fault> = []
      const found = new Map<string, (typeof shapes)[number]>()
      const unknown: Array<string> = []
      for (const shape of shapes) {
        const [entity, ...others] = names.named(shape.id)
        const where = { file: path, value: shape.id }
        if (entity === undefined) unknown.push(shape.id)
        else if (others.length > 0)
          faults.push({
            code: "ambiguous-entity",
            message: `${path}: "${shape.id}" is a name of ${[entity, ...others].join(" and ")}; name one of them`,
            where
          })
        else if (found.has(entity))
          faults.push({
            code: "entity-twice",
            message: `${path}: "${found.get(entity)!.id}" and "${shape.id}" are both ${entity}; make one MultiPolygon of both`,
            where
          })
        else found.set(entity, shape)
        const beyond = shape.rings.some((ring) => ring.some((degrees, i) => Math.abs(degrees) > (i % 2 === 0 ? 180 : 90)))
        if (beyond && entity !== undefined)
          faults.push({
            code: "no-degrees",
            message: `${path}: "${shape.id}" has coordinates that are no longitude and latitude in degrees; save the file unprojected (WGS 84)`,
            where
          })
      }
      if (found.size === 0) {
        const advice = unknown.map((name) => names.elsewhere(name)?.advice).find((one) => one !== undefined)
        const message = `${path}: none of its ${shapes.length} areas has the name of an entity; ${advice ?? "say with id which property has the names, or with aliases which columns of the dictionary have others"}`
        faults.push({ code: "no-entity", message: `${message}. It has ${few(unknown)}`, where: { file: path } })
      }
      yield* failTogether(faults)
      const lacking = names.entities.filter((entity) => !found.has(entity))
      if (lacking.length > 0) {
        const advice = unknown.flatMap((name) => names.elsewhere(name)?.advice ?? [])[0]
        const message = `${path}: without an area there, and so not on maps: ${few(lacking)}${advice === undefined ? "" : `; ${advice}`}`
        yield* Stage.warn({ code: "lacking-areas", message, where: { file: path } })
      }
      if (unknown.length > 0)
        yield* Stage.warn({
          code: "unknown-areas",
          message: `${path}: ${unknown.length === 1 ? "1 area is" : `${unknown.length} areas are`} of no entity of the dictionary and left out: ${few(unknown)}`,
          where: { file: path }
        })
      const ordered = [...found].sort(([a], [b]) => byText(a, b))
      const vertices = ordered
        .flatMap(([entity, { rings }]) => rings.map((ring) => ({ entity, ring })))
        .flatMap(({ entity, ring }, number) =>
          Array.from({ length: ring.length / 2 }, (_, k) => ({ entity, number, longitude: ring[2 * k]!, latitude: ring[2 * k + 1]! }))
        )
      const told = credit ?? attributionOf(text)
      return {
        entity: vertices.map(({ entity }) => entity),
        ring: Int32Array.from(vertices, ({ number }) => number),
        longitude: Float64Array.from(vertices, ({ longitude }) => longitude),
        latitude: Float64Array.from(vertices, ({ latitude }) => latitude),
        credit: vertices.map(() => told)
      }
    })
})

const listed = 10
const few = (names: ReadonlyArray<string>): string =>
  `${names
    .slice(0, listed)
    .map((name) => `"${name}"`)
    .join(", ")}${names.length > listed ? ` and ${names.length - listed} more` : ""}`
