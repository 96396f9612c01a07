import type { Tracked } from "@sediment/sediment"
import type { Effects, Estimates } from "../table-types.ts"
import type { Estimate, EstimateStyle } from "./estimate-columns.ts"

type Statistic = "std_error" | "statistic" | "p_value" | "conf_low" | "conf_high"

/** The columns that a style prints, so that no other is read. */
const shown = ({ brackets, stars }: EstimateStyle): ReadonlyArray<Statistic> => {
  const below: ReadonlyArray<Statistic> = brackets === "interval" ? ["conf_low", "conf_high"] : [brackets]
  return stars && brackets !== "p_value" ? [...below, "p_value"] : below
}

/** Estimates by key (an equation, a kind of effect), then by term. */
const grouped = (
  keys: ReadonlyArray<string>,
  terms: ReadonlyArray<string>,
  estimates: Float64Array,
  statistics: ReadonlyArray<readonly [Statistic, Float64Array]>
): ReadonlyMap<string, ReadonlyMap<string, Estimate>> => {
  const groups = new Map<string, Map<string, Estimate>>()
  keys.forEach((key, i) => {
    const group = groups.get(key) ?? new Map<string, Estimate>()
    group.set(terms[i]!, { estimate: estimates[i]!, ...Object.fromEntries(statistics.map(([name, values]) => [name, values[i]!])) })
    groups.set(key, group)
  })
  return groups
}

/** Estimates by equation, then by term. */
export const readEstimates = (table: Tracked<typeof Estimates>, style: EstimateStyle) =>
  grouped(
    table.column("equation").values,
    table.column("term").values,
    table.column("estimate").values,
    shown(style).map((name) => [name, table.column(name).values] as const)
  )

/** Effects by kind (direct, indirect, total), then by term. */
export const readEffects = (table: Tracked<typeof Effects>, style: EstimateStyle) =>
  grouped(
    table.column("effect").values,
    table.column("term").values,
    table.column("estimate").values,
    shown(style).map((name) => [name, table.column(name).values] as const)
  )
