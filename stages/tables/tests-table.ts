import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals, pValue } from "../../src/render/numbers.ts"
import { PrintedTable, Published, Tests } from "../table-types.ts"
import type { Row } from "./draft.ts"
import { labelOf } from "./labels.ts"
import { numberParams, rowNumbers, styleOf, written } from "./number-style.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"
import { readTests } from "./read-tests.ts"
import { starsNote, starsOf, starsParam } from "./star-levels.ts"
import { InputPosition, tableParams } from "./table-params.ts"
import { testNotes } from "./test-notes.ts"

const TestsTableParams = Schema.Struct({
  ...tableParams,
  ...starsParam,
  ...numberParams(3),
  /** Tests in the order of print; all of them without it. */
  rows: Schema.optionalKey(
    Schema.Array(
      Schema.Struct({
        test: Schema.NonEmptyString,
        variant: Schema.optionalKey(Schema.String),
        /** Where its table stands in `tests`, from 0; the first that has it without this. */
        tests: Schema.optionalKey(InputPosition),
        label: Schema.optionalKey(Schema.String),
        ...rowNumbers,
        /** The term of the published numbers: `test` without it. An empty one has none. */
        published: Schema.optionalKey(Schema.String)
      })
    ).check(Schema.isMinLength(1))
  )
})

/** Tests of one model or of several, a row a test (the LM, Wald, LR and Hausman tests of section 5.6): statistic with stars, degrees of freedom, p, and the convention that it follows. */
export const testsTable = Stage.make("tests-table", {
  inputs: { tests: many(Tests), published: many(Published) },
  params: TestsTableParams,
  output: PrintedTable,
  run: ({ published, tests }, params) =>
    Effect.suspend(() => {
      const all = tests.flatMap((table, position) => readTests(table).map((result) => ({ ...result, position })))
      const numbers = publishedNumbers(published)
      const alike = (a: (typeof all)[number]) => (b: (typeof all)[number]) => a.test === b.test && a.variant === b.variant && a.position === b.position
      const wanted =
        params.rows ?? all.filter((result, i) => all.findIndex(alike(result)) === i).map(({ position, test, variant }) => ({ test, variant, tests: position }))
      const missing: Array<string> = []
      const told: Array<{ label: string; variant: string; note: string }> = []
      const rows = wanted.flatMap((row: NonNullable<typeof params.rows>[number]): ReadonlyArray<Row> => {
        const first = all.find(
          (result) =>
            result.test === row.test &&
            (row.variant === undefined || result.variant === row.variant) &&
            (row.tests === undefined || result.position === row.tests)
        )
        if (first === undefined) {
          missing.push(`"${row.test}"${row.variant === undefined ? "" : ` (${row.variant})`}`)
          return []
        }
        const label = row.label ?? labelOf(params.labels, row.test)
        const term = row.published ?? row.test
        told.push({ label, variant: first.variant, note: first.note })
        // A test may have several statistics of one name and variant: the roots of Johnson and Neyman.
        return all.filter(alike(first)).map((found): Row => {
          const df = [found.df, found.df2].filter(Number.isFinite).map((x) => decimals(x, Number.isInteger(x) ? 0 : 1))
          return {
            label,
            cells: [
              { text: found.variant },
              {
                text: written(found.statistic, styleOf(params, row)) + starsOf(found.p_value, params.stars),
                value: found.statistic,
                published: numbers(undefined, term, ["statistic"])
              },
              { text: df.join(", ") },
              { text: pValue(found.p_value, params.decimals), value: found.p_value, published: numbers(undefined, term, ["p_value"]) }
            ]
          }
        })
      })
      if (missing.length > 0) {
        const there = [...new Set(all.map(({ test, variant }) => (variant === "" ? `"${test}"` : `"${test}" (${variant})`)))].join(", ")
        return Effect.fail(
          StageFailure.of("no-such-test", `there is no test ${missing.join(", ")}; the tests are ${there}`, { parameter: "rows", expected: there })
        )
      }
      const columns = ["Variant", "Statistic", "df", "p"].map((label) => ({ label }))
      return Effect.succeed(
        printedTable({ title: params.title, columns, rows, notes: [...starsNote(params.stars), ...testNotes(told), ...params.notes] }, params)
      )
    })
})
