/**
 * A first study: does income go with schooling? Twelve made-up towns, 2010-2019.
 * It reads from top to bottom as its method section would. Put your own table in the place of data/panel.csv, and say below what its columns are; data/places.csv
 * then has to have your places, and `npx sediment ingest --preview data/panel.csv --names data/places.csv` writes it anew once the first one is put away.
 */
import { Dag } from "@sediment/sediment"
import { assemble } from "@sediment/sediment/stages/assemble.ts"
import { derive } from "@sediment/sediment/stages/derive.ts"
import { describe } from "@sediment/sediment/stages/describe.ts"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { trendFigure } from "@sediment/sediment/stages/figures/trend-figure.ts"
import { ingest } from "@sediment/sediment/stages/ingest.ts"
import { interpolate } from "@sediment/sediment/stages/interpolate.ts"
import { within } from "@sediment/sediment/stages/models/within.ts"
import { modelTable } from "@sediment/sediment/stages/tables/model-table.ts"
import { growth } from "./stages/growth.ts"

export default Dag.make("first-study", (dag) => {
  // 1. Data: which places there are, and what is known of each in each year.
  const places = dag.node("places", entities, { source: dag.source("data/places.csv") })
  const raw = dag.node(
    "raw",
    ingest,
    { source: dag.source("data/panel.csv", { note: "made-up numbers" }), entities: places },
    {
      entity: "place",
      variables: {
        income: { unit: "thousand dollars a head", min: 0 },
        schooling: { unit: "years", description: "mean years of schooling", min: 0, max: 25 },
        roads: { unit: "km per 100 km2", min: 0 }
      }
    }
  )

  // 2. Variables: gaps of up to two years are filled, which is marked; what the model takes in logarithms.
  const filled = dag.node("filled", interpolate, { panel: raw }, { maxGap: 2 })
  const logs = dag.node("logs", derive, { panel: filled }, { variables: [{ name: "ln_income", expr: { ln: "income" }, description: "ln income" }] })
  const growing = dag.node("growing", growth, { panel: filled }, { variable: "income" })
  const panel = dag.node("panel", assemble, { panels: [logs, growing] })

  // 3. Models: effects of places and of years, standard errors clustered by place.
  const onSchooling = { dependent: "ln_income", regressors: ["schooling"] } as const
  const alone = dag.node("alone", within, { panel }, onSchooling)
  const withRoads = dag.node("with-roads", within, { panel }, { ...onSchooling, controls: ["roads"] })

  // 4. Tables and figures: what is returned here is written to results/.
  const table1 = dag.node(
    "table1",
    describe,
    { panel, published: [] },
    {
      title: "Table 1. Descriptive statistics",
      variables: [
        { name: "income", label: "Income" },
        { name: "income_growth", label: "Growth of income" },
        { name: "schooling", label: "Schooling" },
        { name: "roads", label: "Roads" }
      ]
    }
  )
  const table2 = dag.node(
    "table2",
    modelTable,
    { coefficients: [alone.coefficients, withRoads.coefficients], glances: [alone.glance, withRoads.glance], tests: [], published: [] },
    {
      title: "Table 2. Income and schooling",
      columns: [{ label: "(1) ln income" }, { label: "(2) ln income" }],
      labels: { schooling: "Schooling", roads: "Roads" },
      fixedEffects: true
    }
  )
  const figure1 = dag.node("figure1", trendFigure, { panel }, { title: "Figure 1. Income of the five richest towns", variable: "income", top: 5 })
  return { table1, table2, figure1 }
})
