import { Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { nest, rowStandardize } from "../src/econometrics/weights.ts"
import { inverseDistance } from "../src/econometrics/weights-distance.ts"
import { inverseGap } from "../src/econometrics/weights-economic.ts"
import { attempt } from "./models/attempt.ts"
import { weightsTable } from "./spatial-weights-table.ts"
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
  standardize: Schema.Literals(["row", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("row" as const)))
}).check(
  Schema.makeFilter(({ kind, economy }) =>
    kind !== "geographic" && economy === undefined
      ? { path: ["economy"], issue: `${kind} weights need the panel's variable that measures how far apart two economies are (GDP per head, say)` }
      : undefined
  )
)

/** The panel's entities, in order: the weights cover exactly them. */
const entitiesOf = (panel: Tracked<typeof Panel>): ReadonlyArray<string> => [...new Set(panel.column("entity").values)].sort()

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

const economic = (entities: ReadonlyArray<string>, panel: Tracked<typeof Panel>, economy: string) => {
  const entity = panel.column("entity").values
  const year = panel.column("year").values
  const { values } = panel.column(economy)
  const place = new Map(entities.map((name, i) => [name, i]))
  const sum = new Float64Array(entities.length)
  const years = new Int32Array(entities.length)
  const missing: Array<{ readonly code: string; readonly message: string; readonly where: { entity: string; year: number; column: string } }> = []
  for (let row = 0; row < values.length; row++) {
    const i = place.get(entity[row]!)!
    if (Number.isNaN(values[row]))
      missing.push({
        code: "missing-value",
        message: `economic weights take the mean of ${economy} over the years; it is missing for "${entity[row]}" in ${year[row]}: fill it in or leave the year out`,
        where: { entity: entity[row]!, year: year[row]!, column: economy }
      })
    sum[i]! += values[row]!
    years[i]!++
  }
  if (missing.length > 0) return Effect.fail(new StageFailure({ faults: [missing[0]!, ...missing.slice(1)] }))
  return attempt(() =>
    inverseGap(
      entities,
      sum.map((total, i) => total / years[i]!),
      economy
    )
  )
}

/**
 * Spatial weights between the panel's entities: zero diagonal, sorted. A panel's entity without coordinates, two entities at one point, two equal
 * economies and a missing value of `economy` are faults that name them.
 */
export const spatialWeights = Stage.make("spatial-weights", {
  inputs: { entities: Entities, panel: Panel },
  params: SpatialWeightsParams,
  output: SpatialWeights,
  run: ({ entities: dictionary, panel }, { kind, economy = "", phi, standardize }) =>
    Effect.gen(function* () {
      const entities = entitiesOf(panel)
      const standardized = (weights: Parameters<typeof rowStandardize>[0]) => (standardize === "row" ? rowStandardize(weights) : weights)
      if (kind === "geographic") return weightsTable(standardized(yield* geographic(entities, dictionary)), "geographic: 1/distance", standardize)
      if (kind === "economic")
        return weightsTable(standardized(yield* economic(entities, panel, economy)), `economic: 1/|difference of ${economy}|`, standardize)
      const near = rowStandardize(yield* geographic(entities, dictionary))
      const alike = rowStandardize(yield* economic(entities, panel, economy))
      return weightsTable(standardized(nest(near, alike, phi)), `nested: ${phi} geographic + ${1 - phi} economic (${economy})`, standardize)
    })
})
