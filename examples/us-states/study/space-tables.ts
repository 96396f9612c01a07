/** Tables 10 to 13: dependence in space, and the spatial Durbin model. */
import type { Builder, Output } from "@sediment/sediment"
import type { MoranByYear } from "@sediment/sediment/stages/autocorrelation-types.ts"
import type { Effects, Tests } from "@sediment/sediment/stages/table-types.ts"
import { moranTable } from "@sediment/sediment/stages/tables/moran-table.ts"
import { spatialTable } from "@sediment/sediment/stages/tables/spatial-table.ts"
import { testsTable } from "@sediment/sediment/stages/tables/tests-table.ts"
import { employmentRow, indexRow, type TestedModel } from "./layout.ts"

const lmRowsOf = (variant: string) =>
  [
    { test: "lm_lag", variant, label: "LM lag" },
    { test: "robust_lm_lag", variant, label: "Robust LM lag" },
    { test: "lm_error", variant, label: "LM error" },
    { test: "robust_lm_error", variant, label: "Robust LM error" }
  ] as const
const lmRows = [...lmRowsOf("within"), ...lmRowsOf("pooled")] as const

interface Durbin extends TestedModel {
  readonly effects: Output<typeof Effects>
}
/** What is fitted with one spatial weights matrix. */
interface Space {
  readonly moran: { readonly moran: Output<typeof MoranByYear> }
  readonly lm: Output<typeof Tests>
  readonly durbin: Durbin
}
interface Spaces {
  /** Of the indicator set. */
  readonly index: string
  readonly borders: Space & { readonly hausman: { readonly tests: Output<typeof Tests> } }
  readonly nested: Space
}

export const spaceTables = (dag: Builder, { borders, index, nested }: Spaces) => {
  const moranColumns = [
    { name: "ln_output", label: "ln output per worker" },
    { name: index, label: indexRow(index).label }
  ] as const
  const spatialRows = { decimals: 4, rows: [indexRow(index), employmentRow] }
  const durbin = ({ coefficients, effects, glance }: Durbin) => ({ coefficients, effects, glance, published: [] })
  return [
    dag.node(
      "table10a",
      moranTable,
      { moran: borders.moran.moran },
      { title: "Table 10a. Moran's I by year, neighbours across borders", variables: moranColumns }
    ),
    dag.node("table10b", moranTable, { moran: nested.moran.moran }, { title: "Table 10b. Moran's I by year, nested weights", variables: moranColumns }),
    dag.node("table11a", testsTable, { tests: [borders.lm], published: [] }, { title: "Table 11a. LM tests, neighbours across borders", rows: lmRows }),
    dag.node("table11b", testsTable, { tests: [nested.lm], published: [] }, { title: "Table 11b. LM tests, nested weights", rows: lmRows }),
    dag.node("table12a", spatialTable, durbin(borders.durbin), { title: "Table 12a. Spatial Durbin model, neighbours across borders", ...spatialRows }),
    dag.node("table12b", spatialTable, durbin(nested.durbin), { title: "Table 12b. Spatial Durbin model, nested weights", ...spatialRows }),
    dag.node(
      "table13",
      testsTable,
      { tests: [borders.durbin.tests, borders.hausman.tests], published: [] },
      {
        title: "Table 13. What the spatial Durbin model reduces to, neighbours across borders",
        rows: [
          { test: "wald_sar", label: "Wald: a spatial lag model (SAR)" },
          { test: "lr_sar", label: "LR: a spatial lag model (SAR)" },
          { test: "wald_sem", label: "Wald: a spatial error model (SEM)" },
          { test: "lr_sem", label: "LR: a spatial error model (SEM)" },
          { test: "spatial_hausman", label: "Hausman: random effects" }
        ]
      }
    )
  ]
}
