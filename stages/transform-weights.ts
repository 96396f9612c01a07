import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { neighboursOfOrder, SYMMETRIES, symmetrize, weightsPower, withoutDiagonal } from "../src/econometrics/spatial/weights/higher-order.ts"
import type { WeightsMatrix } from "../src/econometrics/spatial/weights/weights-matrix.ts"
import { attempt } from "./models/attempt.ts"
import { entitiesIn, kindOf, readWeights } from "./spatial-weights-table.ts"
import { SpatialWeights } from "./table-types.ts"
import { finished, standardizeParams } from "./weights/standardize-params.ts"

const TransformWeightsParams = Schema.Struct({
  /** either: linked where one side links the other, by the larger weight; both: where both do, by the lesser; mean: by the mean of the two. */
  symmetric: Schema.optionalKey(Schema.Literals(SYMMETRIES)),
  /** The neighbours of an order, each by the weight 1: to whom the shortest path has so many links; `cumulated`: at most so many. */
  order: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
  cumulated: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))),
  /** W to this power, its diagonal left out. */
  power: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(2))),
  ...standardizeParams
}).check(
  Schema.makeFilter(({ cumulated, order, power }) => [
    ...(order !== undefined && power !== undefined
      ? [{ path: ["power"], issue: "it is another thing than the neighbours of an order: give one of the two" }]
      : []),
    ...(cumulated && order === undefined ? [{ path: ["cumulated"], issue: "it goes with order alone" }] : [])
  ])
)

/** Other weights from weights: made symmetric, of higher order or to a power, in this order, and standardised anew. */
export const transformWeights = Stage.make("transform-weights", {
  inputs: { weights: SpatialWeights },
  params: TransformWeightsParams,
  output: SpatialWeights,
  run: ({ weights: table }, params) =>
    Effect.gen(function* () {
      const { cumulated, order, power, symmetric } = params
      const words = [kindOf(table)]
      let weights: WeightsMatrix = yield* readWeights(table, entitiesIn(table))
      if (symmetric !== undefined) {
        weights = symmetrize(weights, symmetric)
        words.push(`symmetric (${symmetric})`)
      }
      if (order !== undefined) {
        weights = yield* attempt(() => neighboursOfOrder(weights, order, cumulated))
        words.push(`neighbours of order ${order}${cumulated ? " or less" : ""}`)
      }
      if (power !== undefined) {
        weights = yield* attempt(() => withoutDiagonal(weights.entities, weightsPower(weights, power)))
        words.push(`power ${power} without its diagonal`)
      }
      return yield* finished(weights, words.join("; "), params, "in the transformed weights", "take another order")
    })
})
