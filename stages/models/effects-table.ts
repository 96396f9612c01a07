import type { Out } from "@sediment/sediment"
import type { Effect } from "../../src/econometrics/mediation/effect.ts"
import type { Effects } from "../table-types.ts"

export const effectsOf = (effects: ReadonlyArray<Effect>): Out<typeof Effects> => {
  const column = (name: "stdError" | "statistic" | "pValue" | "confLow" | "confHigh") => Float64Array.from(effects, (effect) => effect[name])
  return {
    term: effects.map(({ term }) => term),
    effect: effects.map(({ effect }) => effect),
    estimate: Float64Array.from(effects, ({ estimate }) => estimate),
    std_error: column("stdError"),
    statistic: column("statistic"),
    p_value: column("pValue"),
    conf_low: column("confLow"),
    conf_high: column("confHigh"),
    method: effects.map(({ method }) => method)
  }
}
