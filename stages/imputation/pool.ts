import { many, Stage, StageFailure, type Tracked } from "@sediment/sediment"
import { Effect } from "effect"
import { poolRSquared } from "../../src/econometrics/imputation/rubin.ts"
import { type GlanceRow, glanceOf } from "../models/model-tables.ts"
import { Estimates, Glance } from "../table-types.ts"
import { Pooling } from "./imputation-types.ts"
import { inferenceColumns, PoolParams, pooledRows, poolingTable } from "./pooled-rows.ts"

const KEYS = ["equation", "model", "dependent", "variance", "small_sample", "sample", "nobs"]

/** What m glances say together: what is alike in all stays, R² are pooled, and what else differs (F, log-likelihood, sigma) has no pooled value. */
const pooledGlance = (
  glances: ReadonlyArray<Tracked<typeof Glance>>,
  varianceShare: (equation: string) => number
): Effect.Effect<ReadonlyArray<GlanceRow>, StageFailure> =>
  Effect.gen(function* () {
    const first = glances[0]!
    const statistics = first.names.filter((name) => !KEYS.includes(name) && glances.every((glance) => glance.has(name)))
    const rows: Array<GlanceRow> = []
    for (const [row, equation] of first.column("equation").values.entries()) {
      const at = glances.map((glance) => glance.column("equation").values.indexOf(equation))
      const nobs = at.map((i, k) => (i === -1 ? Number.NaN : glances[k]!.column("nobs").values[i]!))
      if (nobs.some((n) => n !== nobs[0]))
        return yield* StageFailure.of(
          "different-samples",
          `the equation ${equation} has ${[...new Set(nobs)].map((n) => (Number.isNaN(n) ? "no" : n)).join(", ")} observations in different imputations: all must come from the same model and rows`,
          { parameter: "glances" }
        )
      const pooled = statistics.flatMap((name): ReadonlyArray<readonly [string, number]> => {
        const values = at.map((i, k) => glances[k]!.column(name).values[i]!)
        if (values.every((value) => value === values[0])) return [[name, values[0]!]]
        return name.startsWith("r_squared") ? [[name, poolRSquared(values)]] : []
      })
      const text = (name: "model" | "dependent" | "variance" | "small_sample" | "sample") => first.column(name).values[row]!
      const convention = text("small_sample")
      rows.push({
        equation,
        model: text("model"),
        dependent: text("dependent"),
        variance: text("variance"),
        smallSample: `${convention === "" ? "" : `${convention}; `}pooled over ${glances.length} imputations by Rubin's rules`,
        sample: text("sample"),
        nobs: nobs[0]!,
        statistics: { ...Object.fromEntries(pooled), imputations: glances.length, variance_missing: varianceShare(equation) }
      })
    }
    return rows
  })

/**
 * Rubin's rules through any model: its estimates in m completed panels become one set, with standard errors that hold what is not known of the missing values, and t with Barnard and Rubin's
 * degrees of freedom. `pooling` has the variances within and between imputations, and the fraction of information that is missing.
 */
export const pool = Stage.make("pool", {
  inputs: { coefficients: many(Estimates), glances: many(Glance) },
  params: PoolParams,
  output: { coefficients: Estimates, glance: Glance, pooling: Pooling },
  run: ({ coefficients, glances }, params) =>
    Effect.gen(function* () {
      if (coefficients.length !== glances.length)
        return yield* StageFailure.of(
          "different-lists",
          `there are ${coefficients.length} tables of coefficients and ${glances.length} glances: wire both outputs of each imputation's model`,
          { parameter: "glances" }
        )
      const rows = yield* pooledRows(
        coefficients.map((table) => ({
          equation: table.column("equation").values,
          term: table.column("term").values,
          estimate: table.column("estimate").values,
          stdError: table.column("std_error").values,
          df: table.column("df").values
        })),
        params
      )
      const share = (equation: string): number => {
        const own = rows.flatMap((row) => (row.equation === equation && row.pooled.lambda >= 0 ? [row.pooled.lambda] : []))
        return own.length === 0 ? Number.NaN : Math.max(...own)
      }
      return {
        coefficients: {
          equation: rows.map(({ equation }) => equation),
          term: rows.map(({ term }) => term),
          ...inferenceColumns(rows),
          df: Float64Array.from(rows, ({ pooled }) => (Number.isFinite(pooled.df) ? pooled.df : Number.NaN))
        },
        glance: glanceOf(yield* pooledGlance(glances, share)),
        pooling: poolingTable(rows)
      }
    })
})
