import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { effectsByOrder as byOrder } from "../../src/econometrics/spatial/effects/effects-by-order.ts"
import { spatialMl } from "../../src/econometrics/spatial/models/spatial-ml.ts"
import { OrderEffects, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { effectColumns } from "./effects-table.ts"
import { fitParams, mlOptions, modelName } from "./spatial-fit-params.ts"
import { readSpatialModel } from "./spatial-inputs.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const EffectsByOrderParams = Schema.Struct({
  ...fitParams,
  /** The regressors whose effects are given; by default all. */
  of: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  /** The highest order of neighbours. */
  orders: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 50 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(5)))
})

/**
 * Direct, indirect and total effects of a spatial model (as `spatial-model` estimates it) by order of neighbour, each alone and cumulated, with standard errors by
 * the delta method: how far spillovers reach, and how fast the sums come near the whole effects.
 */
export const effectsByOrder = Stage.make("effects-by-order", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: EffectsByOrderParams,
  output: OrderEffects,
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialModel(panel, links, params)
      const { effects, fit } = yield* attempt(() => {
        const fitted = spatialMl(model, mlOptions(params))
        return { fit: fitted, effects: byOrder(fitted, { of: params.of, orders: params.orders, level: params.level }) }
      })
      yield* warnAll(fit.warnings)
      return {
        ...effectColumns(effects),
        order: Int32Array.from(effects, ({ order }) => order),
        cumulated: Uint8Array.from(effects, ({ cumulated }) => (cumulated ? 1 : 0)),
        model: effects.map(() => modelName(fit))
      }
    })
})
