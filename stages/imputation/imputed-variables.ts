import type { Fault, Tracked } from "@sediment/sediment"
import type { ImputationMethod, ImputedVariable } from "../../src/econometrics/imputation/imputation-model.ts"
import { passOn, variablesOf } from "../panel-columns.ts"
import type { Panel } from "../table-types.ts"
import type { ImputeParams } from "./impute-params.ts"

/** A variable as the equations take it. */
export interface EquationVariable extends ImputedVariable {
  readonly log: boolean
  /** Whether it has missing cells that are to be filled. */
  readonly imputed: boolean
}

const hasGaps = (values: Float64Array): boolean => values.some((value) => Number.isNaN(value))

/** The variables of the chained equations: those that are imputed, then those that predict them; and what is wrong with the choice. */
export const equationVariables = (
  panel: Tracked<typeof Panel>,
  params: ImputeParams
): { readonly variables: ReadonlyArray<EquationVariable>; readonly faults: ReadonlyArray<Fault> } => {
  const { method, predictors, rules, variables } = params
  const names = variablesOf(panel)
  const faults: Array<Fault> = []
  const ruleOf = new Map<string, (typeof rules)[number]>()
  for (const [k, rule] of rules.entries())
    for (const name of rule.variables) {
      if (ruleOf.has(name))
        faults.push({
          code: "two-rules",
          message: `two rules are about "${name}": name it in one of them`,
          where: { parameter: `rules[${k}].variables`, column: name }
        })
      ruleOf.set(name, rule)
    }
  const chosen = variables === "all" ? names : names.filter((name) => variables.includes(name))
  const imputed = chosen.filter((name) => hasGaps(panel.column(name).values))
  const others = names.filter((name) => !imputed.includes(name) && (predictors === "all" || predictors.includes(name) || chosen.includes(name)))
  const incomplete = others.filter((name) => hasGaps(panel.column(name).values))
  if (predictors !== "all")
    for (const name of incomplete)
      faults.push({
        code: "incomplete-predictor",
        message: `"${name}" predicts others, lacks values itself, and is not imputed: add it to variables, or take it out of predictors`,
        where: { parameter: "predictors", column: name }
      })
  const complete = others.filter((name) => !incomplete.includes(name))
  const entity = panel.column("entity").values
  const year = panel.column("year").values
  const taken = [...imputed, ...complete].map((name): EquationVariable => {
    const rule = ruleOf.get(name)
    const log = rule?.log === true
    const { values } = passOn(panel, name)
    if (log) {
      const row = values.findIndex((value) => value <= 0)
      if (row !== -1)
        faults.push({
          code: "not-positive",
          message: `${name}: ${entity[row]} has ${values[row]} in ${year[row]}, and it is imputed in logarithms: all its values must be above 0; correct it, or leave out log: true`,
          where: { column: name, entity: entity[row]!, year: year[row]!, value: String(values[row]), expected: "a value above 0" }
        })
    }
    const bound = (value: number | undefined) => (value === undefined || !log ? value : value > 0 ? Math.log(value) : undefined)
    const own: ImputationMethod = rule?.method ?? method
    return {
      name,
      values: log ? values.map(Math.log) : values,
      method: own,
      min: bound(rule?.min),
      max: bound(rule?.max),
      log,
      imputed: imputed.includes(name)
    }
  })
  return { variables: taken, faults }
}
