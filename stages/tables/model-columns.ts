import type { Fault, Tracked, Where } from "@sediment/sediment"
import type { Estimates, Glance, Tests } from "../table-types.ts"
import { bracketsNote, type EstimateStyle, estimateRows } from "./estimate-columns.ts"
import { fitRow, markRow, testRows } from "./foot-rows.ts"
import type { ModelColumn } from "./model-column.ts"
import type { ModelTableParams } from "./model-table-params.ts"
import type { Draft } from "./printed-table.ts"
import type { PublishedNumbers } from "./published-numbers.ts"
import { readEstimates } from "./read-estimates.ts"
import { readTests } from "./read-tests.ts"
import { testNotes } from "./test-notes.ts"
import { readVariance, varianceNotes } from "./variance-notes.ts"

interface ModelInputs {
  readonly coefficients: ReadonlyArray<Tracked<typeof Estimates>>
  readonly glances: ReadonlyArray<Tracked<typeof Glance>>
  readonly tests: ReadonlyArray<Tracked<typeof Tests>>
}

const quoted = (names: ReadonlyArray<string>): string => names.map((name) => `"${name}"`).join(", ")

/** Finds each column's equation, glance row and tests; all that does not fit is told together. */
export const modelColumns = (
  inputs: ModelInputs,
  params: ModelTableParams,
  style: EstimateStyle
): { readonly columns: ReadonlyArray<ModelColumn>; readonly faults: ReadonlyArray<Fault> } => {
  const faults: Array<Fault> = []
  const columns: Array<ModelColumn> = []
  const wrong = (code: string, place: string, message: string) => faults.push({ code, message, where: { parameter: place } })
  params.columns.forEach((column, i) => {
    const model = column.model ?? i
    const place = `columns[${i}]`
    const coefficients = inputs.coefficients[model]
    const glance = inputs.glances[model]
    if (coefficients === undefined || glance === undefined) {
      const there = `${inputs.coefficients.length} tables of coefficients and ${inputs.glances.length} glances`
      wrong("no-such-model", place, `${place} ("${column.label}") shows model ${model}, counted from 0, but the table has ${there}; wire it, or set "model"`)
      return
    }
    const groups = readEstimates(coefficients, style)
    const equations = [...groups.keys()]
    const equation = column.equation ?? (equations.length === 1 ? equations[0]! : undefined)
    const estimates = equation === undefined ? undefined : groups.get(equation)
    const row = glance.column("equation").values.indexOf(equation ?? "")
    if (estimates === undefined || row === -1) {
      const asked = equation === undefined ? "names no equation" : `shows the equation "${equation}"`
      wrong("no-such-equation", place, `${place} ("${column.label}") ${asked}, and its model has ${quoted(equations)}; set "equation" to one of them`)
      return
    }
    const positions = column.tests === undefined ? [] : [column.tests].flat()
    for (const position of positions)
      if (inputs.tests[position] === undefined)
        wrong(
          "no-such-tests",
          place,
          `${place} ("${column.label}") shows tests ${position}, counted from 0, but ${inputs.tests.length} tables of tests are wired`
        )
    columns.push({
      label: column.label,
      group: column.group,
      estimates,
      published: column.published ?? String(i + 1),
      variance: readVariance(glance, row),
      fit: (statistic) =>
        statistic === "nobs" ? glance.column("nobs").values[row]! : glance.has(statistic) ? glance.column(statistic).values[row]! : Number.NaN,
      tests: positions.flatMap((position) => {
        const tests = inputs.tests[position]
        return tests === undefined ? [] : readTests(tests)
      })
    })
  })
  return { columns, faults }
}

/** Rows that no column has anything for: a mistyped name, or a regressor that every model dropped. */
export const unusedRows = (
  columns: ReadonlyArray<ModelColumn>,
  rows: ReadonlyArray<{ readonly term: string }>,
  tests: ModelTableParams["tests"]
): ReadonlyArray<{ readonly message: string; readonly where: Where }> => {
  const terms = new Set(columns.flatMap(({ estimates }) => [...estimates.keys()]))
  const known = new Set(columns.flatMap((column) => column.tests.map(({ test }) => test)))
  return [
    ...rows.flatMap(({ term }, i) =>
      terms.has(term)
        ? []
        : [{ message: `no column has an estimate of "${term}"; the terms are ${quoted([...terms])}`, where: { parameter: `rows[${i}]`, value: term } }]
    ),
    ...tests.flatMap(({ test }, i) =>
      known.has(test)
        ? []
        : [{ message: `no column has the test "${test}"; the tests are ${quoted([...known])}`, where: { parameter: `tests[${i}]`, value: test } }]
    )
  ]
}

/** The table: coefficients, then marks, tests and fit under a rule, then the notes. */
export const modelTableDraft = (
  columns: ReadonlyArray<ModelColumn>,
  params: Pick<ModelTableParams, "title" | "notes" | "marks" | "tests" | "fit" | "decimals"> & {
    readonly rows: ReadonlyArray<{ readonly term: string; readonly label?: string }>
  },
  style: EstimateStyle,
  published: PublishedNumbers
): Draft => {
  const foot = [
    ...params.marks.map((mark) => markRow(columns, mark, published)),
    ...params.tests.flatMap((test) => testRows(columns, test, params.decimals, published)),
    ...params.fit.map((fit) => fitRow(columns, fit, params.decimals, published))
  ]
  return {
    title: params.title,
    columns: columns.map(({ group, label }) => ({ group, label })),
    rows: [...estimateRows(columns, params.rows, style, published), ...foot.map((row, i) => ({ ...row, ruled: i === 0 }))],
    notes: [bracketsNote(style), ...varianceNotes(columns), ...notesOfTests(columns, params.tests), ...params.notes]
  }
}

/** What the brackets of the tests hold, and what the tests themselves want told. */
const notesOfTests = (columns: ReadonlyArray<ModelColumn>, tests: ModelTableParams["tests"]): ReadonlyArray<string> => {
  const held = [
    ...(tests.some(({ below }) => below === "p_value") ? ["p-values of the tests in square brackets."] : []),
    ...(tests.some(({ below }) => below === "critical") ? ["Critical values in braces."] : [])
  ]
  const told = tests.flatMap(({ label, test, variant }) =>
    columns.flatMap((column) =>
      column.tests.flatMap((result) =>
        result.test === test && (variant === undefined || result.variant === variant) ? [{ label, variant: "", note: result.note }] : []
      )
    )
  )
  return [...(held.length === 0 ? [] : [held.join(" ")]), ...testNotes(told)]
}
