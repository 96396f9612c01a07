import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals } from "../../src/render/numbers.ts"
import { VariantFit } from "../published-comparison/comparison-types.ts"
import { PrintedTable } from "../table-types.ts"
import type { Cell, Row } from "./draft.ts"
import { printedTable } from "./printed-table.ts"
import { titleOfPublished } from "./published-titles.ts"
import { tableParams } from "./table-params.ts"

const measures = ["Stars agree", "SE ratio", "SE alike", "SE nearest"] as const

/** Which of several variants of a run has the published stars and standard errors: a row a published column; for each measure a column a variant. */
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
      const median = fits.column("ratio_median").values
      const nearest = fits.column("std_errors_nearest").values
      const variants = [...new Set(variant)]
      const ofRow = new Map<string, Map<string, number>>()
      variant.forEach((name, i) => {
        const key = JSON.stringify([table[i], column[i]])
        ofRow.set(key, (ofRow.get(key) ?? new Map<string, number>()).set(name, i))
      })
      const cellOf = (heading: (typeof measures)[number], i: number): Cell =>
        heading === "Stars agree"
          ? { text: starsCompared[i] === 0 ? "" : `${starsAgree[i]} of ${starsCompared[i]}`, value: starsAgree[i]! }
          : heading === "SE ratio"
            ? { text: decimals(median[i]!, 2), value: median[i]! }
            : heading === "SE alike"
              ? { text: `${withinRounding[i]} of ${compared[i]}`, value: withinRounding[i]! }
              : { text: String(nearest[i]), value: nearest[i]! }
      const headings = measures.filter((heading) => heading !== "Stars agree" || starsCompared.some((count) => count > 0))
      // A total over one column, or one table, says nothing new.
      const columnsOf = (of: string): number => new Set(table.flatMap((name, i) => (name === of && column[i] !== "all" ? [column[i]] : []))).size
      const tables = new Set(table.filter((name) => name !== "all"))
      const isTold = (i: number): boolean => column[i] !== "all" || (table[i] === "all" ? tables.size > 1 : columnsOf(table[i]!) > 1)
      const told = [...ofRow.values()].filter((byVariant) => isTold(byVariant.values().next().value!))
      const rows = told.map((byVariant, r): Row => {
        const i = byVariant.values().next().value!
        const whole = column[i] === "all"
        const heading = titleOfPublished(table[i]!)
        return {
          label: whole ? (table[i] === "all" ? heading : `${heading}, all columns`) : `${heading} (${column[i]}) ${label[i]}`.trimEnd(),
          ruled: r > 0 && table[i] === "all",
          cells: headings.flatMap((heading) =>
            variants.map((name) => {
              const at = byVariant.get(name)
              return at === undefined ? undefined : cellOf(heading, at)
            })
          )
        }
      })
      const legend =
        "SE: standard errors, or those that a printed statistic implies. Ratio: the median of the run's by the published ones; alike: within rounding, of printed ones; nearest: nearer to the published one, by ratio, than those of the other variants."
      const legendOfStars = headings.includes("Stars agree") ? ["Stars agree where run and print have the same number of them."] : []
      return printedTable({
        title,
        columns: headings.flatMap((heading) => variants.map((label) => ({ label, group: heading }))),
        rows,
        notes: [...legendOfStars, legend, ...notes]
      })
    })
})
