import { type Fault, Stage } from "@sediment/sediment"
import { Effect } from "effect"
import { imputeChained } from "../../src/econometrics/imputation/chained-equations.ts"
import { summariseNumbers } from "../../src/render/artifact/summary-statistics.ts"
import { failTogether } from "../fail-together.ts"
import { attempt } from "../models/attempt.ts"
import { passOn, requireVariables, variablesOf } from "../panel-columns.ts"
import { rowGroups } from "../row-groups.ts"
import { Fills, Panel } from "../table-types.ts"
import { ImputationChain } from "./imputation-types.ts"
import { ImputeParams } from "./impute-params.ts"
import { type EquationVariable, equationVariables } from "./imputed-variables.ts"

const missingRows = ({ values }: EquationVariable): ReadonlyArray<number> => [...values.keys()].filter((row) => Number.isNaN(values[row]!))

/** Entities that have no value of a variable: what is imputed there rests on how far the others lie apart. */
const withoutValues = (variables: ReadonlyArray<EquationVariable>, groups: ReturnType<typeof rowGroups>): ReadonlyArray<Fault> =>
  variables.flatMap(({ name, values }) => {
    const bare = groups.filter(({ rows }) => rows.every((row) => Number.isNaN(values[row]!))).map(({ label }) => label)
    if (bare.length === 0) return []
    const message = `${name}: ${bare.join(", ")} ${bare.length === 1 ? "has" : "have"} no value at all: what is imputed there rests on the other variables and on how far the other entities lie apart; supply a value, or leave the ${bare.length === 1 ? "entity" : "entities"} out with subset`
    return [{ code: "entity-without-values", message, where: { column: name, entity: bare[0]! } }]
  })

const counted = (counts: ReadonlyArray<readonly [string, number]>): string => counts.map(([name, count]) => `${name} ${count}`).join(", ")

/**
 * One completed panel of several (multiple imputation: Rubin 1987): missing cells drawn by chained equations with effects of entities and years and a line for each entity (van Buuren 2018), as `imputation` says with random numbers of
 * its own. Make one node for each imputation in a map, run the same model on each, and put their estimates together with `pool`. `fills` has the drawn cells, `chain` what each sweep made of them.
 */
export const impute = Stage.make("impute", {
  inputs: { panel: Panel },
  params: ImputeParams,
  output: { output: Panel, fills: Fills, chain: ImputationChain },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { imputation, predictors, rules } = params
      if (params.variables !== "all") yield* requireVariables(panel, params.variables, "variables")
      if (predictors !== "all") yield* requireVariables(panel, predictors, "predictors")
      for (const [k, rule] of rules.entries()) yield* requireVariables(panel, rule.variables, `rules[${k}].variables`)
      const { faults, variables } = equationVariables(panel, params)
      yield* failTogether(faults)
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const groups = rowGroups("by-entity", entity, year)
      const code = new Map(groups.map(({ label }, i) => [label, i]))
      const lacking = variables.filter(({ imputed }) => imputed)
      const seed = yield* Stage.seed
      const model = { entity: Int32Array.from(entity, (name) => code.get(name)!), year, variables }
      const made = yield* attempt(() => imputeChained(model, { ...params, seed }))
      for (const warning of withoutValues(lacking, groups)) yield* Stage.warn(warning)
      if (lacking.length > 0)
        yield* Stage.warn({
          code: "imputed",
          message: `${lacking.reduce((sum, one) => sum + missingRows(one).length, 0)} cells were imputed by chained equations: ${counted(lacking.map((one) => [one.name, missingRows(one).length]))}`
        })
      if (made.clipped.size > 0)
        yield* Stage.warn({
          code: "imputed-at-bound",
          message: `draws that found no place within the bounds were set to one: ${counted([...made.clipped])}; look at the bounds and at the unit of these variables`
        })
      const done = new Map(
        lacking.map((variable) => {
          const before = passOn(panel, variable.name)
          const missing = missingRows(variable)
          const whole = made.completed.get(variable.name)!
          const values = Float64Array.from(before.values as Float64Array)
          const filled = before.filled === undefined ? new Uint8Array(values.length) : Uint8Array.from(before.filled)
          const donors = made.donorRows.get(variable.name)
          const fills = missing.map((row) => {
            const donor = donors?.get(row)
            // A donor's value is taken from the panel, so that it is the same to the last bit.
            values[row] = donor === undefined ? (variable.log ? Math.exp(whole[row]!) : whole[row]!) : before.values[donor]!
            filled[row] = 1
            return { row, variable, value: values[row]!, from: donor === undefined ? "" : `, value of ${entity[donor]} ${year[donor]}` }
          })
          return [variable.name, { data: { ...before, values, filled }, fills }] as const
        })
      )
      const fills = [...done.values()].flatMap((one) => one.fills)
      const byName = new Map(
        lacking.map((variable) => [variable.name, { variable, told: summariseNumbers(Array.from(variable.values).filter((value) => !Number.isNaN(value))) }])
      )
      const points = made.chain.map((point) => ({ ...point, ...byName.get(point.variable)! }))
      return {
        output: { entity, year, rest: new Map(variablesOf(panel).map((name) => [name, done.get(name)?.data ?? passOn(panel, name)])) },
        fills: {
          entity: fills.map(({ row }) => entity[row]!),
          year: Int32Array.from(fills, ({ row }) => year[row]!),
          variable: fills.map(({ variable }) => variable.name),
          value: Float64Array.from(fills, ({ value }) => value),
          method: fills.map(({ variable }) => `multiple imputation, ${variable.method === "pmm" ? "predictive mean matching" : "normal"}`),
          note: fills.map(({ from, variable }) => `imputation ${imputation}${variable.log ? ", in logarithms" : ""}${from}`)
        },
        chain: {
          imputation: Int32Array.from(points, () => imputation),
          iteration: Int32Array.from(points, ({ iteration }) => iteration),
          variable: points.map(({ variable }) => variable.name),
          scale: points.map(({ variable }) => (variable.log ? "ln" : "")),
          missing: Int32Array.from(points, ({ variable }) => missingRows(variable).length),
          mean: Float64Array.from(points, ({ mean }) => mean),
          sd: Float64Array.from(points, ({ sd }) => sd),
          observed_mean: Float64Array.from(points, ({ told }) => told?.mean ?? Number.NaN),
          observed_sd: Float64Array.from(points, ({ told }) => told?.sd ?? Number.NaN)
        }
      }
    })
})
