import { Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { nest, rowStandardize } from "../src/econometrics/weights.ts"
import { inverseDistance } from "../src/econometrics/weights-distance.ts"
import { inverseGap } from "../src/econometrics/weights-economic.ts"
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
  const unknown = entities.filter((entity) => !row.has(entity))
  if (unknown.length > 0)
    return Effect.fail(
      StageFailure.of(
        "unlocated-entity",
        `these entities of the panel are not among the entities with coordinates: ${unknown.map((name) => `"${name}"`).join(", ")}; add them there`
      )
    )
  const at = (values: Float64Array) => Float64Array.from(entities, (entity) => values[row.get(entity)!]!)
  return attempt(() => inverseDistance(entities, at(latitude), at(longitude)))
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
 * Spatial weights between the panel's entities: zero diagonal, sorted. A panel's entity without coordinates, two entities at one point, two equal
 * economies and a missing value of `economy` are faults that name them.
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
