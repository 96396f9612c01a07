import { type Data, type Fault, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { minMax } from "../src/econometrics/measurement/min-max.ts"
import { evaluate, variablesIn } from "./derive/evaluate.ts"
import type { Expression } from "./derive/expression.ts"
import { scenesOf } from "./derive/scene.ts"
import { failTogether } from "./fail-together.ts"
import { Indicator } from "./indicator-set.ts"
import { missingValues, requireVariables } from "./panel-columns.ts"
import { gather, inGroup, rowGroups } from "./row-groups.ts"
import { NormalizedPanel, Panel } from "./table-types.ts"

export const NormalizeParams = Schema.Struct({
  indicators: Schema.NonEmptyArray(Indicator),
  /** Over which rows the minimum and maximum are taken. */
  scope: Schema.Literals(["pooled", "by-year", "by-entity"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("pooled" as const))),
  /** An indicator that is constant within a scope: a fault, or left out with a warning. */
  onConstant: Schema.Literals(["fault", "drop"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("fault" as const)))
})

/** An indicator with a lag has no value in the first years, whatever rows are left out before: the lag is taken of what is there. */
const hasLag = (expr: Expression | undefined): boolean => expr !== undefined && JSON.stringify(expr).includes('{"lag":')
const LAGGED =
  "its expression has a lag: make it by a node derive before this one, leave the first years out with subset, and take the column in the place of expr"

/** The share of values from which an indicator tells nearly nothing apart. */
const SQUEEZED = 0.95
/** The end of the range at which most values lie, within a hundredth of it, and their share. */
const squeezedTo = (values: Float64Array): readonly [end: 0 | 1, share: number] => {
  const low = values.filter((y) => y <= 0.01).length / values.length
  const high = values.filter((y) => y >= 0.99).length / values.length
  return high > low ? [1, high] : [0, low]
}

/**
 * Min-max normalisation of the indicators (eqs 11 and 12): each column on [0, 1], higher being better. An indicator is a column of the panel, or an expression over
 * its columns. Indicators must be complete. A dropped constant
 * indicator has no column, by which the later steps know.
 */
export const normalize = Stage.make("normalize", {
  inputs: { panel: Panel },
  params: NormalizeParams,
  output: NormalizedPanel,
  run: ({ panel }, { indicators, onConstant, scope }) =>
    Effect.gen(function* () {
      yield* requireVariables(
        panel,
        indicators.flatMap(({ expr, name }) => (expr === undefined ? [name] : variablesIn(expr))),
        "indicators"
      )
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const groups = rowGroups(scope, entity, year)
      const faults: Array<Fault> = []
      const rest = new Map<string, Data<"number">>()
      const scenes = scenesOf(panel, faults)
      for (const { attribute, expr, label, name, transform, unit } of indicators) {
        const told = faults.length
        const column = expr === undefined ? panel.column(name) : evaluate(expr, scenes.of(name))
        if (unit !== "" && column.unit !== "" && unit !== column.unit) {
          const from = expr === undefined ? "the panel says" : "its expression is in"
          const message = `${name}: the indicator set says "${unit}", ${from} "${column.unit}": correct one of them`
          faults.push({ code: "unit-mismatch", message, where: { column: name, value: column.unit, expected: unit } })
        }
        if (faults.length === told) faults.push(...missingValues(name, column.values, entity, year, "normalize", ...(hasLag(expr) ? [LAGGED] : [])))
        if (transform === "ln")
          column.values.forEach((x, row) => {
            if (x > 0 || Number.isNaN(x)) return
            const message = `${name}: ${x} for ${entity[row]!} in ${year[row]!}: the logarithm needs values above 0: correct it, or give the indicator transform: none`
            faults.push({ code: "log-of-nonpositive", message, where: { column: name, entity: entity[row]!, year: year[row]!, value: String(x) } })
          })
        if (faults.length > told) continue
        const x = transform === "ln" ? column.values.map(Math.log) : column.values
        const values = new Float64Array(x.length)
        const constant = groups.filter((group) => {
          const scaled = minMax(gather(x, group), attribute)
          scaled?.forEach((y, i) => {
            values[group.rows[i]!] = y
          })
          return scaled === undefined
        })
        const [squeezed, share] = constant.length === 0 ? squeezedTo(values) : [0, 0]
        if (share >= SQUEEZED) {
          const message = `${name}: ${Math.round(100 * share)}% of its normalised values lie within 1% of the range, since a few values lie far from all others (the ${squeezed === 0 ? "highest" : "lowest"}): look at these (validate), or take its logarithm, transform: ln`
          yield* Stage.warn({ code: "squeezed-indicator", message, where: { column: name } })
        }
        if (constant.length === 0) {
          rest.set(name, { values, filled: column.filled, description: label })
          continue
        }
        const first = constant[0]!
        const others = constant.length > 1 ? ` (and ${constant.length - 1} more)` : ""
        const found = `${name} is constant${inGroup(first)}${others}: always ${column.values[first.rows[0]!]!}`
        if (onConstant === "fault")
          faults.push({
            code: "constant-indicator",
            message: `${found}; it cannot be normalised: take it out of the indicator set, or say onConstant: "drop"`,
            where: { column: name }
          })
        else yield* Stage.warn({ code: "constant-dropped", message: `${found}; it is left out of the index`, where: { column: name } })
      }
      yield* failTogether(faults)
      if (rest.size === 0)
        return yield* StageFailure.of("no-indicators", "every indicator is constant: nothing is left to normalise", { parameter: "indicators" })
      return { entity, year, rest }
    })
})
