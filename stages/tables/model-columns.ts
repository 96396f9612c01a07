import type { Fault, Tracked } from "@sediment/sediment"
import type { Estimates, Glance, Tests } from "../table-types.ts"
import type { EstimateStyle } from "./estimate-columns.ts"
import { labelOf } from "./labels.ts"
import type { ModelColumn } from "./model-column.ts"
import type { ModelColumnParam, ModelTableParams } from "./model-table-params.ts"
import { readEstimates } from "./read-estimates.ts"
import { readTests } from "./read-tests.ts"
import { clusterCount, readVariance } from "./variance-notes.ts"

interface ModelInputs {
  readonly coefficients: ReadonlyArray<Tracked<typeof Estimates>>
  readonly glances: ReadonlyArray<Tracked<typeof Glance>>
  readonly tests: ReadonlyArray<Tracked<typeof Tests>>
}

const quoted = (names: ReadonlyArray<string>): string => names.map((name) => `"${name}"`).join(", ")

/** A column for each equation that has estimates and a row of the glance. */
export const everyEquation = ({ coefficients, glances }: ModelInputs): ReadonlyArray<ModelColumnParam> =>
  coefficients.flatMap((table, model) => {
    const there = glances[model]?.column("equation").values ?? []
    return [...new Set(table.column("equation").values)].filter((equation) => there.includes(equation)).map((equation) => ({ model, equation }))
  })

/** Finds each column's equation, glance row and tests; all that does not fit is told together, by its place under `at`. */
export const modelColumns = (
  inputs: ModelInputs,
  asked: ReadonlyArray<ModelColumnParam>,
  {
    at,
    dependent,
    labels,
    numbered,
    style
  }: { readonly at: string; readonly style: EstimateStyle } & Pick<ModelTableParams, "dependent" | "labels" | "numbered">
): { readonly columns: ReadonlyArray<ModelColumn>; readonly faults: ReadonlyArray<Fault> } => {
  const faults: Array<Fault> = []
  const columns: Array<ModelColumn> = []
  const wrong = (code: string, place: string, message: string) => faults.push({ code, message, where: { parameter: place } })
  asked.forEach((column, i) => {
    const model = column.model ?? i
    const place = `${at}[${i}]`
    const named = column.label === undefined ? place : `${place} ("${column.label}")`
    const coefficients = inputs.coefficients[model]
    const glance = inputs.glances[model]
    if (coefficients === undefined || glance === undefined) {
      const there = `${inputs.coefficients.length} tables of coefficients and ${inputs.glances.length} glances`
      wrong("no-such-model", place, `${named} shows model ${model}, counted from 0, but the table has ${there}; wire it, or set "model"`)
      return
    }
    const groups = readEstimates(coefficients, style)
    const equations = [...groups.keys()]
    const equation = column.equation ?? (equations.length === 1 ? equations[0]! : undefined)
    const estimates = equation === undefined ? undefined : groups.get(equation)
    const row = glance.column("equation").values.indexOf(equation ?? "")
    if (estimates === undefined || row === -1) {
      const asks = equation === undefined ? "names no equation" : `shows the equation "${equation}"`
      wrong("no-such-equation", place, `${named} ${asks}, and its model has ${quoted(equations)}; set "equation" to one of them`)
      return
    }
    const positions = column.tests === undefined ? [] : [column.tests].flat()
    for (const position of positions)
      if (inputs.tests[position] === undefined)
        wrong("no-such-tests", place, `${named} shows tests ${position}, counted from 0, but ${inputs.tests.length} tables of tests are wired`)
    const explained = () => labelOf(labels, glance.column("dependent").values[row]!)
    const made = () => [...(numbered ? [`(${i + 1})`] : []), ...(dependent === "label" ? [explained()] : [])].join(" ") || `(${i + 1})`
    const variance = readVariance(glance, row)
    columns.push({
      label: column.label ?? made(),
      group: column.group ?? (dependent === "group" ? explained() : undefined),
      estimates,
      published: column.published ?? String(i + 1),
      variance,
      model: () => glance.column("model").values[row]!,
      dependent: explained,
      fit: (statistic) =>
        statistic === "nobs"
          ? glance.column("nobs").values[row]!
          : statistic === "clusters"
            ? clusterCount(variance)
            : glance.has(statistic)
              ? glance.column(statistic).values[row]!
              : Number.NaN,
      statistics: () => glance.names,
      tests: positions.flatMap((position) => {
        const tests = inputs.tests[position]
        return tests === undefined ? [] : readTests(tests)
      })
    })
  })
  return { columns, faults }
}
