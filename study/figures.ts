/** Figures 2 and 3, Moran scatter plots, and the figures that show what the tables tell. */
import type { Builder, Output, Source } from "@sediment/sediment"
import { areas } from "../stages/areas.ts"
import type { LocalMoran, MoranByYear, MoranScatter } from "../stages/autocorrelation-types.ts"
import { bootstrap } from "../stages/bootstrap.ts"
import { bootstrapFigure } from "../stages/figures/bootstrap-figure.ts"
import { coefficientFigure } from "../stages/figures/coefficient-figure.ts"
import { conditionalEffectFigure } from "../stages/figures/conditional-effect-figure.ts"
import { effectsFigure } from "../stages/figures/effects-figure.ts"
import { localMapFigure } from "../stages/figures/local-map-figure.ts"
import { mapFigure } from "../stages/figures/map-figure.ts"
import { missingnessFigure } from "../stages/figures/missingness-figure.ts"
import { moranFigure } from "../stages/figures/moran-figure.ts"
import { ordersFigure } from "../stages/figures/orders-figure.ts"
import { scatterFigure } from "../stages/figures/scatter-figure.ts"
import { trendFigure } from "../stages/figures/trend-figure.ts"
import type { Effects, Entities, Estimates, OrderEffects, Panel, Replicates, Tests } from "../stages/table-types.ts"

type PanelTable = Output<typeof Panel>

export interface Drawn {
  readonly ami: string
  readonly index: PanelTable
  readonly panel: PanelTable
  readonly moran: { readonly moran: Output<typeof MoranByYear>; readonly scatter: Output<typeof MoranScatter> }
}

export const figures = (dag: Builder, { ami, index, moran, panel }: Drawn) => {
  const figure2 = dag.node(
    "figure2",
    trendFigure,
    { panel: index },
    { title: "Figure 2. Development level of advanced manufacturing in provinces", variable: ami, years: { from: 2012, to: 2021 } }
  )
  const figure3 = dag.node(
    "figure3",
    scatterFigure,
    { panel },
    {
      title: "Figure 3. Industrial synergy agglomeration and the development of advanced manufacturing",
      x: "coagglo",
      y: ami,
      xLabel: "coagglo",
      yLabel: "ami"
    }
  )
  const moranFigures = dag.map([ami, "coagglo"], (variable, one) =>
    one.node("figure-moran", moranFigure, moran, {
      title: `Moran scatter plot of ${variable}, nested matrix`,
      variable,
      years: [2003, 2021]
    })
  )
  return [figure2, figure3, moranFigures]
}

interface Coefficients {
  readonly coefficients: Output<typeof Estimates>
}
/** What each model of Tables 4 and 6 says of agglomeration, those of independent errors beside the clustered ones. */
export interface Variances {
  readonly baseline: Coefficients
  readonly iv: Coefficients
  readonly heterogeneity: { readonly [group: string]: Coefficients }
}
export interface Estimated {
  readonly ami: string
  readonly panel: PanelTable
  readonly groups: { readonly [group: string]: { readonly label: string } }
  readonly clustered: Variances
  readonly iid: Variances
  /** Effects of the Durbin models by weights, in the order in which they are drawn. */
  readonly inSpace: { readonly [weights: string]: Output<typeof Effects> }
  /** The moderated mediation at a grid of its moderator's values, by moderator. */
  readonly conditional: { readonly [moderator: string]: { readonly effects: Output<typeof Effects>; readonly tests: Output<typeof Tests> } }
  readonly replicates: ReadonlyArray<Output<typeof Replicates>>
  readonly mediated: Output<typeof Effects>
  /** Of the Durbin model with nested weights. */
  readonly byOrder: Output<typeof OrderEffects>
  readonly filled: ReadonlyArray<PanelTable>
}

const units: Readonly<Record<string, string>> = { mi: "mi (182.18 million USD)", icc: "icc (% of GDP)" }

