/** Tables 4 to 7, 9 and 10, as the paper lays them out: of the regressions under any variance. */
import type { Builder, Output } from "@sediment/sediment"
import type { Tests } from "../stages/table-types.ts"
import { modelTable } from "../stages/tables/model-table.ts"
import { type Model, modelsOf, paperLayout, rowsOf, type TestedModel } from "./layout.ts"
import type { PublishedFiles } from "./published.ts"

export interface Regressions {
  readonly baseline: Model
  readonly iv: TestedModel
  readonly onEg: Model
  readonly centers: Model
  readonly dimensions: ReadonlyArray<Model>
  readonly heterogeneity: { readonly [group: string]: Model }
  readonly mediated: Model
  readonly moderations: { readonly mi: Model; readonly icc: Model }
}
export interface Specification {
  readonly ami: string
  readonly controls: ReadonlyArray<string>
  /** The sub-indices. */
  readonly dimensions: ReadonlyArray<string>
  readonly groups: { readonly [group: string]: { readonly label: string; readonly where: { readonly [column: string]: ReadonlyArray<string> } } }
}
/** Tests of Table 6: that groups are equal, and by the wild bootstrap for each sample. */
export interface SecondOpinions {
  readonly regions: Output<typeof Tests>
  readonly clusters: Output<typeof Tests>
  readonly wild: ReadonlyArray<Output<typeof Tests>>
}

// What Table 6 does not tell: whether coefficients differ, and whether the few clusters of a sample can carry a test.
const differencesBelow = [
  { label: "coagglo: t, wild bootstrap", test: "wild_bootstrap", below: "p_value" },
  { label: "Equal coagglo in (1) to (4), F", test: "difference_f", variant: "coagglo: all groups", below: "p_value", columns: [1] },
  {
    label: "Equal coagglo in (5) and (6), F",
    test: "difference_f",
    variant: "coagglo: Clusters - No clusters",
    below: "p_value",
    columns: [5]
  },
  { label: "(5) - (6), permutation of t", test: "permutation_t", variant: "coagglo: Clusters - No clusters", below: "p_value", columns: [5] }
] as const

export const regressionTables = (
  dag: Builder,
  models: Regressions,
  of: Specification,
  printed: PublishedFiles,
  { aside = "", prefix, secondOpinions }: { readonly prefix: string; readonly aside?: string; readonly secondOpinions?: SecondOpinions }
) => {
  const titled = (title: string) => (aside === "" ? title : `${title}: ${aside}`)
  const { baseline, centers, dimensions, heterogeneity, iv, mediated, moderations, onEg } = models
  const { ami, controls } = of
  const table4 = dag.node(
    `${prefix}table4`,
    modelTable,
    {
      ...modelsOf([baseline, iv, onEg, centers]),
      tests: [iv.tests],
      published: printed["table-04"]
    },
    {
      title: titled("Table 4. Baseline regression and robustness testing"),
      columns: [
        { label: "(1) ami", group: "Baseline Regression", model: 0 },
        { label: "(2) coagglo", group: "IV", model: 1, equation: "coagglo", tests: 0 },
        { label: "(3) ami", group: "IV", model: 1, equation: ami, tests: 0 },
        { label: "(4) ami", group: "Replace X", model: 2 },
        { label: "(5) center", group: "Replace Y", model: 3 }
      ],
      rows: rowsOf("coagglo", "eg", "L.coagglo", ...controls, "(constant)"),
      ...paperLayout,
      tests: [
        { label: "First Stage F Statistics", test: "first_stage_f", columns: [2] },
        { label: "Kleibergen-Paap rk LM Statistics", test: "kp_rk_lm", below: "p_value", columns: [3] },
        { label: "Kleibergen-Paap Wald rk F Statistics", test: "kp_rk_wald_f", below: "critical", columns: [3] },
        { label: "Anderson-Rubin Wald Statistics", test: "anderson_rubin_wald", below: "p_value", columns: [3] }
      ]
    }
  )
  const table5 = dag.node(
    `${prefix}table5`,
    modelTable,
    { ...modelsOf(dimensions), tests: [], published: printed["table-05"] },
    {
      title: titled("Table 5. Subdivision advanced manufacturing evaluation indicators"),
      columns: of.dimensions.map((name, i) => ({ label: `(${i + 1}) ${name}` })),
      rows: rowsOf("coagglo", ...controls, "(constant)"),
      ...paperLayout
    }
  )
  const table6 = dag.node(
    `${prefix}table6`,
    modelTable,
    {
      ...modelsOf(Object.values(heterogeneity)),
      tests: secondOpinions === undefined ? [] : [secondOpinions.regions, secondOpinions.clusters, ...secondOpinions.wild],
      published: printed["table-06"]
    },
    {
      title: titled("Table 6. Heterogeneity analysis"),
      columns: Object.values(of.groups).map(({ label, where }, i) => ({
        label: `(${i + 1}) ami`,
        group: label,
        ...(secondOpinions === undefined ? {} : { tests: ["region" in where ? 0 : 1, 2 + i] as const })
      })),
      rows: rowsOf("coagglo", ...controls, "(constant)"),
      ...paperLayout,
      tests: secondOpinions === undefined ? [] : differencesBelow
    }
  )
  const table7 = dag.node(
    `${prefix}table7`,
    modelTable,
    { ...modelsOf([mediated]), tests: [], published: printed["table-07"] },
    {
      title: titled("Table 7. Intermediate effect test"),
      columns: [
        { label: "(1) ami", model: 0, equation: `${ami} ~ coagglo` },
        { label: "(2) ami", model: 0, equation: `${ami} ~ uic` },
        { label: "(3) uic", model: 0, equation: "uic ~ coagglo" },
        { label: "(4) ami", model: 0, equation: `${ami} ~ coagglo + uic` }
      ],
      rows: rowsOf("coagglo", "uic", ...controls, "(constant)"),
      ...paperLayout
    }
  )
  const moderationTable = (number: 9 | 10, title: string, moderator: string, model: Model) =>
    dag.node(
      `${prefix}table${number}`,
      modelTable,
      { ...modelsOf([model]), tests: [], published: printed[number === 9 ? "table-09" : "table-10"] },
      {
        title: titled(`Table ${number}. ${title}`),
        columns: [
          { label: "(1) ami", model: 0, equation: `${ami} ~ coagglo*${moderator}` },
          { label: "(2) uic", model: 0, equation: `uic ~ coagglo + ${moderator}` },
          { label: "(3) uic", model: 0, equation: `uic ~ coagglo*${moderator}` },
          { label: "(4) ami", model: 0, equation: `${ami} ~ uic + ${moderator}` },
          { label: "(5) ami", model: 0, equation: `${ami} ~ uic*${moderator}` }
        ],
        rows: rowsOf("coagglo", "uic", moderator, `coagglo*${moderator}`, `uic*${moderator}`, ...controls, "(constant)"),
        ...paperLayout,
        notes: ["Interactions are products of centred variables."]
      }
    )
  const table9 = moderationTable(9, "The regulating effect of manufacturing intelligence", "mi", moderations.mi)
  const table10 = moderationTable(10, "The regulating effect of international capacity cooperation", "icc", moderations.icc)
  return { table4, table5, table6, table7, table9, table10 }
}
