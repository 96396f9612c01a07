/** Munnell's production function as it is printed, and the run beside it: every number, and which variance has the printed standard errors. */
import type { Builder, Output } from "@sediment/sediment"
import { published } from "@sediment/sediment/stages/published.ts"
import type { PublishedSummary, VariantFit } from "@sediment/sediment/stages/published-comparison/comparison-types.ts"
import { publishedComparison } from "@sediment/sediment/stages/published-comparison.ts"
import { publishedVariants } from "@sediment/sediment/stages/published-variants.ts"
import { modelTable } from "@sediment/sediment/stages/tables/model-table.ts"
import { publishedSummaryTable } from "@sediment/sediment/stages/tables/published-summary-table.ts"
import { publishedVariantsTable } from "@sediment/sediment/stages/tables/published-variants-table.ts"
import { employmentRow, fit, type Model, marks, modelsOf, unemploymentRow } from "./layout.ts"

const asInPrint = {
  rows: [{ term: "ln_pcap", label: "ln public capital" }, { term: "ln_pc", label: "ln private capital" }, employmentRow, unemploymentRow],
  marks,
  fit,
  notes: ["In print: Baltagi, Econometric Analysis of Panel Data, two-way error component, within."]
}

/** Table 3, and every printed number beside that of each variance. */
export const munnellInPrint = (dag: Builder, models: { readonly iid: Model; readonly clustered: Model }) => {
  const printed = dag.node("printed", published, { source: dag.source("data/published.csv") })
  const table3 = dag.node(
    "table3",
    modelTable,
    {
      ...modelsOf([models.iid, models.clustered]),
      tests: [],
      published: [printed]
    },
    {
      title: "Table 3. Munnell's production function",
      columns: [
        { label: "(1) ln output", group: "Independent errors" },
        { label: "(2) ln output", group: "Clustered by state" }
      ],
      ...asInPrint
    }
  )
  const compared = dag.map(models, (model, one) => {
    const shown = one.node(
      "in-print",
      modelTable,
      { ...modelsOf([model]), tests: [], published: [printed] },
      {
        title: `Munnell's production function, ${model === models.iid ? "independent errors" : "clustered by state"}`,
        columns: [{ label: "(1) ln output" }],
        ...asInPrint
      }
    )
    return one.node("published-comparison", publishedComparison, { tables: [shown], published: [printed] })
  })
  const fits = dag.node("variances", publishedVariants, { comparisons: [compared.iid.numbers, compared.clustered.numbers] }, { names: ["iid", "clustered"] })
  return { table3, summary: compared.iid.summary, fits }
}

interface AgainstPrint {
  /** Of the printed numbers and this run's with independent errors. */
  readonly summary: Output<typeof PublishedSummary>
  readonly fits: Output<typeof VariantFit>
}

/** Tables 3b and 3c. */
export const againstPrint = (dag: Builder, { fits, summary }: AgainstPrint) => [
  dag.node(
    "table3b",
    publishedSummaryTable,
    { summary },
    { title: "Table 3b. Munnell's production function: the printed numbers, and this run's with independent errors" }
  ),
  dag.node(
    "table3c",
    publishedVariantsTable,
    { fits },
    { title: "Table 3c. Which variance has the printed standard errors?", notes: ["Print has no stars. iid: independent errors; clustered: by state."] }
  )
]
