/** The map and Figures 1 to 3. */
import type { Builder, Output } from "@sediment/sediment"
import { areas } from "@sediment/sediment/stages/areas.ts"
import type { MoranByYear, MoranScatter } from "@sediment/sediment/stages/autocorrelation-types.ts"
import { mapFigure } from "@sediment/sediment/stages/figures/map-figure.ts"
import { moranFigure } from "@sediment/sediment/stages/figures/moran-figure.ts"
import { scatterFigure } from "@sediment/sediment/stages/figures/scatter-figure.ts"
import { trendFigure } from "@sediment/sediment/stages/figures/trend-figure.ts"
import type { Entities, Panel } from "@sediment/sediment/stages/table-types.ts"

interface Drawn {
  /** Of the indicator set. */
  readonly name: string
  readonly states: Output<typeof Entities>
  readonly index: Output<typeof Panel>
  readonly panel: Output<typeof Panel>
  readonly moran: { readonly moran: Output<typeof MoranByYear>; readonly scatter: Output<typeof MoranScatter> }
}

export const figures = (dag: Builder, { index, moran, name, panel, states }: Drawn) => {
  const outlines = dag.node("areas", areas, { source: dag.source("data/states.geojson"), entities: states }, { id: "name" })
  return [
    dag.node(
      "map",
      mapFigure,
      { areas: outlines, panel: index },
      { title: "Conditions of production in the states", variable: name, classes: "jenks", years: [1970, 1986] }
    ),
    dag.node("figure1", trendFigure, { panel: index }, { title: "Figure 1. Conditions of production, the ten leading states", variable: name }),
    dag.node(
      "figure2",
      scatterFigure,
      { panel },
      { title: "Figure 2. Conditions of production and output per worker", x: name, y: "ln_output", xLabel: "Index", yLabel: "ln output per worker" }
    ),
    dag.node("figure3", moranFigure, moran, {
      title: "Figure 3. Output per worker in a state and across its borders",
      variable: "ln_output",
      years: [1970, 1986],
      label: "ln output per worker"
    })
  ]
}
