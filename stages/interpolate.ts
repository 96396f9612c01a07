import { type Data, type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { type Extrapolation, interpolateSeries } from "../src/econometrics/measurement/linear-interpolation.ts"
import { integerRanges } from "./integer-ranges.ts"
import { passOn, requireVariables, variablesOf } from "./panel-columns.ts"
import { gather, type RowGroup, rowGroups } from "./row-groups.ts"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const InterpolateParams = Schema.Struct({
  /** Which variables are filled; the others pass through as they are. */
  variables: Schema.Union([Schema.Literal("all"), Schema.Array(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** What becomes of a gap at the end of a series: it stays (none), continues the line through the two nearest values (linear), or repeats the nearest (nearest). */
  extrapolate: Schema.Literals(["none", "linear", "nearest"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("none" as const))),
  /** Variables whose filled cells are rounded to whole numbers: counts. */
  round: Schema.Array(VariableName).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>)))
})

interface FilledVariable {
  readonly data: Data<"number">
  /** How many cells were filled between observations, and at the ends. */
  readonly interior: number
  readonly ends: number
  /** By entity, the years that stay missing. */
  readonly gaps: ReadonlyArray<{ readonly entity: string; readonly years: ReadonlyArray<number>; readonly whole: boolean }>
}

const fillVariable = (data: Data<"number">, groups: ReadonlyArray<RowGroup>, year: Int32Array, extrapolate: Extrapolation, round: boolean): FilledVariable => {
  const values = Float64Array.from(data.values)
  const filled = data.filled === undefined ? new Uint8Array(values.length) : Uint8Array.from(data.filled)
  const counts = { interior: 0, ends: 0 }
  const gaps = groups.flatMap((group) => {
    const years = Int32Array.from(group.rows, (row) => year[row]!)
    const series = interpolateSeries(years, gather(values, group), extrapolate)
    group.rows.forEach((row, i) => {
      if (series.interior[i] === 0 && series.ends[i] === 0) return
      values[row] = round ? Math.round(series.values[i]!) : series.values[i]!
      filled[row] = 1
      counts[series.interior[i] === 1 ? "interior" : "ends"]++
    })
    const missing = Array.from(years).filter((_, i) => Number.isNaN(series.values[i]!))
    return missing.length === 0 ? [] : [{ entity: group.label, years: missing, whole: missing.length === years.length }]
  })
  return { data: { ...data, values, filled }, ...counts, gaps }
}

const endGap = (name: string, gaps: FilledVariable["gaps"]): Fault => {
  const told = gaps.map(({ entity, whole, years }) => `${entity} ${integerRanges(years)}${whole ? " (no value at all)" : ""}`).join("; ")
  const remedy = `a step that needs them will fail: supply the values, or say extrapolate: "linear" or "nearest"`
  return {
    code: "end-gap",
    message: `${name}: gaps at the end of a series stay missing: ${told}; ${remedy}`,
    where: { column: name, entity: gaps[0]!.entity, year: gaps[0]!.years[0]! }
  }
}

/** A warning that counts the filled cells by variable, `where` they stood and `how` they were filled; none where there are none. */
const countWarning = (code: string, where: string, how: string, counts: ReadonlyArray<readonly [name: string, count: number]>): ReadonlyArray<Fault> => {
  const some = counts.filter(([, count]) => count > 0)
  if (some.length === 0) return []
  const total = some.reduce((sum, [, count]) => sum + count, 0)
  return [
    {
      code,
      message: `${total} ${total === 1 ? "cell" : "cells"} ${where} ${total === 1 ? "was" : "were"} filled ${how}: ${some.map(([name, count]) => `${name} ${count}`).join(", ")}`
    }
  ]
}

/**
 * Fills gaps between observations of an entity's variable, linearly in the year, and marks each filled cell in the variable's mask; how many is told
 * (`interpolated`). Gaps at the ends stay missing and are told (`end-gap`), unless `extrapolate` fills them, which has a count of its own (`extrapolated`).
 */
export const interpolate = Stage.make("interpolate", {
  inputs: { panel: Panel },
  params: InterpolateParams,
  output: Panel,
  run: ({ panel }, { extrapolate, round, variables }) =>
    Effect.gen(function* () {
      if (variables !== "all") yield* requireVariables(panel, variables, "variables")
      yield* requireVariables(panel, round, "round")
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const groups = rowGroups("by-entity", entity, year)
      const names = variablesOf(panel)
      const chosen = variables === "all" ? names : names.filter((name) => variables.includes(name))
      const done = new Map(chosen.map((name) => [name, fillVariable(passOn(panel, name), groups, year, extrapolate, round.includes(name))]))
      const counts = (of: "interior" | "ends") => [...done].map(([name, variable]) => [name, variable[of]] as const)
      for (const warning of [
        ...countWarning("interpolated", "between observations", "linearly", counts("interior")),
        ...countWarning("extrapolated", "at the ends of series", `(${extrapolate})`, counts("ends")),
        ...[...done].flatMap(([name, { gaps }]) => (gaps.length === 0 ? [] : [endGap(name, gaps)]))
      ])
        yield* Stage.warn(warning)
      return { entity, year, rest: new Map(names.map((name) => [name, done.get(name)?.data ?? passOn(panel, name)])) }
    })
})
