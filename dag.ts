/**
 * The study of Yin and Su (2024, Economies 12: 117): industrial synergy agglomeration, urban innovation capacity, and advanced manufacturing development,
 * 31 provinces of China, 2003-2021. The file reads as the paper's method section does; numbers of sections, equations and tables are the paper's.
 */
import { Dag } from "@sediment/sediment"
import { CENTERS, CONTROLS, DESCRIBED, DISTRICTS, EMPLOYMENT, INDICATORS, MEDIATORS, MODELLED, SERVICES, SYNTHETIC } from "./data/tables.ts"
import { assemble } from "./stages/assemble.ts"
import { bootstrap } from "./stages/bootstrap.ts"
import { coagglo } from "./stages/coagglo.ts"
import { compositeIndex } from "./stages/composite-index.ts"
import { derive } from "./stages/derive.ts"
import { describe } from "./stages/describe.ts"
import { eg } from "./stages/eg.ts"
import { entities } from "./stages/entities.ts"
import { entropyWeights } from "./stages/entropy-weights.ts"
import { moranFigure } from "./stages/figures/moran-figure.ts"
import { scatterFigure } from "./stages/figures/scatter-figure.ts"
import { trendFigure } from "./stages/figures/trend-figure.ts"
import { IndicatorSet } from "./stages/indicator-set.ts"
import { ingest } from "./stages/ingest.ts"
import { ingestSubunits } from "./stages/ingest-subunits.ts"
import { interpolate } from "./stages/interpolate.ts"
import { localMoran } from "./stages/local-moran.ts"
import { effectsByOrder } from "./stages/models/effects-by-order.ts"
import { effectsMatrix } from "./stages/models/effects-matrix.ts"
import { fe2sls } from "./stages/models/fe-2sls.ts"
import { groupDifference } from "./stages/models/group-difference.ts"
import { hausman } from "./stages/models/hausman.ts"
import { lmTests } from "./stages/models/lm-tests.ts"
import { mediation } from "./stages/models/mediation.ts"
import { moderation } from "./stages/models/moderation.ts"
import { spatialHausman } from "./stages/models/spatial-hausman.ts"
import { spatialMediation } from "./stages/models/spatial-mediation.ts"
import { spatialMediationReplicates } from "./stages/models/spatial-mediation-replicates.ts"
import { spatialModel } from "./stages/models/spatial-model.ts"
import { spatialModeration } from "./stages/models/spatial-moderation.ts"
import { wildBootstrap } from "./stages/models/wild-bootstrap.ts"
import { within } from "./stages/models/within.ts"
import { moran } from "./stages/moran.ts"
import { normalize } from "./stages/normalize.ts"
import { published } from "./stages/published.ts"
import { replicates } from "./stages/replicates.ts"
import { spatialWeights } from "./stages/spatial-weights.ts"
import { subset } from "./stages/subset.ts"
import { localMoranTable } from "./stages/tables/local-moran-table.ts"
import { mediationTable } from "./stages/tables/mediation-table.ts"
import { modelTable } from "./stages/tables/model-table.ts"
import { moranTable } from "./stages/tables/moran-table.ts"
import { ordersTable } from "./stages/tables/orders-table.ts"
import { spatialTable } from "./stages/tables/spatial-table.ts"
import { testsTable } from "./stages/tables/tests-table.ts"
import { weightsTable } from "./stages/tables/weights-table.ts"

