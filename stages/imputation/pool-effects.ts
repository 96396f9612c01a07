import { many, Stage } from "@sediment/sediment"
import { Effect } from "effect"
import { Effects } from "../table-types.ts"
import { Pooling } from "./imputation-types.ts"
import { inferenceColumns, PoolParams, pooledRows, poolingTable } from "./pooled-rows.ts"

/** Rubin's rules for the effects of m completed panels: those of a mediation or of a model in space, bootstrapped in each or not. Their intervals become those of t, or normal where nothing is missing. */
export const poolEffects = Stage.make("pool-effects", {
  inputs: { effects: many(Effects) },
  params: PoolParams,
  output: { effects: Effects, pooling: Pooling },
  run: ({ effects }, params) =>
    Effect.gen(function* () {
      const sets = effects.map((table) => ({
        equation: table.column("effect").values,
        term: table.column("term").values,
        estimate: table.column("estimate").values,
        stdError: table.column("std_error").values,
        df: undefined
      }))
      const rows = yield* pooledRows(sets, params)
      const method = effects[0]!.column("method").values
      return {
        effects: {
          term: rows.map(({ term }) => term),
          effect: rows.map(({ equation }) => equation),
          ...inferenceColumns(rows),
          method: rows.map((_, i) => `${method[i] === "" ? "" : `${method[i]}; `}pooled over ${effects.length} imputations by Rubin's rules`)
        },
        pooling: poolingTable(rows)
      }
    })
})
