import { Stage } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "./fail-together.ts"
import { filledWarnings, growthFaults, leftWarnings, relatedFaults } from "./interpolate/fill-faults.ts"
import { fillVariable } from "./interpolate/fill-variable.ts"
import { InterpolateParams, rulesOf } from "./interpolate/rules.ts"
import { passOn, requireVariables, variablesOf } from "./panel-columns.ts"
import { rowGroups } from "./row-groups.ts"
import { Fills, Panel } from "./table-types.ts"

/**
 * Fills gaps between observations of an entity's variable in the year, linearly or as its rule says, and marks each filled cell in the variable's mask; how many is told
 * (`interpolated`). Gaps at the ends stay missing and are told (`end-gap`), unless `extrapolate` fills them, which has a count of its own (`extrapolated`).
 * `fills` lists the cells, each with its method and the observations that it rests on.
 */
export const interpolate = Stage.make("interpolate", {
  inputs: { panel: Panel },
  params: InterpolateParams,
  output: { output: Panel, fills: Fills },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { round, rules: own = [], variables } = params
      if (variables !== "all") yield* requireVariables(panel, variables, "variables")
      yield* requireVariables(panel, round, "round")
      for (const [k, rule] of own.entries()) yield* requireVariables(panel, rule.variables, `rules[${k}].variables`)
      const names = variablesOf(panel)
      const { faults, rules } = rulesOf(names, params)
      yield* failTogether(faults)
      yield* requireVariables(
        panel,
        [...rules.values()].flatMap(({ by }) => by ?? []),
        "by"
      )
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const groups = rowGroups("by-entity", entity, year)
      const related = (by: string | undefined) => (by === undefined ? undefined : panel.column(by).values)
      yield* failTogether([...rules].flatMap(([name, { by }]) => (by === undefined ? [] : relatedFaults(name, by, panel.column(by).values, entity, year))))
      const done = new Map([...rules].map(([name, rule]) => [name, fillVariable(passOn(panel, name), groups, year, rule, related(rule.by))]))
      yield* failTogether(growthFaults(done))
      for (const warning of [...filledWarnings(done), ...leftWarnings(done, rules)]) yield* Stage.warn(warning)
      const fills = [...done].flatMap(([name, one]) => one.fills.map((fill) => ({ name, ...fill })))
      return {
        output: { entity, year, rest: new Map(names.map((name) => [name, done.get(name)?.data ?? passOn(panel, name)])) },
        fills: {
          entity: fills.map((fill) => fill.entity),
          year: Int32Array.from(fills, (fill) => fill.year),
          variable: fills.map(({ name }) => name),
          value: Float64Array.from(fills, ({ value }) => value),
          method: fills.map(({ method }) => method),
          note: fills.map(({ note }) => note)
        }
      }
    })
})
