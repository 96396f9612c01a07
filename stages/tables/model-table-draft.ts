import type { Where } from "@sediment/sediment"
import { confidenceLevel } from "./confidence-level.ts"
import type { Draft, Row } from "./draft.ts"
import { bracketsOf, estimateNotes, estimateRows, termsOf } from "./estimate-columns.ts"
import { type ResolvedRow, resolveRows } from "./estimate-rows.ts"
import { fixedEffectsRows, unknownEffects } from "./fixed-effects-rows.ts"
import { fitRow, markRow, testRows } from "./foot-rows.ts"
import type { ModelColumn } from "./model-column.ts"
import type { ModelTableParams } from "./model-table-params.ts"
import type { PublishedNumbers } from "./published-numbers.ts"
import { stackPanels } from "./stack-panels.ts"
import { testNotes } from "./test-notes.ts"
import { varianceNotes } from "./variance-notes.ts"

/** Models side by side; in a table of several, under a heading. */
export interface ModelPanel {
  readonly heading: string
  readonly columns: ReadonlyArray<ModelColumn>
}

const quoted = (names: ReadonlyArray<string>): string => names.map((name) => `"${name}"`).join(", ")
const fitOf = (fit: ModelTableParams["fit"][number]) => (typeof fit === "string" ? { statistic: fit } : fit)

/** Rows that no column has anything for: a mistyped name, or a regressor that every model dropped. */
const unusedRows = (
  columns: ReadonlyArray<ModelColumn>,
  unmatched: ReturnType<typeof resolveRows>["unmatched"],
  { fit, fixedEffects, tests }: Pick<ModelTableParams, "fit" | "fixedEffects" | "tests">
): ReadonlyArray<{ readonly message: string; readonly where: Where }> => {
  const terms = termsOf(columns)
  const known = new Set(columns.flatMap((column) => column.tests.map(({ test }) => test)))
  return [
    ...unmatched.map(({ place, term }) => ({
      message: `no column has an estimate of "${term}"; the terms are ${quoted(terms)}`,
      where: { parameter: place, value: term }
    })),
    ...unknownEffects(columns, fixedEffects).map(({ effect, place, there }) => ({
      message: `no column has fixed effects of "${effect}"; there are ${quoted(there)}`,
      where: { parameter: place, value: effect }
    })),
    ...tests.flatMap(({ test }, i) =>
      known.has(test)
        ? []
        : [{ message: `no column has the test "${test}"; the tests are ${quoted([...known])}`, where: { parameter: `tests[${i}]`, value: test } }]
    ),
    ...fit.map(fitOf).flatMap(({ statistic }, i) => {
      if (columns.some((column) => !Number.isNaN(column.fit(statistic)))) return []
      const there = [...new Set(columns.flatMap((column) => column.statistics()))].filter((name) => !KEYS.has(name))
      return [
        {
          message: `no column has the statistic "${statistic}"; there are ${quoted(["clusters", ...there])}`,
          where: { parameter: `fit[${i}]`, value: statistic }
        }
      ]
    })
  ]
}
/** Columns of a Glance that are no statistics. */
const KEYS: ReadonlySet<string> = new Set(["equation", "model", "dependent", "variance", "small_sample", "sample"])

/** One panel's rows: coefficients, then fixed effects, marks, tests and fit under a rule. */
const panelRows = (
  columns: ReadonlyArray<ModelColumn>,
  rows: ReadonlyArray<ResolvedRow>,
  params: ModelTableParams,
  published: PublishedNumbers
): ReadonlyArray<Row> => {
  const foot = [
    ...fixedEffectsRows(columns, params.fixedEffects, params.labels, published),
    ...params.marks.map((mark) => markRow(columns, mark, published)),
    ...params.tests.flatMap((test) => testRows(columns, test, params, published)),
    ...params.fit.map((fit) => fitRow(columns, fitOf(fit), params, published))
  ]
  const head: ReadonlyArray<Row> =
    params.dependent === "row" ? [{ label: "Dependent variable", cells: columns.map((column) => ({ text: column.dependent() })) }] : []
  const body = estimateRows(columns, rows, params, published)
  return [...head, ...body.map((row, i) => (i === 0 && head.length > 0 ? { ...row, ruled: true } : row)), ...foot.map((row, i) => ({ ...row, ruled: i === 0 }))]
}

const CONSTANT = "(constant)"
/** Where the columns' own order decides, the constant comes last: in a model with fewer regressors it stands before those that the next model adds. */
const constantLast = (terms: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...terms.filter((term) => term !== CONSTANT),
  ...terms.filter((term) => term === CONSTANT)
]

/** The table with its notes, and what is to be warned of. */
export const modelTableDraft = (
  panels: readonly [ModelPanel, ...ReadonlyArray<ModelPanel>],
  params: ModelTableParams,
  published: PublishedNumbers
): { readonly draft: Draft; readonly warnings: ReturnType<typeof unusedRows> } => {
  const all = panels.flatMap(({ columns }) => columns)
  const { rows, unmatched } = resolveRows(params.rows, { ...params, terms: constantLast(termsOf(all)) })
  const intervals = bracketsOf(params).includes("interval")
    ? all.flatMap(({ estimates }) => rows.flatMap((row) => (row.kind === "term" ? (estimates.get(row.term) ?? []) : [])))
    : []
  const lines = stackPanels(
    panels.map(({ columns, heading }) => ({
      heading,
      rows: panelRows(
        columns,
        rows.filter((row) => row.kind !== "term" || panels.length === 1 || columns.some(({ estimates }) => estimates.has(row.term))),
        params,
        published
      )
    }))
  )
  return {
    draft: {
      title: params.title,
      columns: panels[0].columns.map(({ group, label }) => ({ group, label })),
      rows: lines,
      notes: [...estimateNotes(params, rows, confidenceLevel(intervals)), ...varianceNotes(panels, params), ...notesOfTests(all, params.tests), ...params.notes]
    },
    warnings: unusedRows(all, unmatched, params)
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
