import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals, significant } from "../../src/render/numbers.ts"
import { PublishedComparison } from "../published-comparison/comparison-types.ts"
import { tolerancesInWords, tolerancesParam } from "../published-comparison/tolerances.ts"
import { worstFirst } from "../published-comparison/worst-first.ts"
import { PrintedTable } from "../table-types.ts"
import type { Cell } from "./draft.ts"
import { printedTable } from "./printed-table.ts"
import { whereOfPublished } from "./published-titles.ts"
import { tableParams } from "./table-params.ts"

const PublishedDifferencesParams = Schema.Struct({
  ...tableParams,
  /** As the comparison has them: for the note that tells them. */
  ...tolerancesParam,
  /** How many differences are listed, worst first. */
  most: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(60)))
})

/** a, b, …, z, aa, … */
const letterOf = (index: number): string => (index < 26 ? "" : letterOf(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26))

/** By how much: in published standard errors where there is one, else relatively. */
const amountOf = (inStdErrors: number, relative: number): Cell => {
  const sign = (x: number): string => (x < 0 ? "" : "+")
  if (!Number.isNaN(inStdErrors)) return { text: `${sign(inStdErrors)}${decimals(inStdErrors, 2)} SE`, value: inStdErrors }
  if (Number.isNaN(relative) || relative === 0) return { text: "" }
  return { text: `${sign(relative)}${Math.abs(relative) < 10 ? decimals(relative * 100, 1) : significant(relative * 100, 3)}%`, value: relative }
}

const headings = ["Paper", "Run", "By", "Differs in", "Why"]

/** Where a run differs from what is published in sign, stars, by more than the tolerance, or has nothing: a row a number, worst first. */
export const publishedDifferencesTable = Stage.make("published-differences-table", {
  inputs: { numbers: PublishedComparison },
  params: PublishedDifferencesParams,
  output: PrintedTable,
  run: ({ numbers }, { most, notes, title, tolerances }) =>
    Effect.sync(() => {
      const texts = (name: "table" | "column" | "term" | "kind" | "published" | "run" | "stars_published" | "stars_run" | "reasons" | "explanation") =>
        numbers.column(name).values
      const reasons = texts("reasons")
      const [table, column, term, kind, published, run, why] = [
        texts("table"),
        texts("column"),
        texts("term"),
        texts("kind"),
        texts("published"),
        texts("run"),
        texts("explanation")
      ]
      const [starsPublished, starsRun] = [texts("stars_published"), texts("stars_run")]
      const [relative, inStdErrors] = [numbers.column("relative").values, numbers.column("in_std_errors").values]
      const [publishedValue, runValue] = [numbers.column("published_value").values, numbers.column("run_value").values]
      const [excess, tolerance] = [numbers.column("excess").values, numbers.column("tolerance").values]
      const [sign, stars, missing] = [numbers.column("sign_differs").values, numbers.column("stars_differ").values, numbers.column("not_reproduced").values]
      const found = [...reasons.keys()]
        .filter((i) => reasons[i] !== "")
        .map((i) => ({
          i,
          signDiffers: sign[i] === 1,
          starsDiffer: stars[i] === 1,
          starsPublished: starsPublished[i]!,
          starsRun: starsRun[i]!,
          missing: missing[i] === 1,
          excess: excess[i]!,
          tolerance: tolerance[i]!
        }))
        .sort(worstFirst)
      const listed = found.slice(0, most)
      const reasonsWhy = [...new Set(listed.map(({ i }) => why[i]!).filter((text) => text !== ""))]
      const explained = reasonsWhy.length > 0
      const rows = listed.map(({ i }) => {
        const cells = [
          { text: published[i]!.replace(/ +(\*+)$/, "$1"), value: publishedValue[i]! },
          { text: run[i]!, value: runValue[i]! },
          amountOf(inStdErrors[i]!, relative[i]!),
          { text: reasons[i]! },
          { text: why[i] === "" ? "" : letterOf(reasonsWhy.indexOf(why[i]!)) }
        ]
        return {
          label: whereOfPublished({ table: table[i]!, column: column[i]!, term: term[i]!, kind: kind[i]! }),
          cells: explained ? cells : cells.slice(0, -1)
        }
      })
      const rest = found.length - rows.length
      const legend = [
        found.length === 0
          ? `Of ${reasons.length} published numbers none differs in sign or stars, none by more than the tolerance, and all are in the run.`
          : `${found.length} of ${reasons.length} published numbers, worst first: signs of what is significant, stars, other signs, sizes by tolerances, then what the run does not have.`,
        "By: the run's number less the published one, in published standard errors (SE) or relatively. Differs in: sign, stars, size (by more than the tolerance).",
        `Tolerated beyond rounding (the larger): ${tolerancesInWords(tolerances)}.`,
        ...reasonsWhy.map((text, r) => `${letterOf(r)}: ${text}.`),
        ...(rest === 0 ? [] : [`${rest} more are not listed here; the comparison has them all.`])
      ]
      const heads = explained ? headings : headings.slice(0, -1)
      return printedTable({ title, columns: heads.map((label) => ({ label })), rows, notes: [...legend, ...notes] })
    })
})
