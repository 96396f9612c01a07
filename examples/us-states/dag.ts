/**
 * Public capital and the productivity of the American states, 1970-1986, on Munnell's panel: see README.md beside this file.
 * The study reads from top to bottom as its method section would.
 */
import { Dag } from "@sediment/sediment"
import { agreement } from "@sediment/sediment/stages/agreement.ts"
import { areas } from "@sediment/sediment/stages/areas.ts"
import { assemble } from "@sediment/sediment/stages/assemble.ts"
import { bootstrap } from "@sediment/sediment/stages/bootstrap.ts"
import { compositeIndex } from "@sediment/sediment/stages/composite-index.ts"
import { contiguityWeights } from "@sediment/sediment/stages/contiguity-weights.ts"
import { derive } from "@sediment/sediment/stages/derive.ts"
import { describe } from "@sediment/sediment/stages/describe.ts"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { entropyWeights } from "@sediment/sediment/stages/entropy-weights.ts"
import { mapFigure } from "@sediment/sediment/stages/figures/map-figure.ts"
import { moranFigure } from "@sediment/sediment/stages/figures/moran-figure.ts"
import { scatterFigure } from "@sediment/sediment/stages/figures/scatter-figure.ts"
import { trendFigure } from "@sediment/sediment/stages/figures/trend-figure.ts"
import { IndicatorSet } from "@sediment/sediment/stages/indicator-set.ts"
import { ingest } from "@sediment/sediment/stages/ingest.ts"
import { fe2sls } from "@sediment/sediment/stages/models/fe-2sls.ts"
import { groupDifference } from "@sediment/sediment/stages/models/group-difference.ts"
import { hausman } from "@sediment/sediment/stages/models/hausman.ts"
import { lmTests } from "@sediment/sediment/stages/models/lm-tests.ts"
import { mediation } from "@sediment/sediment/stages/models/mediation.ts"
import { moderation } from "@sediment/sediment/stages/models/moderation.ts"
import { spatialHausman } from "@sediment/sediment/stages/models/spatial-hausman.ts"
import { spatialModel } from "@sediment/sediment/stages/models/spatial-model.ts"
import { within } from "@sediment/sediment/stages/models/within.ts"
import { moran } from "@sediment/sediment/stages/moran.ts"
import { normalize } from "@sediment/sediment/stages/normalize.ts"
import { published } from "@sediment/sediment/stages/published.ts"
import { publishedComparison } from "@sediment/sediment/stages/published-comparison.ts"
import { publishedVariants } from "@sediment/sediment/stages/published-variants.ts"
import { replicates } from "@sediment/sediment/stages/replicates.ts"
import { spatialWeights } from "@sediment/sediment/stages/spatial-weights.ts"
import { subset } from "@sediment/sediment/stages/subset.ts"
import { mediationTable } from "@sediment/sediment/stages/tables/mediation-table.ts"
import { modelTable } from "@sediment/sediment/stages/tables/model-table.ts"
import { moranTable } from "@sediment/sediment/stages/tables/moran-table.ts"
import { publishedSummaryTable } from "@sediment/sediment/stages/tables/published-summary-table.ts"
import { publishedVariantsTable } from "@sediment/sediment/stages/tables/published-variants-table.ts"
import { spatialTable } from "@sediment/sediment/stages/tables/spatial-table.ts"
import { testsTable } from "@sediment/sediment/stages/tables/tests-table.ts"
import { tidyTable } from "@sediment/sediment/stages/tables/tidy-table.ts"
import { weightsTable } from "@sediment/sediment/stages/tables/weights-table.ts"
import { moranInPython } from "./stages/moran-in-python.ts"
import { withinInR } from "./stages/within-in-r.ts"

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

  // 2. Variables: stocks and output per worker, and logarithms of what the models take in logarithms.
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

  // 3. The index of the conditions of production: min-max over all states and years, entropy weights, a sub-index for each dimension.
  const normalized = dag.node("normalized", normalize, { panel: variables }, { indicators: set.indicators })
  const weights = dag.node("weights", entropyWeights, { normalized }, { indicators: set.indicators })
  const index = dag.node("index", compositeIndex, { normalized, weights }, { index: set.index, dimensions: set.dimensions })
  const panel = dag.node("panel", assemble, { panels: [variables, index] })

  // 4. What is known: Munnell's production function with state and year effects, with the variance of the literature and with the clustered one.
  const munnellFunction = { dependent: "ln_gsp", regressors: ["ln_pcap", "ln_pc", "ln_emp", "unemp"] } as const
  const productionIid = dag.node("production-function-iid", within, { panel }, { ...munnellFunction, variance: "iid" })
  const production = dag.node("production-function", within, { panel }, munnellFunction)

  // 5. Output per worker on the index, and on its three parts; fixed or random effects; the index instrumented by its value of the year before; the census regions apart.
  const controls = ["ln_emp"]
  const onIndex = { dependent: "ln_output", regressors: [set.index], controls } as const
  const baseline = dag.node("baseline", within, { panel }, onIndex)
  const parts = dag.node("parts", within, { panel }, { dependent: "ln_output", regressors: ["public", "private", "labour"], controls })
  const effectsTest = dag.node("hausman", hausman, { panel }, onIndex)
  const iv = dag.node("iv", fe2sls, { panel }, { dependent: "ln_output", endogenous: set.index, controls })

  const regionNames = ["Northeast", "Midwest", "South", "West"]
  const regionPairs = regionNames.flatMap((first, i) => regionNames.slice(i + 1).map((second) => `${first} - ${second}`))
  const regions = dag.map(regionNames, (region, one) => {
    const inRegion = one.node("region", subset, { panel, entities: states }, { where: { region: [region] } })
    return one.node("baseline", within, { panel: inRegion }, { ...onIndex, sample: region })
  })
  const regionDifference = dag.node(
    "region-difference",
    groupDifference,
    { panel, entities: states },
    { ...onIndex, group: "region", groups: regionNames.map((name) => ({ name, values: [name] })) }
  )

  // 6. The channel: does public capital raise output by drawing private capital in? Intervals from states drawn with replacement.
  const blocks = [0, 1000] as const
  const channel = { outcome: "ln_output", treatment: "public", mediator: "ln_capital", controls: [...controls, "unemp"] }
  const mediated = dag.node("mediation", mediation, { panel }, channel)
  const mediatedReplicates = dag.map(blocks, (from, one) => one.node("mediation-replicates", replicates, { panel }, { ...channel, from, count: 1000 }))
  const mediatedIntervals = dag.node("mediation-intervals", bootstrap, { replicates: mediatedReplicates, effects: mediated.effects })

  // 7. The condition: does public capital do more, or less, where many are out of work? Interactions are of centred variables.
  const condition = { ...channel, controls, moderator: "unemp" }
  const moderated = dag.node("moderation", moderation, { panel }, condition)
  const moderatedReplicates = dag.map(blocks, (from, one) => one.node("moderation-replicates", replicates, { panel }, { ...condition, from, count: 1000 }))
  const moderatedIntervals = dag.node("moderation-intervals", bootstrap, { replicates: moderatedReplicates, effects: moderated.effects })

  // 8. Space. A state's neighbours are those across its borders; for comparison, those nearby and those as well endowed with public capital.
  const borders = dag.node("borders", contiguityWeights, { source: dag.source("data/contiguity.csv"), entities: states, panel })
  const nested = dag.node("nested", spatialWeights, { entities: states, panel }, { kind: "nested", economy: "public_per_worker" })
  const clustered = { variables: ["ln_output", set.index] } as const
  const moranBorders = dag.node("moran-borders", moran, { panel, weights: borders }, clustered)
  const moranNested = dag.node("moran-nested", moran, { panel, weights: nested }, clustered)
  const lmBorders = dag.node("lm-borders", lmTests, { panel, weights: borders }, onIndex)
  const lmNested = dag.node("lm-nested", lmTests, { panel, weights: nested }, onIndex)
  const durbinBorders = dag.node("sdm-borders", spatialModel, { panel, weights: borders }, onIndex)
  // Under nested weights some draws of rho come near 1, and effects divide by 1 - rho: simulated ones have no standard deviation worth the name.
  const durbinNested = dag.node("sdm-nested", spatialModel, { panel, weights: nested }, { ...onIndex, spillovers: "delta" })
  // The same without Lee and Yu's correction, as much of the field computes it.
  const durbinUncorrected = dag.node(
    "sdm-nested-uncorrected",
    spatialModel,
    { panel, weights: nested },
    { ...onIndex, spillovers: "delta", correction: "none" }
  )
  const spatialEffectsTest = dag.node("spatial-hausman", spatialHausman, { panel, weights: borders }, onIndex)

  // 9. Checks by other programs, where they are there: the production function by R's lm, Moran's I by Python.
  const productionInR = dag.node("production-function-in-r", withinInR, { script: dag.source("scripts/within.R"), panel }, munnellFunction)
  const moranBordersInPython = dag.node(
    "moran-borders-in-python",
    moranInPython,
    { script: dag.source("scripts/moran.py"), panel, weights: borders },
    clustered
  )
  const agreementInR = dag.node(
    "agreement-in-r",
    agreement,
    { here: production.coefficients, there: productionInR },
    { by: ["term"], compare: ["estimate", "std_error", "statistic", "p_value"] }
  )
  const agreementInPython = dag.node(
    "agreement-in-python",
    agreement,
    { here: moranBorders.moran, there: moranBordersInPython },
    { by: ["variable", "year"], compare: ["statistic", "expected", "variance_randomisation", "z_randomisation"] }
  )

  // 10. Tables and figures.
  const printed = dag.node("printed", published, { source: dag.source("data/published.csv") })
  const indexRow = { term: set.index, label: "Conditions of production (index)" }
  const publicRow = { term: "public", label: "Public capital (sub-index)" }
  const capitalRow = { term: "ln_capital", label: "ln private capital per worker" }
  const employmentRow = { term: "ln_emp", label: "ln employment" }
  const unemploymentRow = { term: "unemp", label: "Unemployment rate" }
  const marks = [{ label: "State effects" }, { label: "Year effects" }]
  const fit = [
    { label: "N", statistic: "nobs" },
    { label: "R squared (within)", statistic: "r_squared_within", decimals: 3 }
  ]
  const lmRowsOf = (variant: string) =>
    [
      { test: "lm_lag", variant, label: "LM lag" },
      { test: "robust_lm_lag", variant, label: "Robust LM lag" },
      { test: "lm_error", variant, label: "LM error" },
      { test: "robust_lm_error", variant, label: "Robust LM error" }
    ] as const
  const lmRows = [...lmRowsOf("within"), ...lmRowsOf("pooled")] as const
  const moranColumns = [
    { name: "ln_output", label: "ln output per worker" },
    { name: set.index, label: indexRow.label }
  ] as const
  const atPercentiles = [
    { term: "public | unemp p16", label: "At the 16th percentile of unemployment" },
    { term: "public | unemp p50", label: "At its median" },
    { term: "public | unemp p84", label: "At its 84th percentile" },
    { term: "public | unemp p50 - p16", label: "At the median less at the 16th" },
    { term: "public | unemp p84 - p50", label: "At the 84th less at the median" },
    { term: "public | unemp p84 - p16", label: "At the 84th less at the 16th" }
  ]
  const spatialRows = { decimals: 4, rows: [indexRow, employmentRow] }

  const asInPrint = {
    rows: [{ term: "ln_pcap", label: "ln public capital" }, { term: "ln_pc", label: "ln private capital" }, employmentRow, unemploymentRow],
    marks,
    fit,
    notes: ["In print: Baltagi, Econometric Analysis of Panel Data, two-way error component, within."]
  }
  const munnellTable = dag.node(
    "table3",
    modelTable,
    {
      coefficients: [productionIid.coefficients, production.coefficients],
      glances: [productionIid.glance, production.glance],
      tests: [],
      published: [printed]
    },
    {
      title: "Table 3. Munnell's production function",
      columns: [
        { label: "(1) ln output", group: "Independent errors" },
        { label: "(2) ln output", group: "Clustered by state" }
      ],
      ...asInPrint
    }
  )
  // Every printed number beside the run's, and which variance has the printed standard errors.
  const compared = dag.map({ iid: productionIid, clustered: production }, (model, one) => {
    const shown = one.node(
      "in-print",
      modelTable,
      { coefficients: [model.coefficients], glances: [model.glance], tests: [], published: [printed] },
      { title: "Munnell's production function", columns: [{ label: "(1) ln output" }], ...asInPrint }
    )
    return one.node("published-comparison", publishedComparison, { tables: [shown], published: [printed] })
  })
  const variants = dag.node(
    "variances",
    publishedVariants,
    { comparisons: [compared.iid.numbers, compared.clustered.numbers] },
    { names: ["iid", "clustered"] }
  )

  const tables = [
    dag.node(
      "table1",
      describe,
      { panel, published: [] },
      {
        title: "Table 1. Descriptive statistics",
        variables: [
          { name: "output_per_worker", label: "Output per worker" },
          ...set.indicators.map(({ label, name }) => ({ name, label })),
          { name: set.index, label: indexRow.label },
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
    ),
    munnellTable,
    dag.node(
      "table3b",
      publishedSummaryTable,
      { summary: compared.iid.summary },
      { title: "Table 3b. Munnell's production function: the printed numbers, and this run's with independent errors" }
    ),
    dag.node(
      "table3c",
      publishedVariantsTable,
      { fits: variants },
      { title: "Table 3c. Which variance has the printed standard errors?", notes: ["Print has no stars. iid: independent errors; clustered: by state."] }
    ),
    dag.node(
      "table4",
      modelTable,
      {
        coefficients: [baseline.coefficients, parts.coefficients, iv.coefficients],
        glances: [baseline.glance, parts.glance, iv.glance],
        tests: [effectsTest.tests, iv.tests],
        published: []
      },
      {
        title: "Table 4. Output per worker and the conditions of production",
        decimals: 4,
        columns: [
          { label: "(1) ln output per worker", group: "Fixed effects", tests: 0 },
          { label: "(2) ln output per worker", group: "Fixed effects" },
          { label: "(3) index", group: "FE-2SLS", model: 2, equation: set.index },
          { label: "(4) ln output per worker", group: "FE-2SLS", model: 2, equation: "ln_output", tests: 1 }
        ],
        rows: [
          indexRow,
          publicRow,
          { term: "private", label: "Private capital (sub-index)" },
          { term: "labour", label: "Labour market (sub-index)" },
          { term: `L.${set.index}`, label: "Index, the year before" },
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
        coefficients: [baseline, ...regions].map(({ coefficients }) => coefficients),
        glances: [baseline, ...regions].map(({ glance }) => glance),
        tests: [regionDifference.tests],
        published: []
      },
      {
        title: "Table 5. Output per worker by census region",
        decimals: 4,
        columns: [{ label: "(1) All" }, { label: "(2) Northeast", tests: 0 }, { label: "(3) Midwest" }, { label: "(4) South" }, { label: "(5) West" }],
        rows: [indexRow, employmentRow],
        marks,
        tests: [{ label: "Equal index in (2) to (5), F", test: "difference_f", variant: `${set.index}: all groups`, below: "p_value" }],
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
          regionPairs.map((pair) => ({ test, variant: `${set.index}: ${pair}`, label: ["Wald F", "Difference, permutation", "t, permutation"][kind]! }))
        )
      }
    ),
    dag.node(
      "table6",
      modelTable,
      { coefficients: [mediated.coefficients], glances: [mediated.glance], tests: [], published: [] },
      {
        title: "Table 6. Public capital, private capital and output",
        decimals: 4,
        columns: [
          { label: "(1) ln output per worker", model: 0, equation: "ln_output ~ public" },
          { label: "(2) ln private capital per worker", model: 0, equation: "ln_capital ~ public" },
          { label: "(3) ln output per worker", model: 0, equation: "ln_output ~ public + ln_capital" }
        ],
        rows: [publicRow, capitalRow, employmentRow, unemploymentRow],
        marks,
        fit
      }
    ),
    dag.node(
      "table7",
      mediationTable,
      { effects: mediatedIntervals, published: [] },
      { title: "Table 7. Effects of public capital on output, through private capital and past it", decimals: 5, interval: "95% bias-corrected interval" }
    ),
    dag.node(
      "table8",
      modelTable,
      { coefficients: [moderated.coefficients], glances: [moderated.glance], tests: [], published: [] },
      {
        title: "Table 8. Public capital where unemployment is high",
        decimals: 5,
        columns: [
          { label: "(1) ln output per worker", model: 0, equation: "ln_output ~ public*unemp" },
          { label: "(2) ln private capital per worker", model: 0, equation: "ln_capital ~ public*unemp" },
          { label: "(3) ln output per worker", model: 0, equation: "ln_output ~ public*unemp + ln_capital*unemp" }
        ],
        rows: [
          publicRow,
          { term: "public*unemp", label: "Public capital x unemployment" },
          capitalRow,
          { term: "ln_capital*unemp", label: "Private capital x unemployment" },
          unemploymentRow,
          employmentRow
        ],
        marks,
        fit
      }
    ),
    dag.node(
      "table9",
      mediationTable,
      { effects: moderatedIntervals, published: [] },
      {
        title: "Table 9. Effects of public capital at percentiles of unemployment",
        decimals: 5,
        interval: "95% bias-corrected interval",
        terms: atPercentiles
      }
    ),
    dag.node(
      "table10a",
      moranTable,
      { moran: moranBorders.moran },
      { title: "Table 10a. Moran's I by year, neighbours across borders", variables: moranColumns }
    ),
    dag.node("table10b", moranTable, { moran: moranNested.moran }, { title: "Table 10b. Moran's I by year, nested weights", variables: moranColumns }),
    dag.node("table11a", testsTable, { tests: [lmBorders], published: [] }, { title: "Table 11a. LM tests, neighbours across borders", rows: lmRows }),
    dag.node("table11b", testsTable, { tests: [lmNested], published: [] }, { title: "Table 11b. LM tests, nested weights", rows: lmRows }),
    dag.node(
      "table12a",
      spatialTable,
      { coefficients: durbinBorders.coefficients, effects: durbinBorders.effects, glance: durbinBorders.glance, published: [] },
      { title: "Table 12a. Spatial Durbin model, neighbours across borders", ...spatialRows }
    ),
    dag.node(
      "table12b",
      spatialTable,
      { coefficients: durbinNested.coefficients, effects: durbinNested.effects, glance: durbinNested.glance, published: [] },
      { title: "Table 12b. Spatial Durbin model, nested weights", ...spatialRows }
    ),
    dag.node(
      "table13",
      testsTable,
      { tests: [durbinBorders.tests, spatialEffectsTest.tests], published: [] },
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
  const checked = {
    rowLabel: ["column"],
    columns: [
      { column: "rows", label: "Compared", decimals: 0 },
      { column: "difference", label: "Largest relative difference", significant: 2 },
      { column: "at", label: "At" }
    ]
  } as const
  const checks = [
    dag.node("table14a", tidyTable, { table: agreementInR }, { title: "Table 14a. The production function by R's lm: how far it is from Table 3", ...checked }),
    dag.node("table14b", tidyTable, { table: agreementInPython }, { title: "Table 14b. Moran's I by Python: how far it is from Table 10a", ...checked })
  ]
  const outlines = dag.node("areas", areas, { source: dag.source("data/states.geojson"), entities: states }, { id: "name" })
  const figures = [
    dag.node(
      "map",
      mapFigure,
      { areas: outlines, panel: index },
      { title: "Conditions of production in the states", variable: set.index, classes: "jenks", years: [1970, 1986] }
    ),
    dag.node("figure1", trendFigure, { panel: index }, { title: "Figure 1. Conditions of production, the ten leading states", variable: set.index }),
    dag.node(
      "figure2",
      scatterFigure,
      { panel },
      { title: "Figure 2. Conditions of production and output per worker", x: set.index, y: "ln_output", xLabel: "Index", yLabel: "ln output per worker" }
    ),
    dag.node("figure3", moranFigure, moranBorders, {
      title: "Figure 3. Output per worker in a state and across its borders",
      variable: "ln_output",
      years: [1970, 1986],
      label: "ln output per worker"
    })
  ]
  return { tables, checks, figures, durbinUncorrected }
})
