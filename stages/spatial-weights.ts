import { type Fault, Stage, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { inverseGap } from "../src/econometrics/spatial/weights/economic-distance.ts"
import { inverseDistance } from "../src/econometrics/spatial/weights/inverse-distance.ts"
import { nest } from "../src/econometrics/spatial/weights/nesting.ts"
import { rowStandardize } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { failTogether } from "./fail-together.ts"
import { attempt } from "./models/attempt.ts"
import { missingValues, requireVariables } from "./panel-columns.ts"
import { entitiesOf, linksTable } from "./spatial-weights-table.ts"
import { Entities, Panel, SpatialWeights } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

/**
 * geographic: 1/d, d the great-circle distance in km between the entities' coordinates. economic: 1/|g_i - g_j|, g the mean over the years of
 * the panel's variable `economy`. nested: phi W_geographic + (1 - phi) W_economic, both row-standardised.
 */
const Kind = Schema.Literals(["geographic", "economic", "nested"])

const SpatialWeightsParams = Schema.Struct({
  kind: Kind.pipe(Schema.withDecodingDefaultKey(Effect.succeed("nested" as const))),
  economy: Schema.optionalKey(VariableName),
  phi: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.5))),
  standardise: Schema.Literals(["row", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("row" as const)))
}).check(
  Schema.makeFilter(({ kind, economy }) =>
    kind !== "geographic" && economy === undefined
      ? { path: ["economy"], issue: `${kind} weights need the panel's variable that measures how far apart two economies are (GDP per head, say)` }
      : undefined
  )
)

const geographic = (entities: ReadonlyArray<string>, dictionary: Tracked<typeof Entities>) => {
  const names = dictionary.column("entity").values
  const latitude = dictionary.column("latitude").values
  const longitude = dictionary.column("longitude").values
  const row = new Map(names.map((name, i) => [name, i]))
  const quoted = (names: ReadonlyArray<string>) => names.map((name) => `"${name}"`).join(", ")
  const unknown = entities.filter((entity) => !row.has(entity))
  const unlocated = entities.filter((entity) => {
    const i = row.get(entity)
    return i !== undefined && (Number.isNaN(latitude[i]!) || Number.isNaN(longitude[i]!))
  })
  const faults: Array<Fault> = []
  if (unknown.length > 0)
    faults.push({
      code: "unknown-entity",
      message: `these entities of the panel are not in the dictionary of entities: ${quoted(unknown)}; add them there, with their coordinates`
    })
  if (unlocated.length > 0)
    faults.push({
      code: "unlocated-entity",
      message: `distances need coordinates, which these entities of the panel do not have: ${quoted(unlocated)}; write latitude and longitude in decimal degrees into the file of the stage entities (parameters latitude and longitude name their columns where they have other headers), or take weights without distances: kind "economic", or the stage contiguity-weights`
    })
  const at = (values: Float64Array) => Float64Array.from(entities, (entity) => values[row.get(entity)!]!)
  return Effect.andThen(
    failTogether(faults),
    attempt(() => inverseDistance(entities, at(latitude), at(longitude)))
  )
}

const economic = (entities: ReadonlyArray<string>, panel: Tracked<typeof Panel>, economy: string) =>
  Effect.gen(function* () {
    yield* requireVariables(panel, [economy], "economy")
    const entity = panel.column("entity").values
    const { values } = panel.column(economy)
    yield* failTogether(missingValues(economy, values, entity, panel.column("year").values, "the mean over the years that economic weights take"))
    const place = new Map(entities.map((name, i) => [name, i]))
    const sum = new Float64Array(entities.length)
    const years = new Int32Array(entities.length)
    for (let row = 0; row < values.length; row++) {
      const i = place.get(entity[row]!)!
      sum[i]! += values[row]!
      years[i]!++
    }
    const g = sum.map((total, i) => total / years[i]!)
    return yield* attempt(() => inverseGap(entities, g, economy))
  })

/**
 * Spatial weights between the panel's entities: zero diagonal, sorted. An entity of the panel without coordinates (where distances are taken), two
 * entities at one point, two equal economies and a missing value of `economy` are faults that name them.
 */
export const spatialWeights = Stage.make("spatial-weights", {
  inputs: { entities: Entities, panel: Panel },
  params: SpatialWeightsParams,
  output: SpatialWeights,
  run: ({ entities: dictionary, panel }, { kind, economy = "", phi, standardise }) =>
    Effect.gen(function* () {
      const entities = entitiesOf(panel)
      const standardised = (weights: Parameters<typeof rowStandardize>[0]) => (standardise === "row" ? rowStandardize(weights) : weights)
      if (kind === "geographic") return linksTable(standardised(yield* geographic(entities, dictionary)), "geographic: 1/distance", standardise)
      if (kind === "economic") return linksTable(standardised(yield* economic(entities, panel, economy)), `economic: 1/|difference of ${economy}|`, standardise)
      const near = rowStandardize(yield* geographic(entities, dictionary))
      const alike = rowStandardize(yield* economic(entities, panel, economy))
      return linksTable(
        standardised(nest(near, alike, phi)),
        `nested: ${phi} geographic + ${Number((1 - phi).toPrecision(12))} economic (${economy})`,
        standardise
      )
    })
})
