/** Section 5.6: Table 11 and the tests of spatial dependence. */
import type { Builder, Output } from "@sediment/sediment"
import type { MoranByYear } from "../stages/autocorrelation-types.ts"
import type { Effects, Tests } from "../stages/table-types.ts"
import { moranTable } from "../stages/tables/moran-table.ts"
import { spatialTable } from "../stages/tables/spatial-table.ts"
import { testsTable } from "../stages/tables/tests-table.ts"
import { labels, type Printed, rowsOf, type TestedModel } from "./layout.ts"
import type { PublishedFiles } from "./published.ts"

export interface Durbin extends TestedModel {
  readonly effects: Output<typeof Effects>
}
/** What section 5.6 fits with one spatial weights matrix. */
export interface Space {
  readonly moran: { readonly moran: Output<typeof MoranByYear> }
  readonly lm: Output<typeof Tests>
  readonly durbin: Durbin
  readonly asPublished: Durbin
  readonly hausman: { readonly tests: Output<typeof Tests> }
}

/** Table 11 of a Durbin model that was fitted otherwise, for its standard errors. */
export const table11Of = (dag: Builder, model: Durbin, controls: ReadonlyArray<string>, printed: PublishedFiles) =>
  dag.node(
    "table11[clustered]",
    spatialTable,
    { coefficients: model.coefficients, effects: model.effects, glance: model.glance, published: printed["table-11"] },
    { title: "Table 11. Spatial spillover effect test: nested matrix, clustered by province", labels, rows: rowsOf("coagglo", ...controls) }
  )

export const spaceTables = (
  dag: Builder,
  spaces: { readonly nested: Space; readonly economic: Space },
  controls: ReadonlyArray<string>,
  printed: PublishedFiles
) => {
  // Table 11 as published (no correction for the number of effects) and by the default (Lee and Yu); then both with the economic matrix, as section 5.6 ends.
  const table11 = dag.map(spaces, ({ asPublished, durbin }, one, kind) => {
    const layout = { labels, rows: rowsOf("coagglo", ...controls) }
    const of = (model: Durbin, name: string, title: string, shown: Printed) =>
      one.node(
        name,
        spatialTable,
        { coefficients: model.coefficients, effects: model.effects, glance: model.glance, published: shown },
        { title: `Table 11. Spatial spillover effect test: ${kind} matrix, ${title}`, ...layout }
      )
    return [
      of(asPublished, "table11[as published]", "effects not corrected for, as published", kind === "nested" ? printed["table-11"] : []),
      of(durbin, "table11", "Lee-Yu transformation", [])
    ] as const
  })
  // The paper's numbers stand beside the variants that it used: pooled residuals, likelihoods without correction.
  const tested = (test: string, label: string, published: string, own: string) => [
    { test, variant: published, label },
    { test, variant: own, label, published: "" }
  ]
  const spatialTestRows = [
    ...tested("lm_lag", "LM (lag)", "pooled", "within"),
    ...tested("robust_lm_lag", "Robust LM (lag)", "pooled", "within"),
    ...tested("lm_error", "LM (error)", "pooled", "within"),
    ...tested("robust_lm_error", "Robust LM (error)", "pooled", "within"),
    ...tested("wald_sar", "Wald (SAR)", "none", "lee-yu"),
    ...tested("wald_sem", "Wald (SEM)", "none", "lee-yu"),
    ...tested("lr_sar", "LR (SAR)", "none", "lee-yu"),
    ...tested("lr_sem", "LR (SEM)", "none", "lee-yu"),
    { test: "spatial_hausman", label: "Hausman (random effects)" }
  ] as const
  const spatialTests = dag.map(spaces, ({ asPublished, durbin, hausman: fixedOrRandom, lm }, one, kind) =>
    one.node(
      "table-spatial-tests",
      testsTable,
      { tests: [lm, asPublished.tests, durbin.tests, fixedOrRandom.tests], published: kind === "nested" ? printed.text : [] },
      { title: `Section 5.6. Tests of spatial dependence and of the Durbin model: ${kind} matrix`, rows: spatialTestRows }
    )
  )
  const moranTables = dag.map(spaces, ({ moran: index }, one, kind) =>
    one.node("table-moran", moranTable, { moran: index.moran }, { title: `Section 5.6. Moran's I by year: ${kind} matrix` })
  )
  return { table11, spatialTests, moranTables }
}
