import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { type IntervalKind, summarise } from "../src/econometrics/bootstrap-interval.ts"
import { effectName } from "../src/econometrics/effect.ts"
import { inferenceParams } from "./models/model-params.ts"
import { Effects, Replicates } from "./table-types.ts"

export const BootstrapParams = Schema.Struct({
  /** Quantiles of the replicates, or those moved by the share of replicates below the estimate. */
  interval: Schema.Literals(["percentile", "bias-corrected"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("bias-corrected" as const))),
  level: inferenceParams.level,
  /** How quantiles are read between order statistics (Hyndman and Fan's types). */
  quantile: Schema.Literals([6, 7]).pipe(Schema.withDecodingDefaultKey(Effect.succeed(6 as const)))
})

const methodName = (kind: IntervalKind, used: number, all: number): string =>
  `pairs cluster bootstrap, ${kind}, ${used === all ? all : `${used} of ${all}`} replicates`

/** Standard errors and confidence intervals of effects from blocks of their replicates. Replicates with a singular design are counted and told. */
export const bootstrap = Stage.make("bootstrap", {
  inputs: { replicates: many(Replicates), effects: Effects },
  params: BootstrapParams,
  output: Effects,
  run: ({ effects, replicates }, { interval, level, quantile }) =>
    Effect.gen(function* () {
      const numbers = replicates.flatMap((block) => [...block.column("replicate").values])
      if (numbers.length < 2) return yield* StageFailure.of("too-few-replicates", `there are ${numbers.length} replicates: an interval needs two at least`)
      if (new Set(numbers).size < numbers.length)
        return yield* StageFailure.of(
          "overlapping-blocks",
          "some replicates are in two blocks: give each block its own `from`, the sum of the counts before it",
          {
            parameter: "replicates"
          }
        )
      const term = effects.column("term").values
      const effect = effects.column("effect").values
      const estimate = effects.column("estimate").values
      const names = term.map((name, i) => effectName({ term: name, effect: effect[i] as "direct" | "indirect" | "total" }))
      const absent = names.filter((name) => replicates.some((block) => !block.has(name)))
      if (absent.length > 0)
        return yield* StageFailure.of(
          "no-replicates",
          `the replicates lack ${absent.map((name) => `"${name}"`).join(", ")}: they and the effects must come from the same model, moderator and percentiles`,
          { parameter: "replicates" }
        )
      const summaries = names.map((name, i) =>
        summarise(Float64Array.from(replicates.flatMap((block) => [...block.column(name).values])), estimate[i]!, interval, level, quantile)
      )
      const singular = Math.max(...summaries.map((summary) => summary.singular))
      if (singular > 0)
        yield* Stage.warn({
          code: "singular-replicates",
          message: `${singular} of ${numbers.length} resamples have a singular design (a regressor that the others explain) and no estimates; the intervals rest on the other ${numbers.length - singular}`
        })
      const missing = names.filter((_, i) => summaries[i]!.interval === undefined)
      if (missing.length > 0)
        yield* Stage.warn({
          code: "no-interval",
          message: `no ${interval} interval for ${missing.join(", ")}: all replicates lie on one side of the estimate`
        })
      return {
        term,
        effect,
        estimate,
        std_error: Float64Array.from(summaries, ({ stdError }) => stdError),
        statistic: new Float64Array(names.length).fill(Number.NaN),
        p_value: new Float64Array(names.length).fill(Number.NaN),
        conf_low: Float64Array.from(summaries, (summary) => summary.interval?.[0] ?? Number.NaN),
        conf_high: Float64Array.from(summaries, (summary) => summary.interval?.[1] ?? Number.NaN),
        method: summaries.map((summary) => methodName(interval, summary.replicates, numbers.length))
      }
    })
})
