import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { isList } from "../../../dag/dag.ts"
import { inResultOrder } from "../../../engine/result-order.ts"
import { numbersOf, textsOf } from "../../../render/stored.ts"
import type { CurveHead, ModelHead, TableHead } from "../../messages/estimates/outline.ts"
import { comparisonFor, comparisonsOf, tallyOf } from "./comparisons.ts"
import { curveNodes } from "./curve-nodes.ts"
import { ESTIMATE_TYPES } from "./estimate-types.ts"
import { printedCells } from "./printed-cells.ts"
import { headOf, type NodeToday, outputsOf, type StudyToday } from "./today.ts"
import { judgeOf, tallied } from "./verdicts.ts"

const has = ({ node }: NodeToday, types: ReadonlySet<string>): boolean => Object.values(node.outputs).some((type) => types.has(type))

const titleOf = (table: StoredTable): string => {
  const text = textsOf(table, "text")
  return textsOf(table, "part")
    .flatMap((part, i) => (part === "title" ? [text[i] ?? ""] : []))
    .join(" ")
}

const PRINTED = new Set(["PrintedTable"])
const GLANCE = new Set(["Glance"])

const equationsOf = (glances: ReadonlyArray<StoredTable>): ModelHead["equations"] =>
  glances.flatMap((table) => {
    const [equation, dependent, model, variance] = ["equation", "dependent", "model", "variance"].map((name) => textsOf(table, name))
    const nobs = numbersOf(table, "nobs")
    return equation!.map((one, i) => ({
      equation: one ?? "",
      dependent: dependent![i] ?? "",
      model: model![i] ?? "",
      variance: variance![i] ?? "",
      nobs: Number.isFinite(nobs[i]) ? nobs[i]! : null
    }))
  })

/** What a study has of tables, models and curves, those first that it returns, in its order. */
export const outlineOf = (today: StudyToday) =>
  Effect.gen(function* () {
    const nodes = inResultOrder(today.study.graph.targets, [...today.nodes.values()], ({ node }) => node.name)
    const comparisons = yield* comparisonsOf(today)
    const tables: Array<TableHead> = []
    const models: Array<ModelHead> = []
    const curves: Array<CurveHead> = []
    for (const one of nodes) {
      const head = headOf(one)
      if (has(one, PRINTED)) {
        const [printed] = yield* outputsOf(one, PRINTED)
        const cells = printed === undefined ? [] : printedCells(printed.table).flatMap((row) => row.flatMap((cell) => (cell === undefined ? [] : [cell])))
        const judge = judgeOf(cells, comparisonFor(comparisons, one.node.name))
        const title = printed === undefined ? one.params["title"] : titleOf(printed.table)
        tables.push({ ...head, title: typeof title === "string" ? title : "", tally: tallied(cells.map(judge)) })
      }
      if (has(one, ESTIMATE_TYPES)) {
        const estimates = yield* outputsOf(one, ESTIMATE_TYPES)
        const glances = yield* outputsOf(one, GLANCE)
        models.push({
          ...head,
          equations: equationsOf(glances.map(({ table }) => table)),
          terms: [...new Set(estimates.flatMap(({ table }) => textsOf(table, "term")))].flatMap((term) => (term === undefined ? [] : [term]))
        })
      }
      if (one.node.stage === "specification-curve") {
        const wired = one.node.inputs["coefficients"]
        const specifications = one.params["specifications"]
        const terms = Array.isArray(specifications) ? specifications.map((each: { readonly term?: unknown }) => String(each.term ?? "")) : []
        curves.push({
          ...head,
          specifications: wired !== undefined && isList(wired) ? wired.length : 0,
          terms: [...new Set(terms)],
          ...curveNodes(today, one)
        })
      }
    }
    const [most] = comparisons
    return {
      tables,
      models,
      curves,
      published: most === undefined ? null : { node: most.node.node.name, state: most.node.state, ...tallyOf(most) }
    }
  })
