import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { geometricScore } from "../../src/econometrics/measurement/geometric-score.ts"
import { IndicatorWeights, NormalizedPanel, Panel } from "../table-types.ts"
import { aggregationParams, combineIndicators } from "./combine-indicators.ts"

/**
 * The composite index and its sub-indices as weighted geometric means of the normalised values, 0 to 100. Min-max makes the lowest value of every indicator 0,
 * and with it the row's score: columns with such rows are told (`zero-scores`), unless a shift is added.
 */
export const geometricIndex = Stage.make("geometric-index", {
  inputs: { normalized: NormalizedPanel, weights: IndicatorWeights },
  params: Schema.Struct({
    ...aggregationParams,
    /** Added to every normalised value, which is then divided by 1 + shift, so that 1 stays 1. */
    shift: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
  }),
  output: Panel,
  run: ({ normalized, weights }, params) =>
    Effect.gen(function* () {
      const index = yield* combineIndicators(normalized, weights, params, {
        score: (members, _groups, rows) => geometricScore(members, rows, params.shift),
        description: `100 * geometric mean of normalised values${params.shift === 0 ? "" : ` shifted by ${params.shift}`}, weighted`
      })
      for (const name of [params.index, ...params.dimensions.map((dimension) => dimension.name)]) {
        const zeros = Array.from(index.rest.get(name)!.values as Float64Array).filter((score) => score === 0).length
        if (zeros === 0) continue
        const message = `${name} is 0 in ${zeros} of ${index.entity.length} rows, an indicator with weight being 0 there: set "shift" (0.01, say) to keep them apart`
        yield* Stage.warn({ code: "zero-scores", message, where: { column: name } })
      }
      return index
    })
})
