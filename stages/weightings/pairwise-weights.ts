import { type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { analyticHierarchy, comparisonFaults } from "../../src/econometrics/measurement/analytic-hierarchy.ts"
import { failTogether } from "../fail-together.ts"
import { IndicatorWeights, NormalizedPanel } from "../table-types.ts"
import { weighIndicators, weightingParams } from "./weigh-indicators.ts"

const most = 0.1

/**
 * Weights of the analytic hierarchy process (Saaty 1977) from pairwise comparisons of the indicators, over all and, by the comparisons among its own, within
 * each dimension. A consistency ratio above 0.1 is a warning (`inconsistent-comparisons`).
 */
export const pairwiseWeights = Stage.make("pairwise-weights", {
  inputs: { normalized: NormalizedPanel },
  params: Schema.Struct({
    indicators: weightingParams.indicators,
    /** Row i, column j: how many times as important indicator i is as indicator j, both in the set's order. */
    comparisons: Schema.Array(Schema.Array(Schema.Finite))
  }),
  output: IndicatorWeights,
  run: ({ normalized }, { comparisons, indicators }) =>
    Effect.gen(function* () {
      const where = { parameter: "comparisons" }
      const wrong = comparisonFaults(comparisons).map((message): Fault => ({ code: "bad-comparisons", message: `comparisons: ${message}`, where }))
      if (comparisons.length !== indicators.length) {
        const message = `comparisons: ${comparisons.length} rows for ${indicators.length} indicators: give a row and a column for each, in the set's order`
        wrong.push({ code: "bad-comparisons", message, where })
      }
      yield* failTogether(wrong)
      const place = new Map(indicators.map(({ name }, i) => [name, i]))
      const among = (names: ReadonlyArray<string>) => {
        const at = names.map((name) => place.get(name)!)
        return analyticHierarchy(at.map((i) => at.map((j) => comparisons[i]![j]!)))
      }
      const { consistencyRatio } = among(indicators.map(({ name }) => name))
      if (consistencyRatio > most) {
        const message = `the comparisons contradict each other: their consistency ratio is ${consistencyRatio.toFixed(3)}, above ${most}: look at them again`
        yield* Stage.warn({ code: "inconsistent-comparisons", message, where })
      }
      return yield* weighIndicators(
        normalized,
        { indicators, scope: "pooled" },
        { method: "AHP", weighsConstants: true, weigh: (_, members) => among(members.map(({ name }) => name)).weights }
      )
    })
})
