/** Tables beyond the paper: mediation and moderation in space, spillovers by order, local clusters of the index. */
import type { Builder, Output } from "@sediment/sediment"
import type { LocalMoran } from "../stages/autocorrelation-types.ts"
import type { Effects, OrderEffects, Panel } from "../stages/table-types.ts"
import { localMoranTable } from "../stages/tables/local-moran-table.ts"
import { mediationTable } from "../stages/tables/mediation-table.ts"
import { ordersTable } from "../stages/tables/orders-table.ts"
import { tidyTable } from "../stages/tables/tidy-table.ts"

export interface BeyondThePaper {
  readonly ami: string
  readonly index: Output<typeof Panel>
  readonly localClusters: Output<typeof LocalMoran>
  readonly spatiallyMediatedEffects: Output<typeof Effects>
  readonly spatiallyModerated: { readonly effects: Output<typeof Effects> }
  readonly byOrder: Output<typeof OrderEffects>
}

export const beyondTables = (dag: Builder, { ami, byOrder, index, localClusters, spatiallyMediatedEffects, spatiallyModerated }: BeyondThePaper) => {
  const ownAndOthers = [
    { effect: "direct", label: "Direct effect" },
    { effect: "indirect", label: "Indirect effect (spillovers)" },
    { effect: "total", label: "Total effect" }
  ]
  const spatialMediationTable = dag.node(
    "table-spatial-mediation",
    mediationTable,
    { effects: spatiallyMediatedEffects, published: [] },
    {
      title: "Beyond the paper. Mediation of coagglo by uic in space: nested matrix",
      interval: "95% bias-corrected interval",
      effects: ownAndOthers,
      terms: [
        { term: "coagglo -> uic", label: "coagglo on uic" },
        { term: `uic -> ${ami}`, label: `uic on ${ami}` },
        { term: `coagglo -> uic -> ${ami}`, label: "coagglo through uic" },
        { term: `coagglo -> ${ami}`, label: "coagglo past uic" },
        { term: "coagglo", label: "coagglo, both" }
      ]
    }
  )
  const spatialModerationTable = dag.node(
    "table-spatial-moderation",
    mediationTable,
    { effects: spatiallyModerated.effects, published: [] },
    {
      title: `Beyond the paper. Effects of coagglo on ${ami} in space at percentiles of mi: nested matrix`,
      interval: "95% interval",
      effects: ownAndOthers,
      terms: [
        { term: "coagglo | mi p16", label: "At the 16th percentile of mi" },
        { term: "coagglo | mi p50", label: "At its median" },
        { term: "coagglo | mi p84", label: "At its 84th percentile" },
        { term: "coagglo | mi p84 - p16", label: "At the 84th less at the 16th" }
      ]
    }
  )
  const ordersOfCoagglo = dag.node(
    "table-orders",
    ordersTable,
    { effects: byOrder },
    { title: "Beyond the paper. Effects of coagglo by order of neighbour: nested matrix" }
  )
  const localMoranClusters = dag.node(
    "table-local-moran",
    localMoranTable,
    { local: localClusters },
    { title: `Beyond the paper. Local Moran's I of ${ami}: clusters and outliers by year, nested matrix`, variable: ami }
  )
  const levels = dag.node(
    "table-levels",
    tidyTable,
    { table: index },
    {
      title: "Beyond the paper. Development level of advanced manufacturing in provinces",
      rowLabel: ["entity"],
      columns: [{ column: ami, label: "ami" }],
      spread: "year",
      where: { year: [2003, 2009, 2015, 2021] },
      decimals: 2
    }
  )
  return [spatialMediationTable, spatialModerationTable, ordersOfCoagglo, localMoranClusters, levels]
}
