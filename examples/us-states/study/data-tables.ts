/** Tables 1 and 2: the data before any model. */
import type { Builder, Output } from "@sediment/sediment"
import { describe } from "@sediment/sediment/stages/describe.ts"
import type { IndicatorSet } from "@sediment/sediment/stages/indicator-set.ts"
import type { IndicatorWeights, Panel } from "@sediment/sediment/stages/table-types.ts"
import { weightsTable } from "@sediment/sediment/stages/tables/weights-table.ts"
import { indexRow } from "./layout.ts"

export interface Measured {
  readonly set: typeof IndicatorSet.Type
  readonly weights: Output<typeof IndicatorWeights>
  readonly panel: Output<typeof Panel>
}

export const dataTables = (dag: Builder, { panel, set, weights }: Measured) => {
  return [
    dag.node(
      "table1",
      describe,
      { panel, published: [] },
      {
        title: "Table 1. Descriptive statistics",
        variables: [
          { name: "output_per_worker", label: "Output per worker" },
          ...set.indicators.map(({ label, name }) => ({ name, label })),
          { name: set.index, label: indexRow(set.index).label },
          ...set.dimensions.map(({ label, name }) => ({ name, label: `${label} (sub-index)` })),
          { name: "emp", label: "Employment" }
        ]
      }
    ),
    dag.node(
      "table2",
      weightsTable,
      { weights, published: [] },
      { title: "Table 2. Indicators and entropy weights", dimensions: set.dimensions, indicators: set.indicators }
    )
  ]
}
