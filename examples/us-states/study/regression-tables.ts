/** Tables 4, 5 and 5b: output per worker on the index and on its parts, and region by region. */
import type { Builder, Output } from "@sediment/sediment"
import type { Tests } from "@sediment/sediment/stages/table-types.ts"
import { modelTable } from "@sediment/sediment/stages/tables/model-table.ts"
import { testsTable } from "@sediment/sediment/stages/tables/tests-table.ts"
import { employmentRow, fit, indexRow, type Model, marks, modelsOf, publicRow, type TestedModel } from "./layout.ts"

interface Regressions {
  /** Of the indicator set. */
  readonly index: string
  readonly baseline: Model
  readonly parts: Model
  readonly effectsTest: { readonly tests: Output<typeof Tests> }
  readonly iv: TestedModel
  /** The baseline in each census region, in the order of `regionNames`. */
  readonly regions: ReadonlyArray<Model>
  readonly regionNames: ReadonlyArray<string>
  readonly regionDifference: { readonly tests: Output<typeof Tests> }
}

export const regressionTables = (dag: Builder, { baseline, effectsTest, index, iv, parts, regionDifference, regionNames, regions }: Regressions) => {
  const regionPairs = regionNames.flatMap((first, i) => regionNames.slice(i + 1).map((second) => `${first} - ${second}`))
  return [
    dag.node(
      "table4",
      modelTable,
      {
        ...modelsOf([baseline, parts, iv]),
        tests: [effectsTest.tests, iv.tests],
        published: []
      },
      {
        title: "Table 4. Output per worker and the conditions of production",
        decimals: 4,
        columns: [
          { label: "(1) ln output per worker", group: "Fixed effects", tests: 0 },
          { label: "(2) ln output per worker", group: "Fixed effects" },
          { label: "(3) index", group: "FE-2SLS", model: 2, equation: index },
          { label: "(4) ln output per worker", group: "FE-2SLS", model: 2, equation: "ln_output", tests: 1 }
        ],
        rows: [
          indexRow(index),
          publicRow,
          { term: "private", label: "Private capital (sub-index)" },
          { term: "labour", label: "Labour market (sub-index)" },
          { term: `L.${index}`, label: "Index, the year before" },
          employmentRow
        ],
        marks,
        tests: [
          { label: "Hausman", test: "hausman", below: "p_value" },
          { label: "Mundlak", test: "mundlak", below: "p_value" },
          { label: "First-stage F", test: "first_stage_f", below: "p_value" },
          { label: "Kleibergen-Paap rk LM", test: "kp_rk_lm", below: "p_value" },
          { label: "Kleibergen-Paap rk Wald F", test: "kp_rk_wald_f" },
          { label: "Cragg-Donald F {10% maximal size}", test: "stock_yogo", variant: "10% maximal IV size", below: "critical" },
          { label: "Anderson-Rubin F", test: "anderson_rubin_f", below: "p_value" },
          { label: "Endogeneity", test: "endogeneity", below: "p_value" }
        ],
        fit
      }
    ),
    dag.node(
      "table5",
      modelTable,
      {
        ...modelsOf([baseline, ...regions]),
        tests: [regionDifference.tests],
        published: []
      },
      {
        title: "Table 5. Output per worker by census region",
        decimals: 4,
        columns: [{ label: "(1) All" }, ...regionNames.map((name, i) => ({ label: `(${i + 2}) ${name}`, ...(i === 0 ? { tests: 0 } : {}) }))],
        rows: [indexRow(index), employmentRow],
        marks,
        tests: [{ label: "Equal index in (2) to (5), F", test: "difference_f", variant: `${index}: all groups`, below: "p_value" }],
        fit
      }
    ),
    dag.node(
      "table5b",
      testsTable,
      { tests: [regionDifference.tests], published: [] },
      {
        title: "Table 5b. The index's coefficient in one region less that in another",
        decimals: 4,
        rows: ["difference_f", "permutation", "permutation_t"].flatMap((test, kind) =>
          regionPairs.map((pair) => ({ test, variant: `${index}: ${pair}`, label: ["Wald F", "Difference, permutation", "t, permutation"][kind]! }))
        )
      }
    )
  ]
}