export default Dag.make("advanced-manufacturing", (dag) => {
  // 4.2.5 Data. The authors publish none: data/README.md tells how this replica was made, and how to put the yearbooks' tables in its place.
  const provinces = dag.node("provinces", entities, { source: dag.source("data/provinces.csv") })
  const replica = (file: string) => ({ source: dag.source(`data/replica/${file}.synthetic.csv`, { note: SYNTHETIC }), entities: provinces })
  const rawIndicators = dag.node("raw-indicators", ingest, replica("indicators"), INDICATORS)
  const rawEmployment = dag.node("raw-employment", ingest, replica("employment"), EMPLOYMENT)
  const rawDistricts = dag.node("raw-districts", ingestSubunits, replica("employment-by-district"), DISTRICTS)
  const rawControls = dag.node("raw-controls", ingest, replica("controls"), CONTROLS)
  const rawMediators = dag.node("raw-mediators", ingest, replica("mediators"), MEDIATORS)
  const rawCenters = dag.node("raw-centers", ingest, replica("innovation-centers"), CENTERS)

  // Missing cells are interpolated linearly in the year.
  const indicators = dag.node("indicators", interpolate, { panel: rawIndicators })
  const employment = dag.node("employment", interpolate, { panel: rawEmployment })
  const raw = dag.node("raw", assemble, { panels: [rawControls, rawMediators] })
  const filled = dag.node("filled", interpolate, { panel: raw })

  // 4.2.1 Explained variable (eqs 11-17): min-max by indicator, entropy weights, the index ami and its five sub-indices.
  const set = dag.data("indicators", "indicators/paper.yaml", IndicatorSet)
  const normalized = dag.node("normalized", normalize, { panel: indicators }, { indicators: set.indicators })
  const weights = dag.node("weights", entropyWeights, { normalized }, { indicators: set.indicators })
  const index = dag.node("index", compositeIndex, { normalized, weights }, { index: set.index, dimensions: set.dimensions })

  // 4.2.2 Explaining variable (eqs 18-20), and the EG index that takes its place in Table 4 (eqs 21-22).
  const coagglomeration = dag.node("coagglomeration", coagglo, { panel: employment }, { manufacturing: "manufacturing", services: SERVICES, total: "total" })
  const egIndex = dag.node("eg-index", eg, { subunits: rawDistricts }, { manufacturing: "manufacturing", services: ["productive_services"] })

  // 4.2.3, 4.2.4 Controls and mechanism variables.
  // Table 3 describes mi and icc in other units than the models take them in (data/tables.ts tells why); economic distance is in GDP per head, not its logarithm.
  const modelled = dag.node("modelled", derive, { panel: filled }, { variables: MODELLED, keep: [] })
  const described = dag.node("described", derive, { panel: filled }, { variables: DESCRIBED, keep: [] })
  const economy = dag.node(
    "economy",
    derive,
    { panel: filled },
    {
      variables: [{ name: "gdp_per_head", expr: { scale: [{ ratio: ["gdp", "population"] }, 1e4] }, unit: "CNY", description: "GDP per head" }],
      keep: []
    }
  )
  const panel = dag.node("panel", assemble, { panels: [index, coagglomeration, egIndex, modelled, rawCenters] })
  const panelDescribed = dag.node("panel-described", assemble, { panels: [index, coagglomeration, described] })

  // 5.1 Baseline (eq. 1): two-way fixed effects, standard errors clustered by province.
  const controls = ["pdgp", "fdi", "hcl", "gov", "inv", "str", "inf"]
  const ami = set.index
  const onCoagglo = { regressors: ["coagglo"], controls } as const
  const baseline = dag.node("baseline", within, { panel }, { dependent: ami, ...onCoagglo })
  const hausmanTests = dag.node("hausman", hausman, { panel }, { dependent: ami, ...onCoagglo })

  // 5.2 Robustness: the year before as instrument; the EG index for coagglo; innovation centres for ami; the five sub-indices.
  const iv = dag.node("iv", fe2sls, { panel }, { dependent: ami, endogenous: "coagglo", controls })
  const onEg = dag.node("on-eg", within, { panel }, { dependent: ami, regressors: ["eg"], controls })
  const centers = dag.node("centers", within, { panel }, { dependent: "center", ...onCoagglo, years: { from: 2016, to: 2021 }, sample: "2016-2021" })
  const dimensionNames = set.dimensions.map(({ name }) => name)
  const dimensions = dag.map(dimensionNames, (name, one) => one.node("dimension", within, { panel }, { dependent: name, ...onCoagglo }))

  // 5.3 Heterogeneity: four regions; provinces with and without national clusters. The paper compares stars; whether coefficients differ is tested.
  const groups = {
    east: { label: "East", where: { region: ["Eastern"] } },
    central: { label: "Central", where: { region: ["Central"] } },
    west: { label: "West", where: { region: ["Western"] } },
    northeast: { label: "Northeast", where: { region: ["Northeastern"] } },
    clusters: { label: "Clusters", where: { cluster: ["yes"] } },
    "no-clusters": { label: "No clusters", where: { cluster: ["no"] } }
  } as const
  const heterogeneity = dag.map(groups, ({ label, where }, one) => {
    const part = one.node("sample", subset, { panel, entities: provinces }, { where })
    const model = { dependent: ami, ...onCoagglo, sample: label }
    // Three of the four regions have ten clusters or so, the northeast three: clustered standard errors need a second opinion there.
    return { ...one.node("heterogeneity", within, { panel: part }, model), wild: one.node("wild-bootstrap", wildBootstrap, { panel: part }, model) }
  })
  const { central, clusters, east, northeast, west } = groups
  const compared = {
    regions: { group: "region", groups: [east, central, west, northeast].map(({ label, where }) => ({ name: label, values: where.region })) },
    clusters: { group: "cluster", groups: [clusters, groups["no-clusters"]].map(({ label, where }) => ({ name: label, values: where.cluster })) }
  }
  const differences = dag.map(compared, (between, one) => {
    const model = { dependent: ami, ...onCoagglo, ...between }
    return {
      names: between.groups.map(({ name }) => name),
      own: one.node("group-difference", groupDifference, { panel, entities: provinces }, model),
      shared: one.node(
        "group-difference-shared-controls",
        groupDifference,
        { panel, entities: provinces },
        { ...model, interact: "regressors", methods: ["wald"] }
      )
    }
  })

  // 5.4 Mediation by urban innovation capacity (eqs 2-4), its effects by a pairs cluster bootstrap in blocks of 250 replicates: more blocks extend the sequence.
  const path = { outcome: ami, treatment: "coagglo", mediator: "uic", controls }
  const blocks = [0, 250, 500, 750]
  const mediated = dag.node("mediation", mediation, { panel }, path)
  const resampled = dag.map(blocks, (from, one) => one.node("mediation-replicates", replicates, { panel }, { ...path, from, count: 250 }))
  const mediatedEffects = dag.node("mediation-effects", bootstrap, { replicates: resampled, effects: mediated.effects })

  // 5.5 Moderated mediation (eqs 5-9) by manufacturing intelligence and by international capacity cooperation; interactions of centred variables.
  const moderations = dag.map({ mi: "mi", icc: "icc" }, (moderator, one) => {
    const by = { ...path, moderator }
    const model = one.node("moderation", moderation, { panel }, by)
    const drawn = one.map(blocks, (from, block) => block.node("moderation-replicates", replicates, { panel }, { ...by, from, count: 250 }))
    return { ...model, intervals: one.node("moderation-effects", bootstrap, { replicates: drawn, effects: model.effects }) }
  })

  // 5.6 Space: economic-geographic nested weights, and economic distance alone; Moran's I, LM tests, the Durbin model (eq. 10) and what it reduces to.
  const spatial = { dependent: ami, ...onCoagglo }
  const spaces = dag.map({ nested: "nested", economic: "economic" }, (kind, one) => {
    const weights = one.node("spatial-weights", spatialWeights, { entities: provinces, panel: economy }, { kind, economy: "gdp_per_head" })
    const inputs = { panel, weights }
    return {
      weights,
      moran: one.node("moran", moran, inputs, { variables: [ami, "coagglo"] }),
      lm: one.node("lm-tests", lmTests, inputs, spatial),
      durbin: one.node("durbin", spatialModel, inputs, spatial),
      asPublished: one.node("durbin-uncorrected", spatialModel, inputs, { ...spatial, correction: "none" }),
      lag: one.node("spatial-lag", spatialModel, inputs, { ...spatial, specification: "sar" }),
      error: one.node("spatial-error", spatialModel, inputs, { ...spatial, specification: "sem" }),
      hausman: one.node("spatial-hausman", spatialHausman, inputs, spatial)
    }
  })

  // Beyond the paper, whose section 7 asks for it: mediation and moderation in space, how far spillovers reach and who spills onto whom, with the nested weights.
  const inSpace = { panel, weights: spaces.nested.weights }
  const spatiallyMediated = dag.node("spatial-mediation", spatialMediation, inSpace, path)
  const spatiallyResampled = dag.map(blocks, (from, one) =>
    one.node("spatial-mediation-replicates", spatialMediationReplicates, inSpace, { ...path, from, count: 250 })
  )
  const spatiallyMediatedEffects = dag.node("spatial-mediation-effects", bootstrap, { replicates: spatiallyResampled, effects: spatiallyMediated.effects })
  const spatiallyModerated = dag.node("spatial-moderation", spatialModeration, inSpace, { outcome: ami, treatment: "coagglo", moderator: "mi", controls })
  const byOrder = dag.node("effects-by-order", effectsByOrder, inSpace, { ...spatial, of: ["coagglo"] })
  const betweenProvinces = dag.node("effects-matrix", effectsMatrix, inSpace, { ...spatial, of: "coagglo" })

  // Tables 2 to 11 as the paper lays them out, its printed numbers beside the run's; Figures 2 and 3; Moran scatter plots.
  const printed = (table: string) => [dag.node(`published[${table}]`, published, { source: dag.source(`data/published/${table}.csv`) })]
  const inText = printed("text")
  const labels: Readonly<Record<string, string>> = { eg: "EG", "(constant)": "constant" }
  const rowsOf = (...terms: ReadonlyArray<string>) => terms.map((term) => ({ term, label: labels[term] ?? term }))
  const effects = [
    { label: "Provincial fixed effects", published: "province_effects" },
    { label: "Temporal fixed effects", published: "year_effects" }
  ]
  const fit = [
    { label: "N", statistic: "nobs" },
    { label: "R²", statistic: "r_squared_within", decimals: 3, published: "r2" }
  ]
  const paperLayout = { marks: effects, fit }
  const coefficientsOf = (models: ReadonlyArray<typeof baseline>) => ({
    coefficients: models.map((model) => model.coefficients),
    glances: models.map((model) => model.glance),
    tests: []
  })

  const table2 = dag.node(
    "table2",
    weightsTable,
    { weights, published: printed("table-02") },
    {
      title: "Table 2. Evaluation indicator system for advanced manufacturing",
      dimensions: set.dimensions,
      indicators: set.indicators,
      notes: [
        "Weights are pooled over provinces and years, so that individual weights are the overall ones renormalised in their dimension: 16 of the 21 that the paper prints are not, and no data give them."
      ]
    }
  )
  const table3 = dag.node(
    "table3",
    describe,
    { panel: panelDescribed, published: printed("table-03") },
    {
      title: "Table 3. Descriptive statistics",
      variables: [
        { name: ami, label: "Advanced Manufacturing Industry" },
        ...set.dimensions.map(({ label, name }) => ({ name, label })),
        { name: "coagglo", label: "Industrial Synergy Agglomeration" },
        { name: "pdgp", label: "Economic Development" },
        { name: "fdi", label: "Foreign Direct Investment" },
        { name: "hcl", label: "Human Capital Level" },
        { name: "gov", label: "Government Support Intensity" },
        { name: "inv", label: "Fixed Investment Level" },
        { name: "str", label: "Industrial Structure" },
        { name: "inf", label: "Informatization Level" },
        { name: "uic", label: "Urban Innovation Capacity" },
        { name: "mi", label: "Manufacturing Intelligence" },
        { name: "icc", label: "International Capacity Cooperation" }
      ]
    }
  )
  const table4 = dag.node(
    "table4",
    modelTable,
    {
      coefficients: [baseline, iv, onEg, centers].map((model) => model.coefficients),
      glances: [baseline, iv, onEg, centers].map((model) => model.glance),
      tests: [iv.tests],
      published: printed("table-04")
    },
    {
      title: "Table 4. Baseline regression and robustness testing",
      columns: [
        { label: "(1) ami", group: "Baseline", model: 0 },
        { label: "(2) coagglo", group: "IV", model: 1, equation: "coagglo", tests: 0 },
        { label: "(3) ami", group: "IV", model: 1, equation: ami, tests: 0 },
        { label: "(4) ami", group: "Replace X", model: 2 },
        { label: "(5) center", group: "Replace Y", model: 3 }
      ],
      rows: rowsOf("coagglo", "eg", "L.coagglo", ...controls, "(constant)"),
      ...paperLayout,
      tests: [
        { label: "First-stage F", test: "first_stage_f", columns: [2] },
        { label: "Kleibergen-Paap rk LM", test: "kp_rk_lm", below: "p_value", columns: [3] },
        { label: "Kleibergen-Paap rk Wald F", test: "kp_rk_wald_f", below: "critical", columns: [3] },
        { label: "Anderson-Rubin Wald", test: "anderson_rubin_wald", below: "p_value", columns: [3] }
      ]
    }
  )
  const table5 = dag.node(
    "table5",
    modelTable,
    { ...coefficientsOf(dimensions), published: printed("table-05") },
    {
      title: "Table 5. Subdivision advanced manufacturing evaluation indicators",
      columns: set.dimensions.map(({ name }, i) => ({ label: `(${i + 1}) ${name}` })),
      rows: rowsOf("coagglo", ...controls, "(constant)"),
      ...paperLayout
    }
  )
  const table6 = dag.node(
    "table6",
    modelTable,
    {
      ...coefficientsOf(Object.values(heterogeneity)),
      tests: [differences.regions.own.tests, differences.clusters.own.tests, ...Object.values(heterogeneity).map(({ wild }) => wild)],
      published: printed("table-06")
    },
    {
      title: "Table 6. Heterogeneity analysis",
      columns: Object.values(groups).map(({ label, where }, i) => ({
        label: `(${i + 1}) ami`,
        group: label,
        tests: ["region" in where ? 0 : 1, 2 + i] as const
      })),
      rows: rowsOf("coagglo", ...controls, "(constant)"),
      ...paperLayout,
      tests: [
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
      ]
    }
  )
  // What Table 6 does not tell: whether the coefficients that it sets side by side differ.
  const differenceTables = dag.map(differences, ({ names, own, shared }, one, of) => {
    const pairs = names.flatMap((first, i) => names.slice(i + 1).map((second) => `coagglo: ${first} - ${second}`))
    const hypotheses = names.length > 2 ? ["coagglo: all groups", ...pairs] : pairs
    const tests = (test: string, variants: ReadonlyArray<string>, position: number, label: string) =>
      variants.map((variant) => ({ test, variant, tests: position, label }))
    return one.node(
      "table-group-difference",
      testsTable,
      { tests: [own.tests, shared.tests], published: [] },
      {
        title: `Section 5.3. Differences of the coefficient of coagglo: ${of}`,
        rows: [
          ...tests("difference_f", hypotheses, 0, "Wald F, as in sub-samples"),
          ...tests("permutation", pairs, 0, "Difference, permutation"),
          ...tests("permutation_t", pairs, 0, "t, permutation"),
          ...tests("difference_f", hypotheses, 1, "Wald F, shared controls")
        ]
      }
    )
  })
  const table7 = dag.node(
    "table7",
    modelTable,
    { ...coefficientsOf([mediated]), published: printed("table-07") },
    {
      title: "Table 7. Intermediate effect test",
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
  const table8 = dag.node(
    "table8",
    mediationTable,
    { effects: mediatedEffects, published: printed("table-08") },
    {
      title: "Table 8. The results of the bootstrap mediation analysis",
      interval: "95% bias-corrected interval",
      effects: [
        { effect: "indirect", label: "Indirect effect" },
        { effect: "direct", label: "Direct effect" },
        { effect: "total", label: "Total effect" }
      ]
    }
  )
  const moderationTable = (number: number, title: string, moderator: string, model: typeof moderations.mi) =>
    dag.node(
      `table${number}`,
      modelTable,
      { ...coefficientsOf([model]), published: printed(`table-${String(number).padStart(2, "0")}`) },
      {
        title: `Table ${number}. ${title}`,
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

  // What Tables 9 and 10 do not tell: the effects at low, middling and high values of the moderator, and where the direct one is significant.
  const conditional = dag.map(moderations, (model, one, moderator) => [
    one.node(
      "table-conditional-effects",
      mediationTable,
      { effects: model.intervals, published: [] },
      {
        title: `Section 5.5. Effects of coagglo on ami at percentiles of ${moderator}`,
        interval: "95% bias-corrected interval",
        terms: [
          { term: `coagglo | ${moderator} p16`, label: `At the 16th percentile of ${moderator}` },
          { term: `coagglo | ${moderator} p50`, label: "At its median" },
          { term: `coagglo | ${moderator} p84`, label: "At its 84th percentile" },
          { term: `coagglo | ${moderator} p50 - p16`, label: "At the median less at the 16th" },
          { term: `coagglo | ${moderator} p84 - p50`, label: "At the 84th less at the median" },
          { term: `coagglo | ${moderator} p84 - p16`, label: "At the 84th less at the 16th" }
        ]
      }
    ),
    one.node(
      "table-moderator",
      testsTable,
      { tests: [model.tests], published: [] },
      {
        title: `Section 5.5. Values of ${moderator}, and where the direct effect is significant`,
        rows: [
          ...["p16", "p50", "p84"].map((variant) => ({ test: "moderator_value", variant, label: `Value of ${moderator}` })),
          { test: "johnson_neyman", label: "Johnson-Neyman root" },
          { test: "moderated_mediation_index", label: "Index of moderated mediation" }
        ]
      }
    )
  ])

  // Table 11 as published (no correction for the number of effects) and by the default (Lee and Yu); then both with the economic matrix, as section 5.6 ends.
  const table11 = dag.map(spaces, ({ asPublished, durbin }, one, kind) => {
    const layout = { rows: rowsOf("coagglo", ...controls) }
    const of = (model: typeof durbin, name: string, title: string, shown: ReturnType<typeof printed> | []) =>
      one.node(
        name,
        spatialTable,
        { coefficients: model.coefficients, effects: model.effects, glance: model.glance, published: shown },
        { title: `Table 11. Spatial spillover effect test: ${kind} matrix, ${title}`, ...layout }
      )
    return [
      of(asPublished, "table11[as published]", "effects not corrected for, as published", kind === "nested" ? printed("table-11") : []),
      of(durbin, "table11", "Lee-Yu transformation", [])
    ]
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
      { tests: [lm, asPublished.tests, durbin.tests, fixedOrRandom.tests], published: kind === "nested" ? inText : [] },
      { title: `Section 5.6. Tests of spatial dependence and of the Durbin model: ${kind} matrix`, rows: spatialTestRows }
    )
  )
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
  const moranTables = dag.map(spaces, ({ moran: index }, one, kind) =>
    one.node("table-moran", moranTable, { moran: index.moran }, { title: `Section 5.6. Moran's I by year: ${kind} matrix` })
  )
  const localClusters = dag.node("local-moran", localMoran, { panel, weights: spaces.nested.weights }, { variables: [ami] })
  const localMoranClusters = dag.node(
    "table-local-moran",
    localMoranTable,
    { local: localClusters },
    { title: `Beyond the paper. Local Moran's I of ${ami}: clusters and outliers by year, nested matrix`, variable: ami }
  )
  const hausmanTable = dag.node(
    "table-hausman",
    testsTable,
    { tests: [hausmanTests.tests], published: inText },
    {
      title: "Section 5.1. Fixed or random effects: Hausman tests",
      rows: [
        { test: "hausman", label: "Hausman" },
        { test: "hausman_sigmamore", label: "Hausman, sigmamore", published: "" },
        { test: "mundlak", label: "Mundlak, cluster-robust F", published: "" }
      ]
    }
  )

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
    one.node("figure-moran", moranFigure, spaces.nested.moran, {
      title: `Moran scatter plot of ${variable}, nested matrix`,
      variable,
      years: [2003, 2021]
    })
  )

  return {
    tables: [
      table2,
      table3,
      table4,
      table5,
      table6,
      differenceTables,
      table7,
      table8,
      table9,
      table10,
      conditional,
      table11,
      spatialTests,
      spatialMediationTable,
      spatialModerationTable,
      ordersOfCoagglo,
      moranTables,
      localMoranClusters,
      hausmanTable
    ],
    figures: [figure2, figure3, moranFigures],
    models: [...Object.values(spaces).map(({ error, lag }) => [lag, error]), betweenProvinces]
  }
})
