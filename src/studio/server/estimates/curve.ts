import { Effect } from "effect"
import { isList } from "../../../dag/dag.ts"
import type { Curve } from "../../messages/estimates/curve.ts"
import type { NodeToday, StudyToday } from "../today/study-today.ts"
import { testsOfCurve } from "./curve-nodes.ts"
import { numbers, rowsIn, texts } from "./table-columns.ts"
import { headOf, neededOutput, nodeToday, outputsOf } from "./today.ts"

/** What the parameters of the stage say of each specification. */
interface Specified {
  readonly name: string
  readonly choices: ReadonlyArray<readonly [choice: string, option: string]>
}

const specifiedIn = ({ params }: NodeToday): ReadonlyArray<Specified> => {
  const list = params["specifications"]
  return Array.isArray(list)
    ? list.map((one: { readonly name?: unknown; readonly choices?: unknown }) => ({
        name: String(one.name ?? ""),
        choices: Array.isArray(one.choices) ? one.choices.map((pair: ReadonlyArray<unknown>) => [String(pair[0]), String(pair[1])] as const) : []
      }))
    : []
}

/** The choices with their options in the order in which the comparison has them, and each specification's option. */
const choicesOf = (specified: ReadonlyArray<Specified>, names: ReadonlyArray<string>): Curve["choices"] => {
  const options = new Map<string, Array<string>>()
  for (const { choices } of specified)
    for (const [choice, option] of choices) {
      const own = options.get(choice) ?? []
      if (!own.includes(option)) own.push(option)
      options.set(choice, own)
    }
  const byName = new Map(specified.map((one) => [one.name, new Map(one.choices)]))
  return [...options].map(([choice, own]) => ({ choice, options: own, of: names.map((name) => own.indexOf(byName.get(name)?.get(choice) ?? "")) }))
}

const testsIn = (today: StudyToday, one: NodeToday) =>
  Effect.gen(function* () {
    const found: Array<Curve["tests"][number]> = []
    for (const node of testsOfCurve(today, one))
      for (const { table } of yield* outputsOf(node, new Set(["Tests"]))) {
        const [test, variant, note, statistic, p] = [
          texts(table, "test"),
          texts(table, "variant"),
          texts(table, "note"),
          numbers(table, "statistic"),
          numbers(table, "p_value")
        ]
        found.push(
          ...rowsIn(table, (row) => ({ node: node.node.name, test: test(row), variant: variant(row), statistic: statistic(row), p: p(row), note: note(row) }))
        )
      }
    return found
  })

/** A specification curve with the choices behind each of its estimates. */
export const curveOf = (today: StudyToday, name: string) =>
  Effect.gen(function* () {
    const one = yield* nodeToday(today, name)
    const { table } = yield* neededOutput(one, "CurveEstimates")
    const specification = rowsIn(table, texts(table, "specification"))
    const specified = specifiedIn(one)
    const wired = one.node.inputs["coefficients"]
    const models = wired !== undefined && isList(wired) ? new Map(wired.map(({ node }, i) => [specified[i]?.name ?? "", node])) : new Map<string, string>()
    const [summary] = yield* outputsOf(one, new Set(["CurveSummary"]))
    const [moves] = yield* outputsOf(one, new Set(["ChoiceEffects"]))
    const preferred = specification.indexOf(specified[0]?.name ?? "")
    const column = (of: string) => rowsIn(table, numbers(table, of))
    const { significance, units } = one.params
    const curve: Curve = {
      ...headOf(one),
      unit: units === "sd" ? "standard deviations of the outcome" : "units of the outcome",
      significance: typeof significance === "number" ? significance : 0.05,
      specification,
      estimate: column("estimate"),
      stdError: column("std_error"),
      p: column("p_value"),
      low: column("conf_low"),
      high: column("conf_high"),
      nobs: column("nobs"),
      term: rowsIn(table, texts(table, "term")),
      node: specification.map((each) => models.get(each) ?? ""),
      choices: choicesOf(specified, specification),
      preferred: preferred === -1 ? null : preferred,
      summary:
        summary === undefined
          ? []
          : rowsIn(summary.table, (row) => ({
              statistic: texts(summary.table, "statistic")(row),
              value: numbers(summary.table, "value")(row),
              note: texts(summary.table, "note")(row)
            })),
      tests: yield* testsIn(today, one),
      moves:
        moves === undefined
          ? []
          : rowsIn(moves.table, (row) => ({
              choice: texts(moves.table, "choice")(row),
              with: texts(moves.table, "with")(row),
              share: numbers(moves.table, "share")(row),
              method: texts(moves.table, "method")(row)
            }))
    }
    return curve
  })
