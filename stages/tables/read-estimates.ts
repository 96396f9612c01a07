import type { Tracked } from "@sediment/sediment"
import type { Effects, Estimates } from "../table-types.ts"
import { bracketsOf, type Estimate, type EstimateStyle } from "./estimate-columns.ts"
import type { Bracket } from "./estimate-rows-params.ts"

type Statistic = "std_error" | "statistic" | "p_value" | "conf_low" | "conf_high" | "df"

// The level of an interval is told from its standard error.
const columnsOf = (bracket: Bracket): ReadonlyArray<Statistic> => (bracket === "interval" ? ["conf_low", "conf_high", "std_error"] : [bracket])

/** The columns that a style prints, so that no other is read. */
const shown = (style: EstimateStyle): ReadonlyArray<Exclude<Statistic, "df">> => {
  const read = [...bracketsOf(style).flatMap(columnsOf), ...(style.stars === false ? [] : (["p_value"] as const))]
  return [...new Set(read)].filter((name) => name !== "df")
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
    [...shown(style), ...(bracketsOf(style).includes("interval") ? (["df"] as const) : [])].map((name) => [name, table.column(name).values] as const)
  )

/** Effects by kind (direct, indirect, total), then by term. */
export const readEffects = (table: Tracked<typeof Effects>, style: EstimateStyle) =>
  grouped(
    table.column("effect").values,
    table.column("term").values,
    table.column("estimate").values,
    shown(style).map((name) => [name, table.column(name).values] as const)
  )
