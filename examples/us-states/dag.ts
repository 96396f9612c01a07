/**
 * Public capital and the productivity of the American states, 1970-1986, on Munnell's panel: see README.md beside this file.
 * The study reads from top to bottom as its method section would.
 */
import { Dag } from "@sediment/sediment"
import { assemble } from "@sediment/sediment/stages/assemble.ts"
import { compositeIndex } from "@sediment/sediment/stages/composite-index.ts"
import { contiguityWeights } from "@sediment/sediment/stages/contiguity-weights.ts"
import { derive } from "@sediment/sediment/stages/derive.ts"
import { describe } from "@sediment/sediment/stages/describe.ts"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { entropyWeights } from "@sediment/sediment/stages/entropy-weights.ts"
import { moranFigure } from "@sediment/sediment/stages/figures/moran-figure.ts"
import { scatterFigure } from "@sediment/sediment/stages/figures/scatter-figure.ts"
import { trendFigure } from "@sediment/sediment/stages/figures/trend-figure.ts"
import { IndicatorSet } from "@sediment/sediment/stages/indicator-set.ts"
import { ingest } from "@sediment/sediment/stages/ingest.ts"
import { fe2sls } from "@sediment/sediment/stages/models/fe-2sls.ts"
import { lmTests } from "@sediment/sediment/stages/models/lm-tests.ts"
import { spatialDurbin } from "@sediment/sediment/stages/models/spatial-durbin.ts"
import { spatialHausman } from "@sediment/sediment/stages/models/spatial-hausman.ts"
import { within } from "@sediment/sediment/stages/models/within.ts"
import { moran } from "@sediment/sediment/stages/moran.ts"
import { normalize } from "@sediment/sediment/stages/normalize.ts"
import { published } from "@sediment/sediment/stages/published.ts"
import { spatialWeights } from "@sediment/sediment/stages/spatial-weights.ts"
import { modelTable } from "@sediment/sediment/stages/tables/model-table.ts"
import { moranTable } from "@sediment/sediment/stages/tables/moran-table.ts"
import { spatialTable } from "@sediment/sediment/stages/tables/spatial-table.ts"
import { testsTable } from "@sediment/sediment/stages/tables/tests-table.ts"
import { weightsTable } from "@sediment/sediment/stages/tables/weights-table.ts"

const stock = (description: string) => ({ unit: "million 1982 dollars", description, min: 0 })
const perWorker = (name: string, of: string, description: string) =>
  ({ name, expr: { ratio: [of, "emp"] }, unit: "thousand 1982 dollars per worker", description }) as const

