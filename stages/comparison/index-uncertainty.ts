import { type Fault, many, Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { normalised } from "../../src/econometrics/comparison/index-normalisations.ts"
import { indexUncertainty as uncertaintyOf } from "../../src/econometrics/comparison/index-uncertainty.ts"
import { failTogether } from "../fail-together.ts"
import { attempt } from "../models/attempt.ts"
import { requireVariables } from "../panel-columns.ts"
import { IndicatorWeights, NormalizedPanel } from "../table-types.ts"
import { RankIntervals, Sensitivity } from "./comparison-types.ts"
import { uncertaintyParams } from "./uncertainty-params.ts"

export const IndexUncertaintyParams = Schema.Struct({
  ...uncertaintyParams,
  /** What each of the wired weights is called; the first is what the others are held against. */
  weightings: Schema.Array(Schema.NonEmptyString).check(Schema.isMinLength(1)),
  /** The year whose ranks are compared; without it, the last. Indicators are normalised over all rows. */
  year: Schema.optionalKey(Schema.Int),
  /** Share of an entity's ranks that its interval holds. */
  level: Schema.Finite.check(Schema.isBetween({ minimum: 0.5, maximum: 1 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.9)))
})

/** The one weight of each indicator: pooled, or the mean over scopes. */
const weightsOf = (table: Tracked<typeof IndicatorWeights>): ReadonlyMap<string, number> => {
  const [indicator, scope, weight] = [table.column("indicator").values, table.column("scope").values, table.column("weight").values]
  return new Map(indicator.flatMap((name, row) => (scope[row] === "pooled" || scope[row] === "mean" ? [[name, weight[row]!] as const] : [])))
}

/**
 * Uncertainty and sensitivity analysis of an index (OECD/JRC Handbook 2008, step 7; Saisana, Saltelli and Tarantola 2005): by Monte Carlo over its normalisation, weighting, weights,
 * aggregation and the indicators that it has, where each entity's rank is, and how much of the variance of the average shift in rank each of these makes (first-order and total indices).
 */
export const indexUncertainty = Stage.make("index-uncertainty", {
  inputs: { normalized: NormalizedPanel, weights: many(IndicatorWeights) },
  params: IndexUncertaintyParams,
  output: { entities: RankIntervals, sensitivity: Sensitivity },
  run: ({ normalized, weights }, params) =>
    Effect.gen(function* () {
      if (weights.length !== params.weightings.length)
        return yield* StageFailure.of("wiring", `${weights.length} weights are wired and ${params.weightings.length} are named: name each`, {
          parameter: "weightings"
        })
      const tables = weights.map(weightsOf)
      const indicators = [...tables[0]!.keys()]
      yield* requireVariables(normalized, indicators, "weights")
      const faults = tables.flatMap((table, k): ReadonlyArray<Fault> => {
        const lacking = indicators.filter((name) => !table.has(name))
        const message = `${params.weightings[k]} has no weights for ${lacking.join(", ")}: weightings that are compared are of the same indicators`
        return lacking.length === 0 && table.size === indicators.length ? [] : [{ code: "other-indicators", message, where: { parameter: "weightings" } }]
      })
      const years = normalized.column("year").values
      const year = params.year ?? years.reduce((last, one) => Math.max(last, one), Number.NEGATIVE_INFINITY)
      const rows = [...years.keys()].filter((row) => years[row] === year)
      if (rows.length < 2) {
        const message = `the panel has ${rows.length} entities in ${year}: choose a year that it has`
        faults.push({ code: "no-such-year", message, where: { parameter: "year", year } })
      }
      yield* failTogether(faults)
      const shaken = params.weights
      const perturbation =
        shaken === "fixed"
          ? undefined
          : "relative" in shaken
            ? ({ kind: "relative", share: shaken.relative } as const)
            : ({ kind: "dirichlet", concentration: shaken.dirichlet } as const)
      const inYear = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
      const normalisations = params.normalisations.map((name) => ({
        name,
        indicators: indicators.map((indicator) => {
          // Those of [0, 1] are those of the indicator itself: all three are the same for any scale and origin of it.
          const { linear, positive } = normalised(normalized.column(indicator).values, "positive", name)!
          return { linear: inYear(linear), positive: inYear(positive) }
        })
      }))
      const seed = yield* Stage.seed
      const { entities, sensitivity } = yield* attempt(() =>
        uncertaintyOf(
          {
            normalisations,
            weightings: tables.map((table, k) => ({ name: params.weightings[k]!, weights: Float64Array.from(indicators, (name) => table.get(name)!) })),
            aggregations: params.aggregations,
            ...(perturbation === undefined ? {} : { perturbation }),
            leaveOneOut: params.leaveOneOut
          },
          { seed, samples: params.samples, rankLevel: params.level }
        )
      )
      const orders = sensitivity.indices.flatMap(({ first, firstInterval, input, total, totalInterval }) => [
        { input, order: "first", estimate: first, interval: firstInterval },
        { input, order: "total", estimate: total, interval: totalInterval }
      ])
      const of = (value: (one: (typeof entities)[number]) => number) => Float64Array.from(entities, value)
      return {
        entities: {
          entity: rows.map((row) => normalized.column("entity").values[row]!),
          reference: of(({ reference }) => reference),
          median: of(({ median }) => median),
          mean: of(({ mean }) => mean),
          rank_low: of(({ low }) => low),
          rank_high: of(({ high }) => high),
          best: of(({ best }) => best),
          worst: of(({ worst }) => worst),
          unchanged: of(({ unchanged }) => unchanged)
        },
        sensitivity: {
          input: orders.map(({ input }) => input),
          order: orders.map(({ order }) => order),
          estimate: Float64Array.from(orders, ({ estimate }) => estimate),
          conf_low: Float64Array.from(orders, ({ interval }) => interval[0]),
          conf_high: Float64Array.from(orders, ({ interval }) => interval[1])
        }
      }
    })
})
