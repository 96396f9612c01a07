import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals } from "../../src/render/numbers.ts"
import { VariantFit } from "../published-comparison/comparison-types.ts"
import { PrintedTable } from "../table-types.ts"
import { type Cell, printedTable, type Row } from "./printed-table.ts"
import { titleOfPublished } from "./published-titles.ts"
import { tableParams } from "./table-params.ts"

const headings = ["Stars agree", "SE within rounding", "SE run/published, median", "its quartiles", "SE nearest"]

/** Which of several variants of a run has the published stars and standard errors: a row a published column and a group of columns a variant. */
export const publishedVariantsTable = Stage.make("published-variants-table", {
  inputs: { fits: VariantFit },
  params: Schema.Struct(tableParams),
  output: PrintedTable,
  run: ({ fits }, { notes, title }) =>
    Effect.sync(() => {
      const variant = fits.column("variant").values
      const table = fits.column("table").values
      const column = fits.column("column").values
      const label = fits.column("column_label").values
      const [starsCompared, starsAgree] = [fits.column("stars_compared").values, fits.column("stars_agree").values]
      const [compared, withinRounding] = [fits.column("std_errors_compared").values, fits.column("std_errors_within_rounding").values]
      const [low, median, high] = [fits.column("ratio_low").values, fits.column("ratio_median").values, fits.column("ratio_high").values]
      const nearest = fits.column("std_errors_nearest").values
      const variants = [...new Set(variant)]
      const ofRow = new Map<string, Map<string, number>>()
      variant.forEach((name, i) => {
        const key = JSON.stringify([table[i], column[i]])
        ofRow.set(key, (ofRow.get(key) ?? new Map<string, number>()).set(name, i))
      })
      const cellsOf = (i: number | undefined): ReadonlyArray<Cell | undefined> =>
        i === undefined
          ? headings.map(() => undefined)
          : [
              { text: starsCompared[i] === 0 ? "" : `${starsAgree[i]} of ${starsCompared[i]}`, value: starsAgree[i]! },
              { text: `${withinRounding[i]} of ${compared[i]}`, value: withinRounding[i]! },
              { text: decimals(median[i]!, 2), value: median[i]! },
              { text: Number.isNaN(low[i]!) ? "" : `${decimals(low[i]!, 2)} to ${decimals(high[i]!, 2)}` },
              { text: String(nearest[i]), value: nearest[i]! }
            ]
      const rows = [...ofRow.values()].map((byVariant, r): Row => {
        const i = byVariant.values().next().value!
        const whole = column[i] === "all"
        const heading = titleOfPublished(table[i]!)
        return {
          label: whole ? (table[i] === "all" ? heading : `${heading}, all columns`) : `${heading} (${column[i]}) ${label[i]}`,
          ruled: r > 0 && table[i] === "all",
          cells: variants.flatMap((name) => cellsOf(byVariant.get(name)))
        }
      })
      const legend =
        "Stars agree where run and print have the same number of them. SE: standard errors, or those that a printed statistic implies (of these none counts as within rounding); nearest: nearer to the published one, by ratio, than those of the other variants."
      return printedTable({
        title,
        columns: variants.flatMap((name) => headings.map((heading) => ({ label: heading, group: name }))),
        rows,
        notes: [legend, ...notes]
      })
    })
})
