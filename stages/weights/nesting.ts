import type { StageFailure, Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { inverseGap } from "../../src/econometrics/spatial/weights/economic-distance.ts"
import { nest, nestDiagonal, nestProduct } from "../../src/econometrics/spatial/weights/nesting.ts"
import { rowStandardize, type WeightsMatrix } from "../../src/econometrics/spatial/weights/weights-matrix.ts"
import { failTogether } from "../fail-together.ts"
import { attempt } from "../models/attempt.ts"
import { missingValues, requireVariables } from "../panel-columns.ts"
import type { Panel } from "../table-types.ts"

/** How geographic weights are nested with economic ones. */
export const nestingParams = {
  /** convex: phi W + (1 - phi) E, both row-standardised; diagonal: W diag(g_j/mean g); product: W .* E; E = 1/|g_i - g_j|. */
  nesting: Schema.Literals(["convex", "diagonal", "product"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("convex" as const))),
  phi: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.5)))
}
const nestings = Schema.Struct(nestingParams)
type NestingParams = typeof nestings.Type

/** The mean over the years of a variable, by entity. */
export const meansOf = (entities: ReadonlyArray<string>, panel: Tracked<typeof Panel>, economy: string): Effect.Effect<Float64Array, StageFailure> =>
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
    return sum.map((total, i) => total / years[i]!)
  })

/** 1/|g_i - g_j|, g the mean over the years of the panel's variable. */
export const economicWeights = (entities: ReadonlyArray<string>, panel: Tracked<typeof Panel>, economy: string): Effect.Effect<WeightsMatrix, StageFailure> =>
  Effect.flatMap(meansOf(entities, panel, economy), (g) => attempt(() => inverseGap(entities, g, economy)))

/** Weights nested with the panel's variable, not standardised anew, and in words how they were made. `words` say how the weights were. */
export const nestedWeights = (
  { nesting, phi }: NestingParams,
  weights: WeightsMatrix,
  words: string,
  panel: Tracked<typeof Panel>,
  economy: string
): Effect.Effect<{ readonly weights: WeightsMatrix; readonly words: string }, StageFailure> =>
  Effect.gen(function* () {
    const { entities } = weights
    if (nesting !== "convex") {
      const g = yield* meansOf(entities, panel, economy)
      return nesting === "diagonal"
        ? { weights: yield* attempt(() => nestDiagonal(weights, g, economy)), words: `nested: ${words} x diagonal (${economy} over its mean)` }
        : {
            // Only pairs that the weights link count, so that of others nothing is asked.
            weights: yield* attempt(() => nestProduct(weights, inverseGap(entities, g, economy, weights))),
            words: `nested: ${words} times economic (${economy}), by element`
          }
    }
    const alike = yield* economicWeights(entities, panel, economy)
    return {
      weights: nest(rowStandardize(weights), rowStandardize(alike), phi),
      words: `nested: ${phi} ${words} + ${Number((1 - phi).toPrecision(12))} economic (${economy})`
    }
  })
