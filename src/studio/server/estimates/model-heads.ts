import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { ESTIMATE_TYPES } from "../../../artifact/estimates.ts"
import { isList } from "../../../dag/dag.ts"
import { textsOf } from "../../../render/stored.ts"
import type { ModelHead } from "../../messages/estimates/outline.ts"
import type { StudyToday } from "../today/study-today.ts"
import { equationsIn } from "./estimates-in.ts"
import { headOf, outputsOf } from "./today.ts"

const termsIn = (tables: ReadonlyArray<StoredTable>): ReadonlyArray<string> => [
  ...new Set(tables.flatMap((table) => textsOf(table, "term").flatMap((term) => (term === undefined ? [] : [term]))))
]

/** The models that specification curves compare. */
export const comparedModels = (today: StudyToday): ReadonlySet<string> =>
  new Set(
    [...today.nodes.values()].flatMap(({ node }) => {
      const wired = Object.values(node.outputs).includes("CurveEstimates") ? node.inputs["coefficients"] : undefined
      return wired !== undefined && isList(wired) ? wired.map((wire) => wire.node) : []
    })
  )

/** All nodes with estimates, as dag.ts has them: what each is a model of, and which terms it has. */
export const modelHeads = (today: StudyToday) =>
  Effect.gen(function* () {
    const models: Array<ModelHead> = []
    for (const one of today.nodes.values()) {
      if (!Object.values(one.node.outputs).some((type) => ESTIMATE_TYPES.has(type))) continue
      const estimates = yield* outputsOf(one, ESTIMATE_TYPES)
      const glances = yield* outputsOf(one, new Set(["Glance"]))
      models.push({
        ...headOf(one),
        equations: glances
          .flatMap(({ table }) => equationsIn(table))
          .map(({ dependent, equation, model, nobs, variance }) => ({ dependent, equation, model, nobs, variance })),
        terms: termsIn(estimates.map(({ table }) => table))
      })
    }
    return { models, compared: [...comparedModels(today)] }
  })