export const estimateFigures = (
  dag: Builder,
  { ami, byOrder, clustered, conditional, filled, groups, iid, inSpace, mediated, panel, replicates }: Estimated
) => {
  const models = (of: Variances) => [of.baseline, of.iv, ...Object.values(of.heterogeneity)].map(({ coefficients }) => coefficients)
  const labels = ["Baseline", "Instrumented", ...Object.values(groups).map(({ label }) => label)]
  const rows = (series: string, from: number) =>
    labels.map((label, i) => ({ model: from + i, term: "coagglo", label, series, ...(label === "Instrumented" ? { equation: ami } : {}) }))
  const coefficients = dag.node(
    "figure-coefficients",
    coefficientFigure,
    { coefficients: [...models(clustered), ...models(iid)] },
    {
      title: "Coefficient of coagglo in Tables 4 and 6",
      xLabel: "points of ami by coagglo",
      innerLevel: 0.9,
      notes: ["95% intervals: t with as many degrees of freedom as provinces less one where clustered by province, as residuals where errors are independent."],
      rows: [...rows("clustered", 0), ...rows("independent errors", labels.length)]
    }
  )
  const effects = dag.node(
    "figure-effects",
    effectsFigure,
    { effects: Object.values(inSpace) },
    {
      title: "Effects of coagglo in space (Durbin model, Lee-Yu transformation)",
      xLabel: "points of ami by coagglo",
      rows: ["direct", "indirect", "total"].flatMap((effect) =>
        Object.keys(inSpace).map((weights, i) => ({ effects: i, term: "coagglo", effect, label: effect, series: `${weights} matrix` }))
      )
    }
  )
  const overModerators = dag.map(conditional, ({ effects: over, tests }, one, moderator) =>
    one.node(
      "figure-conditional-effect",
      conditionalEffectFigure,
      { effects: over, tests, panels: [panel] },
      {
        moderator,
        title: `Direct effect of coagglo by ${moderator}`,
        xLabel: units[moderator] ?? moderator,
        yLabel: "points of ami by coagglo"
      }
    )
  )
  const byPercentiles = dag.node("mediation-effects-percentile", bootstrap, { replicates, effects: mediated }, { interval: "percentile" })
  const bootstrapped = dag.node(
    "figure-bootstrap",
    bootstrapFigure,
    { replicates, effects: [mediated, byPercentiles] },
    { title: "Indirect effect of coagglo through uic over resamples of provinces", term: "coagglo", effect: "indirect", xLabel: "points of ami by coagglo" }
  )
  const missing = dag.node("figure-missing", missingnessFigure, { panels: filled }, { title: "Cells of the raw tables that were interpolated" })
  const orders = dag.node(
    "figure-orders",
    ordersFigure,
    { effects: byOrder },
    { title: "Beyond the paper. Effects of coagglo by order of neighbour: nested matrix", term: "coagglo", yLabel: "points of ami by coagglo" }
  )
  return [coefficients, effects, overModerators, bootstrapped, missing, orders]
}

export interface Mapped {
  readonly ami: string
  readonly panel: PanelTable
  readonly provinces: Output<typeof Entities>
  readonly localClusters: Output<typeof LocalMoran>
  readonly source: Source
}

export const maps = (dag: Builder, { ami, localClusters, panel, provinces, source }: Mapped) => {
  const provinceAreas = dag.node("areas", areas, { source, entities: provinces }, { id: "name" })
  const clusters = dag.node(
    "map-clusters",
    localMapFigure,
    { areas: provinceAreas, local: localClusters },
    { title: `Beyond the paper. Local Moran's I of ${ami}: clusters and outliers, nested matrix`, variable: ami, years: [2003, 2021] }
  )
  const levels = dag.map([ami, "coagglo"], (variable, one) =>
    one.node(
      "map",
      mapFigure,
      { areas: provinceAreas, panel },
      { title: `Beyond the paper. ${variable} of the provinces`, variable, classes: "jenks", years: [2003, 2021] }
    )
  )
  return [clusters, levels]
}
