import { type Data, type Fault, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { evaluate, variablesIn } from "./derive/evaluate.ts"
import { Derived } from "./derive/expression.ts"
import { isolatedZeros } from "./derive/isolated-zeros.ts"
import { scenesOf } from "./derive/scene.ts"
import { faultAt, type Series } from "./derive/series.ts"
import { failTogether } from "./fail-together.ts"
import { passOn, requireVariables, variablesOf } from "./panel-columns.ts"
import { Panel } from "./table-types.ts"
import { VariableName } from "./variable-name.ts"

export const DeriveParams = Schema.Struct({
  /** The new variables, in order: one may use those before it. */
  variables: Schema.Array(Derived),
  /** Which of the panel's own variables stand beside them: all, or these. */
  keep: Schema.Union([Schema.Literal("all"), Schema.Array(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const)))
})

/**
 * New variables from declared expressions. A cell is missing where any part of its expression is, and counts as filled where any part was. Units are checked
 * where they are given: of a sum or a difference, and against the derived variable's own. All faults of all expressions are told together.
 */
export const derive = Stage.make("derive", {
  inputs: { panel: Panel },
  params: DeriveParams,
  output: Panel,
  run: ({ panel }, { keep, variables }) =>
    Effect.gen(function* () {
      const derived = new Map<string, Data<"number"> & Series>()
      const names = variables.map(({ name }) => name)
      const used = variables.flatMap(({ expr }, i) => variablesIn(expr).filter((name) => !names.slice(0, i).includes(name)))
      yield* requireVariables(panel, used, "variables")
      const kept = keep === "all" ? variablesOf(panel) : keep
      yield* requireVariables(panel, kept, "keep")
      const faults: Array<Fault> = []
      names.forEach((name, i) => {
        if (!kept.includes(name) && !used.includes(name) && names.indexOf(name) === i) return
        const message = `"${name}" is there already: give the derived variable another name${keep === "all" ? ", or keep only the variables that you need" : ""}`
        faults.push({ code: "name-taken", message, where: { parameter: "variables", column: name } })
      })
      yield* failTogether(faults)

      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const scenes = scenesOf(panel, faults, derived)
      for (const { description, expr, name, unit } of variables) {
        const scene = scenes.of(name)
        const told = faults.length
        const result = evaluate(expr, scene)
        const additive = typeof expr !== "string" && ("sum" in expr || "difference" in expr)
        if (additive && unit !== undefined && unit !== "" && result.unit !== "" && unit !== result.unit) {
          const message = `${name}: declared in "${unit}", but its parts are in "${result.unit}": correct the unit, or scale the parts`
          faults.push({ code: "unit-mismatch", message, where: { column: name, value: result.unit, expected: unit } })
        }
        if (faults.length === told)
          result.values.forEach((x, row) => {
            if (Math.abs(x) === Number.POSITIVE_INFINITY) faultAt(scene, row, "not-finite", "no finite value", x, "the expression overflows: scale its parts")
          })
        const filled = result.filled.map((cell, row) => (Number.isNaN(result.values[row]!) ? 0 : cell))
        derived.set(name, { values: result.values, filled, unit: unit ?? result.unit, description })
      }
      yield* failTogether(faults)
      for (const [name, { values }] of scenes.read) for (const warning of isolatedZeros(name, values, entity, year)) yield* Stage.warn(warning)
      const rest = new Map<string, Data<"number">>(kept.map((name) => [name, passOn(panel, name)]))
      for (const [name, data] of derived) rest.set(name, data)
      return { entity, year, rest }
    })
})
