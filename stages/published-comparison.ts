import { type Fault, many, type Out, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { type ComparedNumber, compareNumbers, concerns } from "./published-comparison/compare-numbers.ts"
import { PublishedComparison, PublishedSummary } from "./published-comparison/comparison-types.ts"
import { publishedRows, shownCells } from "./published-comparison/shown-cells.ts"
import { tolerancesParam } from "./published-comparison/tolerances.ts"
import { PrintedTable, Published } from "./table-types.ts"

const PublishedComparisonParams = Schema.Struct({
  ...tolerancesParam,
  /** Published tables whose stars are not compared, since the run's table prints none (`stars: false`). */
  withoutStars: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** Why certain numbers differ, as far as it is known. The first that fits a difference explains it; what is left out fits all. */
  explanations: Schema.Array(
    Schema.Struct({
      table: Schema.NonEmptyString,
      column: Schema.optionalKey(Schema.NonEmptyString),
      term: Schema.optionalKey(Schema.NonEmptyString),
      kind: Schema.optionalKey(Schema.NonEmptyString),
      why: Schema.NonEmptyString
    })
  ).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** NaN and infinite bounds are stored as missing. */
const finite = (all: ReadonlyArray<ComparedNumber>, value: (of: ComparedNumber) => number): Float64Array =>
  Float64Array.from(all, (one) => (Number.isFinite(value(one)) ? value(one) : Number.NaN))
const flags = (all: ReadonlyArray<ComparedNumber>, holds: (of: ComparedNumber) => boolean): Uint8Array => Uint8Array.from(all, (one) => (holds(one) ? 1 : 0))

const comparisonOf = (all: ReadonlyArray<ComparedNumber>): Out<typeof PublishedComparison> => ({
  table: all.map(({ published }) => published.table),
  column: all.map(({ published }) => published.column),
  column_label: all.map(({ published }) => published.columnLabel),
  term: all.map(({ published }) => published.term),
  label: all.map(({ published }) => published.label),
  kind: all.map(({ published }) => published.kind),
  published: all.map(({ published }) => published.text),
  published_value: finite(all, ({ published }) => published.number.value),
  published_low: finite(all, ({ published }) => published.number.low),
  published_high: finite(all, ({ published }) => published.number.high),
  run: all.map(({ run }) => run?.text ?? ""),
  run_value: finite(all, ({ run }) => run?.value ?? Number.NaN),
  difference: finite(all, ({ difference }) => difference),
  rounding_units: finite(all, ({ roundingUnits }) => roundingUnits),
  std_error: finite(all, ({ stdError }) => stdError),
  in_std_errors: finite(all, ({ inStdErrors }) => inStdErrors),
  relative: finite(all, ({ relative }) => relative),
  excess: finite(all, ({ excess }) => excess),
  tolerance: finite(all, ({ tolerance }) => tolerance),
  outcome: all.map(({ outcome }) => outcome),
  sign_differs: flags(all, ({ signDiffers }) => signDiffers),
  stars_compared: flags(all, ({ starsCompared }) => starsCompared),
  stars_published: all.map(({ published }) => published.stars),
  stars_run: all.map(({ starsRun }) => starsRun),
  stars_differ: flags(all, ({ starsDiffer }) => starsDiffer),
  beyond_tolerance: flags(all, ({ outcome }) => outcome === "beyond"),
  not_reproduced: flags(all, ({ outcome }) => outcome === "missing"),
  reasons: all.map(({ reasons }) => reasons.join("; ")),
  explanation: all.map(({ explanation }) => explanation)
})

const summaryOf = (all: ReadonlyArray<ComparedNumber>): Out<typeof PublishedSummary> => {
  const tables = [...new Set(all.map(({ published }) => published.table))]
  const parts = [...tables.map((table) => all.filter(({ published }) => published.table === table)), all]
  const count = (holds: (of: ComparedNumber) => boolean): Int32Array => Int32Array.from(parts, (part) => part.filter(holds).length)
  return {
    table: [...tables, "all"],
    numbers: count(() => true),
    within_rounding: count(({ outcome }) => outcome === "rounding"),
    within_tolerance: count(({ outcome }) => outcome === "tolerance"),
    beyond_tolerance: count(({ outcome }) => outcome === "beyond"),
    not_reproduced: count(({ outcome }) => outcome === "missing"),
    sign_differs: count(({ signDiffers }) => signDiffers),
    stars_compared: count(({ starsCompared }) => starsCompared),
    stars_differ: count(({ starsDiffer }) => starsDiffer),
    explained: count(({ explanation }) => explanation !== "")
  }
}

/**
 * Every published number beside the run's: `tables` are the run's printed tables, which tell what they show of `published`. Rounding is an interval: a number that
 * would be printed as the published one is does not differ. Beyond it, differences are told in units of the last decimal, in published standard errors and
 * relatively; signs and stars by themselves. The words of a published table (Yes, +, notes) are not numbers and are left out.
 */
export const publishedComparison = Stage.make("published-comparison", {
  inputs: { tables: many(PrintedTable), published: many(Published) },
  params: PublishedComparisonParams,
  output: { numbers: PublishedComparison, summary: PublishedSummary },
  run: ({ published, tables }, params) =>
    Effect.gen(function* () {
      const { faults, numbers, places } = publishedRows(published)
      const cells = shownCells(tables)
      const strangers = [...cells].filter(([place, { value }]) => !Number.isNaN(value) && !places.has(place)).map(([place]) => place)
      const unwired = strangers.map((place): Fault => {
        const message = `a table shows the published number "${place}", and no file wired as "published" has it; wire the file that this table reads`
        return { code: "published-not-wired", message, where: { parameter: "published", value: place } }
      })
      yield* failTogether([...faults, ...unwired])
      const all = compareNumbers(numbers, cells, params)
      for (const [i, explanation] of params.explanations.entries())
        if (!all.some((one) => concerns(explanation, one))) {
          const { why, ...of } = explanation
          const message = `explanations[${i}] ("${why}") is of no published number: nothing fits ${JSON.stringify(of)}`
          yield* Stage.warn({ code: "explains-nothing", message, where: { parameter: `explanations[${i}]` } })
        }
      const kinds = [...new Set(numbers.map(({ kind }) => kind))]
      const tablesThere = [...new Set(numbers.map(({ table }) => table))]
      for (const kind of Object.keys(params.tolerances))
        if (kind !== "otherwise" && !kinds.includes(kind)) {
          const message = `tolerances name the kind "${kind}", which no published number has; the kinds are ${kinds.join(", ")}`
          yield* Stage.warn({ code: "tolerance-of-nothing", message, where: { parameter: "tolerances", value: kind } })
        }
      for (const table of params.withoutStars)
        if (!tablesThere.includes(table)) {
          const message = `withoutStars names the table "${table}", of which no number is published; the tables are ${tablesThere.join(", ")}`
          yield* Stage.warn({ code: "no-such-published-table", message, where: { parameter: "withoutStars", value: table } })
        }
      return { numbers: comparisonOf(all), summary: summaryOf(all) }
    })
})
