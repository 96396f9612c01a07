import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { type IntervalKind, summarise } from "../src/econometrics/bootstrap/bootstrap-interval.ts"
import { type EffectKind, effectName } from "../src/econometrics/mediation/effect.ts"
import { inferenceParams } from "./models/model-params.ts"
import { isJackknife, isSpatialBootstrap, jackknifeOf, studentisedName } from "./resampling-names.ts"
import { Effects, Replicates } from "./table-types.ts"

export const BootstrapParams = Schema.Struct({
  /** Quantiles of the replicates; moved by the share of replicates below the estimate; by the acceleration too; or of the studentised replicates. */
  interval: Schema.Literals(["percentile", "bias-corrected", "bca", "studentised"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("bias-corrected" as const))
  ),
  level: inferenceParams.level,
  /** How quantiles are read between order statistics: Hyndman and Fan's types, or "normal" (R's boot.ci). */
  quantile: Schema.Literals([1, 2, 3, 4, 5, 6, 7, 8, 9, "normal"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed(6 as const)))
})

const printed: Readonly<Record<IntervalKind, string>> = {
  percentile: "percentile",
  "bias-corrected": "bias-corrected",
  bca: "BCa",
  studentised: "studentised"
}

/**
 * Standard errors and confidence intervals of effects from blocks of their replicates. BCa intervals need the output of `jackknife` among the replicates, studentised ones
 * replicates with `studentise`. Replicates with a singular design are counted and told.
 */
export const bootstrap = Stage.make("bootstrap", {
  inputs: { replicates: many(Replicates), effects: Effects },
  params: BootstrapParams,
  output: Effects,
  run: ({ effects, replicates }, { interval, level, quantile }) =>
    Effect.gen(function* () {
      const refuse = (code: string, message: string) => StageFailure.of(code, message, { parameter: "replicates" })
      const tables = replicates.map((table) => ({ table, scheme: table.column("scheme").values[0] ?? "" }))
      const blocks = tables.filter(({ scheme }) => !isJackknife(scheme))
      const numbers = blocks.flatMap(({ table }) => [...table.column("replicate").values])
      if (numbers.length < 2) return yield* StageFailure.of("too-few-replicates", `there are ${numbers.length} replicates: an interval needs two at least`)
      const schemes = [...new Set(blocks.map(({ scheme }) => scheme))]
      const scheme = schemes[0]!
      if (schemes.length > 1)
        return yield* refuse("mixed-schemes", `the blocks of replicates are drawn in different ways (${schemes.join("; ")}): give all the same resampling`)
      if (new Set(numbers).size < numbers.length)
        return yield* refuse("overlapping-blocks", "some replicates are in two blocks: give each block its own `from`, the sum of the counts before it")
      if (isSpatialBootstrap(scheme) && (interval === "bca" || interval === "studentised"))
        return yield* StageFailure.of(
          "parameters",
          interval === "bca"
            ? "BCa intervals need the estimates without each entity in turn, and without one the spatial weights are others: take bias-corrected or percentile"
            : "replicates of a spatial mediation have no standard errors of their own: take bias-corrected or percentile",
          { parameter: "interval" }
        )
      const jackknives = interval === "bca" ? tables.filter((one) => isJackknife(one.scheme)) : []
      if (interval === "bca" && (jackknives.length !== 1 || jackknives[0]!.scheme !== jackknifeOf(scheme)))
        return yield* refuse(
          "no-jackknife",
          `a BCa interval from a ${scheme} needs one ${jackknifeOf(scheme)} of the same model among the replicates, and there ${jackknives.length === 1 ? `is a ${jackknives[0]!.scheme}` : `are ${jackknives.length}`}: add a node of stage jackknife`
        )
      const term = effects.column("term").values
      const effect = effects.column("effect").values
      const estimate = effects.column("estimate").values
      const names = term.map((name, i) => effectName({ term: name, effect: effect[i] as EffectKind }))
      const absent = names.filter((name) => [...blocks, ...jackknives].some(({ table }) => !table.has(name)))
      if (absent.length > 0)
        return yield* refuse(
          "no-replicates",
          `the replicates lack ${absent.map((name) => `"${name}"`).join(", ")}: they and the effects must come from the same model, moderator and values`
        )
      if (interval === "studentised" && blocks.some(({ table }) => !table.has(studentisedName(names[0]!))))
        return yield* refuse(
          "not-studentised",
          'a studentised interval needs the standard errors of the replicates: say studentise: "independent" or "joint" at their nodes'
        )
      const gathered = (name: string): Float64Array => Float64Array.from(blocks.flatMap(({ table }) => [...table.column(name).values]))
      const summaries = names.map((name, i) =>
        summarise(gathered(name), estimate[i]!, {
          kind: interval,
          level,
          quantile,
          jackknife: jackknives[0]?.table.column(name).values,
          studentised: interval === "studentised" ? gathered(studentisedName(name)) : undefined
        })
      )
      const singular = Math.max(...summaries.map((summary) => summary.singular))
      if (singular > 0)
        yield* Stage.warn({
          code: "singular-replicates",
          message: isSpatialBootstrap(scheme)
            ? `in ${singular} of ${numbers.length} replicates a likelihood has no maximum inside, or rho lies beyond the bounds of the weights, and there are no effects; the intervals rest on the other ${numbers.length - singular}`
            : `${singular} of ${numbers.length} resamples have a singular design (a regressor that the others explain) and no estimates; the intervals rest on the other ${numbers.length - singular}`
        })
      const lacking = Math.max(...summaries.map((summary) => summary.lacking))
      if (lacking > 0)
        yield* Stage.warn(
          interval === "bca"
            ? {
                code: "singular-jackknife",
                message: `without ${lacking} of the units, each left out alone, the design is singular: the acceleration rests on the others`
              }
            : {
                code: "no-standard-error",
                message: `${lacking} of ${numbers.length} replicates have no standard error and are not in the studentised intervals`
              }
        )
      const missing = names.filter((_, i) => summaries[i]!.interval === undefined)
      if (missing.length > 0)
        yield* Stage.warn({
          code: "no-interval",
          message: `no ${printed[interval]} interval for ${missing.join(", ")}: ${interval === "studentised" ? "no replicate has a standard error" : `all replicates lie on one side of the estimate${interval === "bca" ? ", or leaving units out changes nothing or too much" : ""}`}`
        })
      const extreme = names.filter((_, i) => summaries[i]!.extreme)
      if (extreme.length > 0)
        yield* Stage.warn({
          code: "extreme-quantiles",
          message: `a limit of ${extreme.join(", ")} lies beyond the smallest or largest of ${numbers.length} replicates and is set to it: take more replicates`
        })
      const method = ({ replicates: used }: { readonly replicates: number }): string =>
        `${scheme}, ${printed[interval]}, ${used === numbers.length ? used : `${used} of ${numbers.length}`} replicates`
      return {
        term,
        effect,
        estimate,
        std_error: Float64Array.from(summaries, ({ stdError }) => stdError),
        statistic: new Float64Array(names.length).fill(Number.NaN),
        p_value: new Float64Array(names.length).fill(Number.NaN),
        conf_low: Float64Array.from(summaries, (summary) => summary.interval?.[0] ?? Number.NaN),
        conf_high: Float64Array.from(summaries, (summary) => summary.interval?.[1] ?? Number.NaN),
        method: summaries.map(method)
      }
    })
})
