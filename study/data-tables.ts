/** Tables 2 and 3, and what section 4.2.1 says of ranks: the data before any model. */
import type { Builder, Output } from "@sediment/sediment"
import { describe } from "../stages/describe.ts"
import { shownScope } from "../stages/index-nodes.ts"
import type { IndicatorSet } from "../stages/indicator-set.ts"
import type { IndicatorWeights, Panel } from "../stages/table-types.ts"
import { rankingTable } from "../stages/tables/ranking-table.ts"
import { weightsTable } from "../stages/tables/weights-table.ts"
import type { PublishedFiles } from "./published.ts"

export interface Measured {
  readonly set: typeof IndicatorSet.Type
  readonly weights: Output<typeof IndicatorWeights>
  readonly index: Output<typeof Panel>
  readonly panelDescribed: Output<typeof Panel>
}

export const dataTables = (dag: Builder, { index, panelDescribed, set, weights }: Measured, printed: PublishedFiles) => {
  const ami = set.index
  const table2 = dag.node(
    "table2",
    weightsTable,
    { weights, published: printed["table-02"] },
    {
      title: "Table 2. Evaluation indicator system for advanced manufacturing",
      dimensions: set.dimensions,
      indicators: set.indicators,
      scope: shownScope(set),
      notes:
        set.weighting === undefined
          ? [
              "Weights are pooled over provinces and years, so that individual weights are the overall ones renormalised in their dimension: 16 of the 21 that the paper prints are not, and no data give them."
            ]
          : []
    }
  )
  const table3 = dag.node(
    "table3",
    describe,
    { panel: panelDescribed, published: printed["table-03"] },
    {
      title: "Table 3. Descriptive statistics",
      variables: [
        { name: ami, label: "Advanced Manufacturing Industry" },
        ...set.dimensions.map(({ label, name }) => ({ name, label })),
        { name: "coagglo", label: "Industrial Synergy Agglomeration" },
        { name: "pdgp", label: "Economic Development" },
        { name: "fdi", label: "Foreign Direct Investment" },
        { name: "hcl", label: "Human Capital Level" },
        { name: "gov", label: "Government Support Intensity" },
        { name: "inv", label: "Fixed Investment Level" },
        { name: "str", label: "Industrial Structure" },
        { name: "inf", label: "Informatization Level" },
        { name: "uic", label: "Urban Innovation Capacity" },
        { name: "mi", label: "Manufacturing Intelligence" },
        { name: "icc", label: "International Capacity Cooperation" }
      ]
    }
  )
  const ranking = dag.node(
    "table-ranking",
    rankingTable,
    { panel: index, published: printed.text },
    { title: "Section 4.2.1. The first ten provinces of 2021", variable: ami, year: 2021 }
  )
  return [table2, table3, ranking]
}
