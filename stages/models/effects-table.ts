import type { Out } from "@sediment/sediment"
import type { Effect } from "../../src/econometrics/mediation/effect.ts"
import type { Effects } from "../table-types.ts"

type Row = Omit<Effect, "effect"> & { readonly effect: string }

/** The columns that tables of effects share. */
export const effectColumns = (effects: ReadonlyArray<Omit<Row, "method">>) => {
  const column = (name: "estimate" | "stdError" | "statistic" | "pValue" | "confLow" | "confHigh") => Float64Array.from(effects, (effect) => effect[name])
  return {
    term: effects.map(({ term }) => term),
    effect: effects.map(({ effect }) => effect),
    estimate: column("estimate"),
    std_error: column("stdError"),
    statistic: column("statistic"),
    p_value: column("pValue"),
    conf_low: column("confLow"),
    conf_high: column("confHigh")
  }
}

export const effectsOf = (effects: ReadonlyArray<Row>): Out<typeof Effects> => ({ ...effectColumns(effects), method: effects.map(({ method }) => method) })

/** Effects whose standard errors and intervals are all made by one method. */
export const effectsBy = (method: string, effects: ReadonlyArray<Omit<Row, "method">>): Out<typeof Effects> =>
  effectsOf(effects.map((effect) => ({ ...effect, method })))