export default Dag.make("us-states", (dag) => {
  // 1. Data: 48 contiguous states, 1970-1986, as R's plm ships them.
  const set = dag.data("indicators", "indicators.yaml", IndicatorSet)
  const states = dag.node("states", entities, { source: dag.source("data/states.csv") }, { entity: "name" })
  const munnell = dag.node(
    "munnell",
    ingest,
    { source: dag.source("data/produc.csv"), entities: states },
    {
      entity: "state",
      aliases: ["produc_name"],
      years: { from: 1970, to: 1986 },
      variables: {
        pcap: stock("public capital"),
        hwy: stock("highways and streets"),
        water: stock("water and sewer facilities"),
        util: stock("other public buildings and structures"),
        pc: stock("private capital"),
        gsp: stock("gross state product"),
        emp: { unit: "thousand workers", description: "employment on non-agricultural payrolls", min: 0 },
        unemp: { unit: "%", description: "unemployment rate", min: 0, max: 100 }
      }
    }
  )

  // 2. Variables: everything per worker, logarithms of what the production function takes in logarithms.
  const variables = dag.node(
    "variables",
    derive,
    { panel: munnell },
    {
      variables: [
        perWorker("hwy_per_worker", "hwy", "highways and streets per worker"),
        perWorker("water_per_worker", "water", "water and sewer facilities per worker"),
        perWorker("util_per_worker", "util", "other public structures per worker"),
        perWorker("pc_per_worker", "pc", "private capital per worker"),
        perWorker("public_per_worker", "pcap", "public capital per worker"),
        perWorker("output_per_worker", "gsp", "gross state product per worker"),
        { name: "ln_output", expr: { ln: "output_per_worker" }, description: "ln output per worker" },
        { name: "ln_capital", expr: { ln: "pc_per_worker" }, description: "ln private capital per worker" },
        { name: "ln_emp", expr: { ln: "emp" }, description: "ln employment" },
        { name: "ln_gsp", expr: { ln: "gsp" }, description: "ln gross state product" },
        { name: "ln_pcap", expr: { ln: "pcap" }, description: "ln public capital" },
        { name: "ln_pc", expr: { ln: "pc" }, description: "ln private capital" }
      ]
    }
  )

  // 3. The index of the conditions of production: min-max over all states and years, entropy weights, sub-indices by dimension.
  const normalized = dag.node("normalized", normalize, { panel: variables }, { indicators: set.indicators })
  const weights = dag.node("weights", entropyWeights, { normalized }, { indicators: set.indicators })
  const index = dag.node("index", compositeIndex, { normalized, weights }, { index: set.index, dimensions: set.dimensions })
  const panel = dag.node("panel", assemble, { panels: [variables, index] })

  // 4. What is known: Munnell's production function with state and year effects.
  const munnellFunction = { dependent: "ln_gsp", regressors: ["ln_pcap", "ln_pc", "ln_emp", "unemp"] } as const
  const production = dag.node("production-function", within, { panel }, munnellFunction)
  const productionIid = dag.node("production-function-iid", within, { panel }, { ...munnellFunction, variance: "iid" })

  // 5. Output per worker on the index, and on its three parts.
  const controls = ["ln_emp"]
  const baseline = dag.node("baseline", within, { panel }, { dependent: "ln_output", regressors: [set.index], controls })
  const parts = dag.node("parts", within, { panel }, { dependent: "ln_output", regressors: ["public", "private", "labour"], controls })

  // 6. Endogeneity: the index instrumented by its value of the year before.
  const iv = dag.node("iv", fe2sls, { panel }, { dependent: "ln_output", endogenous: set.index, controls })

  // 9. Space. A state's neighbours are those across its borders; for comparison, those nearby and those as well endowed with public capital.
  const borders = dag.node("borders", contiguityWeights, { source: dag.source("data/contiguity.csv"), entities: states, panel })
  const nested = dag.node("nested", spatialWeights, { entities: states, panel }, { kind: "nested", economy: "public_per_worker" })
  const spatialModel = { dependent: "ln_output", regressors: [set.index], controls } as const
  const moranOf = { variables: ["ln_output", set.index] } as const
  const moranBorders = dag.node("moran-borders", moran, { panel, weights: borders }, moranOf)
  const moranNested = dag.node("moran-nested", moran, { panel, weights: nested }, moranOf)
  const lmBorders = dag.node("lm-borders", lmTests, { panel, weights: borders }, spatialModel)
  const lmNested = dag.node("lm-nested", lmTests, { panel, weights: nested }, spatialModel)
  const durbinBorders = dag.node("sdm-borders", spatialDurbin, { panel, weights: borders }, spatialModel)
  // Under nested weights rho is near 1 and effects divide by 1 - rho: simulated ones have no standard deviation worth the name, the delta method's do.
  const durbinNested = dag.node("sdm-nested", spatialDurbin, { panel, weights: nested }, { ...spatialModel, effects: "delta" })
  // The same without Lee and Yu's correction, as much of the field computes it.
  const durbinUncorrected = dag.node("sdm-nested-uncorrected", spatialDurbin, { panel, weights: nested }, { ...spatialModel, correction: "none" })
  const spatialHausmanBorders = dag.node("spatial-hausman-borders", spatialHausman, { panel, weights: borders }, spatialModel)
  const spatialHausmanNested = dag.node("spatial-hausman-nested", spatialHausman, { panel, weights: nested }, spatialModel)

  // 8. Tables and figures.
  const printed = dag.node("printed", published, { source: dag.source("data/published.csv") })
  const controlRows = [{ term: "ln_emp", label: "ln employment" }]
  const effectMarks = [{ label: "State effects" }, { label: "Year effects" }]
  const spatialRows = { decimals: 4, rows: [{ term: set.index, label: "Conditions of production (index)" }, ...controlRows] }
  const tables = {
    descriptives: dag.node(
      "table-descriptives",
      describe,
      { panel, published: [] },
      {
        title: "Table 1. Descriptive statistics",
        variables: [
          { name: "output_per_worker", label: "Output per worker" },
          ...set.indicators.map(({ label, name }) => ({ name, label })),
          { name: set.index, label: "Conditions of production (index)" },
          ...set.dimensions.map(({ label, name }) => ({ name, label: `${label} (sub-index)` })),
          { name: "emp", label: "Employment" }
        ]
      }
    ),
    weights: dag.node(
      "table-weights",
      weightsTable,
      { weights, published: [] },
      { title: "Table 2. Indicators and entropy weights", dimensions: set.dimensions, indicators: set.indicators }
    ),
    production: dag.node(
      "table-production-function",
      modelTable,
      {
        coefficients: [productionIid.coefficients, production.coefficients],
        glances: [productionIid.glance, production.glance],
        tests: [],
        published: [printed]
      },
      {
        title: "Table 3. Munnell's production function with state and year effects",
        columns: [
          { label: "(1) ln output", group: "Independent errors" },
          { label: "(2) ln output", group: "Clustered by state" }
        ],
        rows: [
          { term: "ln_pcap", label: "ln public capital" },
          { term: "ln_pc", label: "ln private capital" },
          { term: "ln_emp", label: "ln employment" },
          { term: "unemp", label: "Unemployment rate" }
        ],
        marks: effectMarks,
        notes: ["In print: Baltagi, Econometric Analysis of Panel Data, two-way error component, within."]
      }
    ),
    output: dag.node(
      "table-output",
      modelTable,
      {
        coefficients: [baseline.coefficients, parts.coefficients, iv.coefficients],
        glances: [baseline.glance, parts.glance, iv.glance],
        tests: [iv.tests],
        published: []
      },
      {
        title: "Table 4. Output per worker and the conditions of production",
        decimals: 4,
        columns: [
          { label: "(1) ln output", group: "Fixed effects" },
          { label: "(2) ln output", group: "Fixed effects" },
          { label: "(3) index", group: "FE-2SLS", model: 2, equation: set.index },
          { label: "(4) ln output", group: "FE-2SLS", model: 2, equation: "ln_output", tests: 0 }
        ],
        rows: [
          { term: set.index, label: "Conditions of production (index)" },
          { term: "public", label: "Public capital (sub-index)" },
          { term: "private", label: "Private capital (sub-index)" },
          { term: "labour", label: "Labour market (sub-index)" },
          { term: `L.${set.index}`, label: "Index, the year before" },
          ...controlRows
        ],
        marks: effectMarks,
        tests: [
          { label: "First-stage F", test: "first-stage F", below: "p_value" },
          { label: "Kleibergen-Paap rk LM", test: "Kleibergen-Paap rk LM", below: "p_value" },
          { label: "Kleibergen-Paap rk Wald F", test: "Kleibergen-Paap rk Wald F" },
          { label: "Stock-Yogo, 10% maximal size", test: "Stock-Yogo critical value", variant: "10% maximal IV size", below: "critical" },
          { label: "Anderson-Rubin F", test: "Anderson-Rubin F", below: "p_value" },
          { label: "Endogeneity", test: "endogeneity", below: "p_value" }
        ],
        fit: [
          { label: "N", statistic: "nobs" },
          { label: "R squared (within)", statistic: "r_squared_within", decimals: 3 }
        ]
      }
    ),
    moranBorders: dag.node(
      "table-moran-borders",
      moranTable,
      { moran: moranBorders.moran },
      { title: "Table 8a. Moran's I by year, neighbours across borders" }
    ),
    moranNested: dag.node("table-moran-nested", moranTable, { moran: moranNested.moran }, { title: "Table 8b. Moran's I by year, nested weights" }),
    lmBorders: dag.node("table-lm-borders", testsTable, { tests: [lmBorders], published: [] }, { title: "Table 9a. LM tests, neighbours across borders" }),
    lmNested: dag.node("table-lm-nested", testsTable, { tests: [lmNested], published: [] }, { title: "Table 9b. LM tests, nested weights" }),
    durbinBorders: dag.node(
      "table-sdm-borders",
      spatialTable,
      { coefficients: durbinBorders.coefficients, effects: durbinBorders.effects, glance: durbinBorders.glance, published: [] },
      { title: "Table 10a. Spatial Durbin model, neighbours across borders", ...spatialRows }
    ),
    durbinNested: dag.node(
      "table-sdm-nested",
      spatialTable,
      { coefficients: durbinNested.coefficients, effects: durbinNested.effects, glance: durbinNested.glance, published: [] },
      { title: "Table 10b. Spatial Durbin model, nested weights", ...spatialRows }
    ),
    durbinTests: dag.node(
      "table-sdm-tests",
      testsTable,
      { tests: [durbinBorders.tests, spatialHausmanBorders.tests], published: [] },
      { title: "Table 11. Does the Durbin model reduce, and are the effects random? Neighbours across borders" }
    )
  }
  const figures = {
    trend: dag.node(
      "figure-index",
      trendFigure,
      { panel: index },
      { title: "Figure 1. Conditions of production, the ten leading states", variable: set.index }
    ),
    scatter: dag.node(
      "figure-output",
      scatterFigure,
      { panel },
      { title: "Figure 2. Conditions of production and output per worker", x: set.index, y: "ln_output", xLabel: "Index", yLabel: "ln output per worker" }
    ),
    moran: dag.node("figure-moran", moranFigure, moranBorders, {
      title: "Figure 3. Output per worker in a state and in its neighbourhood",
      variable: "ln_output",
      years: [1970, 1986],
      label: "ln output per worker"
    })
  }
  return { tables, figures, durbinUncorrected, spatialHausmanNested }
})
