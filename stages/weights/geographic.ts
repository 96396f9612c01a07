import { didYouMean, type Fault, Stage, type StageFailure, type Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import { distanceBand, distanceWeights, nearestNeighbours, noIslandDistance } from "../../src/econometrics/spatial/weights/distance-weights.ts"
import type { Points } from "../../src/econometrics/spatial/weights/points.ts"
import type { WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { failTogether } from "../fail-together.ts"
import { attempt } from "../models/attempt.ts"
import type { Entities } from "../table-types.ts"
import { type DistanceParams, decayOf, distanceWords } from "./distance-params.ts"

type Dictionary = Tracked<typeof Entities>

const listed = 20
const quoted = (names: ReadonlyArray<string>): string => {
  const more = names.length > listed ? ` and ${names.length - listed} more` : ""
  return `${names
    .slice(0, listed)
    .map((name) => `"${name}"`)
    .join(", ")}${more}`
}

const unknownEntities = (unknown: ReadonlyArray<string>): ReadonlyArray<Fault> =>
  unknown.length === 0
    ? []
    : [
        {
          code: "unknown-entity",
          message: `these entities of the panel are not in the dictionary of entities: ${quoted(unknown)}; add them there, with their coordinates`
        }
      ]

/** The coordinates of latitude and longitude of all entities, or which lack them. */
const onTheGlobe = (entities: ReadonlyArray<string>, dictionary: Dictionary, row: ReadonlyMap<string, number>, metric: "great-circle" | "ellipsoid") => {
  const latitude = dictionary.column("latitude").values
  const longitude = dictionary.column("longitude").values
  const unlocated = entities.filter((entity) => {
    const i = row.get(entity)
    return i !== undefined && (Number.isNaN(latitude[i]!) || Number.isNaN(longitude[i]!))
  })
  const faults: ReadonlyArray<Fault> =
    unlocated.length === 0
      ? []
      : [
          {
            code: "unlocated-entity",
            message: `distances need coordinates, which these entities of the panel do not have: ${quoted(unlocated)}; write latitude and longitude in decimal degrees into the file of the stage entities (parameters latitude and longitude name their columns where they have other headers), or take weights without distances: kind "economic", or the stage contiguity-weights`
          }
        ]
  const at = (values: Float64Array) => Float64Array.from(entities, (entity) => values[row.get(entity) ?? -1] ?? Number.NaN)
  return { faults, points: { metric, latitude: at(latitude), longitude: at(longitude) } satisfies Points }
}

/** The dictionary's columns `x` and `y` of all entities as numbers, or what is wrong with them. */
const inThePlane = (
  entities: ReadonlyArray<string>,
  dictionary: Dictionary,
  row: ReadonlyMap<string, number>,
  names: { readonly x: string; readonly y: string }
) => {
  const faults: Array<Fault> = []
  const [x, y] = (["x", "y"] as const).map((axis) => {
    const name = names[axis]
    if (!dictionary.has(name)) {
      faults.push({
        code: "unknown-column",
        message: `${axis}: the dictionary of entities has no column "${name}"; ${didYouMean(name, dictionary.names)}its columns are: ${dictionary.names.join(", ")}`,
        where: { parameter: axis, value: name }
      })
      return new Float64Array()
    }
    const { values } = dictionary.column(name)
    return Float64Array.from(entities, (entity) => {
      const cell = values[row.get(entity) ?? -1]
      const value = typeof cell === "number" ? cell : cell === undefined || cell.trim() === "" ? Number.NaN : Number(cell)
      if (cell !== undefined && !Number.isFinite(value))
        faults.push({
          code: "unlocated-entity",
          message: `${axis}: found "${cell}" for ${entity} in the dictionary's column "${name}", expected a number; correct it in the file of the stage entities`,
          where: { entity, column: name, parameter: axis }
        })
      return value
    })
  })
  return { faults, points: { metric: "planar", x: x!, y: y! } satisfies Points }
}

/** Weights by distance, not standardised, and in words how they were made. Ties among the nearest are a warning. */
export const geographicWeights = (
  entities: ReadonlyArray<string>,
  dictionary: Dictionary,
  params: DistanceParams,
  allowIslands: boolean
): Effect.Effect<{ readonly weights: WeightsMatrix; readonly words: string }, StageFailure> =>
  Effect.gen(function* () {
    const { distance, from = 0, k, neighbours, x = "", y = "" } = params
    const row = new Map(dictionary.column("entity").values.map((name, i) => [name, i]))
    const unknown = unknownEntities(entities.filter((entity) => !row.has(entity)))
    const { faults, points } = distance === "planar" ? inThePlane(entities, dictionary, row, { x, y }) : onTheGlobe(entities, dictionary, row, distance)
    yield* failTogether([...unknown, ...faults])
    const decay = decayOf(params)
    if (neighbours === "all") return { weights: yield* attempt(() => distanceWeights(entities, points, decay)), words: distanceWords(params, undefined) }
    if (neighbours === "nearest") {
      const weights = yield* attempt(() => nearestNeighbours(entities, points, k!, decay))
      if (weights.tied.length > 0)
        yield* Stage.warn({
          code: "tied-neighbours",
          message: `${weights.tied.length === 1 ? "1 entity has" : `${weights.tied.length} entities have`} others as far away as the last of the ${k} nearest, and who comes first by name is taken: ${quoted(weights.tied)}`
        })
      return { weights, words: distanceWords(params, undefined) }
    }
    const to = typeof params.to === "number" ? params.to : yield* attempt(() => noIslandDistance(entities, points))
    return { weights: yield* attempt(() => distanceBand(entities, points, { from, to }, decay, allowIslands)), words: distanceWords(params, to) }
  })
