import { Effect } from "effect"
import { ESTIMATE_TYPES } from "../../../artifact/estimates.ts"
import { upstreamOf, wiresOf } from "../../../dag/dag.ts"
import { usage } from "../../../workspace/failure.ts"
import type { Model } from "../../messages/estimates/models.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import { equationsIn, estimatesIn } from "./estimates-in.ts"
import { numbers, rowsIn, texts } from "./table-columns.ts"
import { headOf, nodeToday, outputsOf } from "./today.ts"

const testsIn = (one: NodeToday) =>
  Effect.map(outputsOf(one, new Set(["Tests"])), (found) =>
    found.map(({ output, table }) => {
      const [test, variant, note] = [texts(table, "test"), texts(table, "variant"), texts(table, "note")]
      const [statistic, df, df2, p, critical] = [
        numbers(table, "statistic"),
        numbers(table, "df"),
        numbers(table, "df2"),
        numbers(table, "p_value"),
        numbers(table, "critical")
      ]
      return {
        output,
        rows: rowsIn(table, (row) => ({
          row,
          test: test(row),
          variant: variant(row),
          statistic: statistic(row),
          df: df(row),
          df2: df2(row),
          p: p(row),
          critical: critical(row),
          note: note(row)
        }))
      }
    })
  )

const titleOf = ({ params }: NodeToday): string => (typeof params["title"] === "string" ? params["title"] : "")

/** The tables and figures that read a node, or what was made of its artifacts alone (intervals by a bootstrap, say). */
const printedIn = (today: StudyToday, name: string): Model["printedIn"] =>
  [...today.nodes.values()].flatMap((other) => {
    const type = Object.values(other.node.outputs).find((one) => one === "PrintedTable" || one === "Figure")
    return type !== undefined && upstreamOf(other.node).includes(name) ? [{ node: other.node.name, type, title: titleOf(other) }] : []
  })

/** What there is to tell of a model. */
export const modelOf = (today: StudyToday, name: string) =>
  Effect.gen(function* () {
    const one = yield* nodeToday(today, name)
    const { node } = one
    if (!Object.values(node.outputs).some((type) => ESTIMATE_TYPES.has(type)))
      return yield* usage(
        "no-estimates",
        `${node.name} (stage ${node.stage}) has no estimates; its outputs are of type ${Object.values(node.outputs).join(", ")}`
      )
    const estimates = yield* outputsOf(one, ESTIMATE_TYPES)
    const glances = yield* outputsOf(one, new Set(["Glance"]))
    const model: Model = {
      ...headOf(one),
      madeIn: one.made ?? null,
      estimates: estimates.map(({ output, table, type }) => ({ output, type, rows: estimatesIn(output, table) })),
      equations: glances.flatMap(({ table }) => equationsIn(table)),
      tests: yield* testsIn(one),
      standardErrors: Object.entries(node.outputs).find(([output, type]) => type === "StandardErrors" && one.artifacts[output] !== undefined)?.[0] ?? null,
      params: Object.entries(one.params).map(([param, value]) => ({ name: param, value: typeof value === "string" ? value : JSON.stringify(value) })),
      inputs: wiresOf(node).flatMap(([input, wire]) => ("node" in wire ? [{ input, node: wire.node, output: wire.output }] : [])),
      printedIn: printedIn(today, node.name),
      warnings: one.warnings.map(({ message }) => message),
      notes: [...new Set(estimates.flatMap(({ table }) => table.notes))]
    }
    return model
  })
