import { type Data, type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { interpolateSeries } from "../src/econometrics/linear-interpolation.ts"
import { passOn, requireVariables, variablesOf } from "./panel-columns.ts"
import { gather, rowGroups } from "./row-groups.ts"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"
import { yearRanges } from "./year-ranges.ts"

export const InterpolateParams = Schema.Struct({
  /** Which variables are filled; the others pass through as they are. */
  variables: Schema.Union([Schema.Literal("all"), Schema.Array(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** What becomes of a gap at the end of a series: it stays (none), continues the line through the two nearest values (linear), or repeats the nearest (nearest). */
  extrapolate: Schema.Literals(["none", "linear", "nearest"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("none" as const))),
  /** Variables whose filled cells are rounded to whole numbers: counts. */
  round: Schema.Array(VariableName).pipe(Schema.withDecodingDefaultKey(Effect.succeed([] as ReadonlyArray<string>)))
})

const counted = (counts: ReadonlyMap<string, number>): string => [...counts].map(([name, count]) => `${name} ${count}`).join(", ")

/**
 * Fills gaps between observations of an entity's variable, linearly in the year, and marks each filled cell in the variable's mask. Gaps at the ends stay
 * missing and are told (`end-gap`), unless `extrapolate` fills them, which is told with its own count (`extrapolated`).
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
      const interior = new Map<string, number>()
      const ends = new Map<string, number>()
      const gaps: Array<Fault> = []
      const count = (counts: Map<string, number>, name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1)

      const fill = (name: string): Data<"number"> => {
        const column = passOn(panel, name)
        const values = Float64Array.from(column.values)
        const filled = column.filled === undefined ? new Uint8Array(values.length) : Uint8Array.from(column.filled)
        const open: Array<string> = []
        let first: { entity: string; year: number } | undefined
        for (const group of groups) {
          const series = interpolateSeries(
            Int32Array.from(group.rows, (row) => year[row]!),
            gather(values, group),
            extrapolate
          )
          const missing: Array<number> = []
          group.rows.forEach((row, i) => {
            const value = series.values[i]!
            if (Number.isNaN(value)) missing.push(year[row]!)
            if (series.interior[i] === 0 && series.ends[i] === 0) return
            values[row] = round.includes(name) ? Math.round(value) : value
            filled[row] = 1
            count(series.interior[i] === 1 ? interior : ends, name)
          })
          if (missing.length === 0) continue
          first ??= { entity: group.label, year: missing[0]! }
          open.push(`${group.label} ${missing.length === group.rows.length ? `${yearRanges(missing)} (no value at all)` : yearRanges(missing)}`)
        }
        if (first !== undefined)
          gaps.push({
            code: "end-gap",
            message: `${name}: gaps at the end of a series stay missing: ${open.join("; ")}; a step that needs them will fail: supply the values, or say extrapolate: "linear" or "nearest"`,
            where: { column: name, ...first }
          })
        return { ...column, values, filled }
      }

      const names = variablesOf(panel)
      const rest = new Map(names.map((name) => [name, variables === "all" || variables.includes(name) ? fill(name) : passOn(panel, name)]))
      const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)
      if (interior.size > 0)
        yield* Stage.warn({
          code: "interpolated",
          message: `${total(interior)} cells between observations were filled linearly: ${counted(interior)}`
        })
      if (ends.size > 0)
        yield* Stage.warn({
          code: "extrapolated",
          message: `${total(ends)} cells at the ends of series were filled (${extrapolate}): ${counted(ends)}`
        })
      for (const gap of gaps) yield* Stage.warn(gap)
      return { entity, year, rest }
    })
})
