import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import { ESTIMATE_TYPES } from "../../../artifact/estimates.ts"
import { isList } from "../../../dag/dag.ts"
import { inResultOrder } from "../../../engine/result-order.ts"
import { textsOf } from "../../../render/stored.ts"
import type { CurveHead, TableHead } from "../../messages/estimates/outline.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import { comparisonFor, comparisonsOf, tallyOf } from "./comparisons.ts"
import { curveNodes } from "./curve-nodes.ts"
import { printedCells } from "./printed-cells.ts"
import { headOf, outputsOf } from "./today.ts"
import { judgeOf, tallied } from "./verdicts.ts"

const has = ({ node }: NodeToday, types: ReadonlySet<string>): boolean => Object.values(node.outputs).some((type) => types.has(type))

const titleOf = (table: StoredTable): string => {
  const text = textsOf(table, "text")
  return textsOf(table, "part")
    .flatMap((part, i) => (part === "title" ? [text[i] ?? ""] : []))
    .join(" ")
}

const PRINTED = new Set(["PrintedTable"])
const CURVE = new Set(["CurveEstimates"])
/** What a study has of tables, models and curves, those first that it returns, in its order. */
export const outlineOf = (today: StudyToday) =>
  Effect.gen(function* () {
    const nodes = inResultOrder(today.study.graph.targets, [...today.nodes.values()], ({ node }) => node.name)
    const comparisons = yield* comparisonsOf(today)
    const tables: Array<TableHead> = []
    const models: Array<string> = []
    const curves: Array<CurveHead> = []
    for (const one of nodes) {
      const head = headOf(one)
      if (has(one, PRINTED)) {
        const [printed] = yield* outputsOf(one, PRINTED)
        const cells = printed === undefined ? [] : printedCells(printed.table).flatMap((row) => row.flatMap((cell) => (cell === undefined ? [] : [cell])))
        const judge = judgeOf(cells, comparisonFor(comparisons, one))
        const title = printed === undefined ? one.params["title"] : titleOf(printed.table)
        tables.push({ ...head, title: typeof title === "string" ? title : "", tally: tallied(cells.map(judge)) })
      }
      if (has(one, ESTIMATE_TYPES)) models.push(one.node.name)
      if (has(one, CURVE)) {
        const wired = one.node.inputs["coefficients"]
        const specifications = one.params["specifications"]
        const terms = Array.isArray(specifications) ? specifications.map((each: { readonly term?: unknown }) => String(each.term ?? "")) : []
        curves.push({
          ...head,
          specifications: wired !== undefined && isList(wired) ? wired.length : terms.length,
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
