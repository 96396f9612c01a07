import { type Fault, type Out, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { type PooledEstimate, poolEstimates } from "../../src/econometrics/imputation/rubin.ts"
import { infer } from "../../src/econometrics/linear/inference.ts"
import { failTogether } from "../fail-together.ts"
import { inferenceParams } from "../models/model-params.ts"
import type { Pooling } from "./imputation-types.ts"

export const PoolParams = Schema.Struct({
  /** Degrees of freedom: those of small samples, never above what complete data have (Barnard and Rubin 1999), or Rubin's of 1987. */
  df: Schema.Literals(["barnard-rubin", "rubin"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("barnard-rubin" as const))),
  level: inferenceParams.level
})
type PoolParams = typeof PoolParams.Type

/** The estimates of one completed data set, in order. */
export interface CompletedEstimates {
  /** The equation of each; of effects the kind of effect. */
  readonly equation: ReadonlyArray<string>
  readonly term: ReadonlyArray<string>
  readonly estimate: Float64Array
  readonly stdError: Float64Array
  /** Degrees of freedom of complete data; NaN: normal. */
  readonly df: Float64Array | undefined
}

interface PooledRow {
  readonly equation: string
  readonly term: string
  readonly pooled: PooledEstimate
  readonly statistic: number
  readonly pValue: number
  readonly confLow: number
  readonly confHigh: number
}

const keyOf = (of: CompletedEstimates, i: number): string => `${of.equation[i]}: ${of.term[i]}`

/** Estimates that are not in all completed data sets, with those that lack them. */
const unlike = (sets: ReadonlyArray<CompletedEstimates>): ReadonlyArray<Fault> => {
  const keys = sets.map((one) => new Set(one.term.map((_, i) => keyOf(one, i))))
  const all = [...new Set(keys.flatMap((own) => [...own]))]
  return all.flatMap((key) => {
    const without = keys.flatMap((own, i) => (own.has(key) ? [] : [i]))
    if (without.length === 0) return []
    const message = `"${key}" is not among the estimates of ${without.length} of ${sets.length} imputations (${without.map((i) => `[${i}]`).join(", ")}, counted from 0): all must come from the same model; where a regressor is dropped as collinear in some, leave it out`
    return [{ code: "different-models", message, where: { parameter: "coefficients" } }]
  })
}

/**
 * A rule of thumb has as many imputations as percent of the information are missing (White, Royston and Wood 2011, Statistics in Medicine 30). The share of variance stands for that: the fraction of missing information is above zero
 * without any missing value, where complete data have few degrees of freedom.
 */
const warnFew = (rows: ReadonlyArray<PooledRow>): Effect.Effect<void> => {
  const worst = rows.filter(({ pooled }) => pooled.lambda > 0).sort((a, b) => b.pooled.lambda - a.pooled.lambda)[0]
  if (worst === undefined) return Effect.void
  const { imputations, lambda } = worst.pooled
  const needed = Math.ceil(100 * lambda)
  if (imputations >= needed) return Effect.void
  return Stage.warn({
    code: "few-imputations",
    message: `${imputations} imputations, and ${Math.round(100 * lambda)}% of the variance of ${worst.term} (${worst.equation}) is due to missing values: standard errors and p-values would be others with other seeds; take ${needed} or more (one for each percent: White, Royston and Wood 2011)`
  })
}

/** Pools the estimates of m completed data sets by Rubin's rules, in the order of the first. */
export const pooledRows = (sets: ReadonlyArray<CompletedEstimates>, { df, level }: PoolParams): Effect.Effect<ReadonlyArray<PooledRow>, StageFailure> =>
  Effect.gen(function* () {
    if (sets.length < 2)
      return yield* StageFailure.of("too-few-imputations", `there are ${sets.length} sets of estimates: pooling needs those of two imputations at least`)
    yield* failTogether(unlike(sets))
    const places = sets.map((one) => new Map(one.term.map((_, i) => [keyOf(one, i), i])))
    const first = sets[0]!
    const rows = first.term.map((term, i): PooledRow => {
      const at = places.map((own) => own.get(keyOf(first, i))!)
      const complete = Math.min(
        ...sets.map((one, k) => one.df?.[at[k]!] ?? Number.NaN).map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value))
      )
      const pooled = poolEstimates(
        sets.map((one, k) => one.estimate[at[k]!]!),
        sets.map((one, k) => one.stdError[at[k]!]! ** 2),
        complete,
        df
      )
      const freedom = Number.isFinite(pooled.df) ? pooled.df : undefined
      const inference = infer([term], Float64Array.of(pooled.estimate), [pooled.total], freedom, level)
      return {
        equation: first.equation[i]!,
        term,
        pooled,
        statistic: inference.statistic[0]!,
        pValue: inference.pValue[0]!,
        confLow: inference.confLow[0]!,
        confHigh: inference.confHigh[0]!
      }
    })
    yield* warnFew(rows)
    return rows
  })

const orMissing = (value: number): number => (Number.isFinite(value) ? value : Number.NaN)

/** The columns that estimates and effects have alike. */
export const inferenceColumns = (rows: ReadonlyArray<PooledRow>) => ({
  estimate: Float64Array.from(rows, ({ pooled }) => pooled.estimate),
  std_error: Float64Array.from(rows, ({ pooled }) => pooled.stdError),
  statistic: Float64Array.from(rows, ({ statistic }) => orMissing(statistic)),
  p_value: Float64Array.from(rows, ({ pValue }) => pValue),
  conf_low: Float64Array.from(rows, ({ confLow }) => confLow),
  conf_high: Float64Array.from(rows, ({ confHigh }) => confHigh)
})

export const poolingTable = (rows: ReadonlyArray<PooledRow>): Out<typeof Pooling> => {
  const column = (of: (pooled: PooledEstimate) => number) => Float64Array.from(rows, ({ pooled }) => orMissing(of(pooled)))
  return {
    equation: rows.map(({ equation }) => equation),
    term: rows.map(({ term }) => term),
    imputations: Int32Array.from(rows, ({ pooled }) => pooled.imputations),
    estimate: column(({ estimate }) => estimate),
    std_error: column(({ stdError }) => stdError),
    within: column(({ within }) => within),
    between: column(({ between }) => between),
    total: column(({ total }) => total),
    relative_increase: column(({ relativeIncrease }) => relativeIncrease),
    lambda: column(({ lambda }) => lambda),
    fraction_missing: column(({ fractionMissing }) => fractionMissing),
    df_complete: column(({ completeDf }) => completeDf),
    df: column(({ df }) => df),
    relative_efficiency: column(({ relativeEfficiency }) => relativeEfficiency),
    monte_carlo_error: column(({ monteCarloError }) => monteCarloError)
  }
}
