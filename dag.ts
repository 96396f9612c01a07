/**
 * The study of Yin and Su (2024, Economies 12: 117): industrial synergy agglomeration, urban innovation capacity, and advanced manufacturing development,
 * 31 provinces of China, 2003-2021. The file reads as the paper's method section does, from the data to the models; how results
 * are laid out stands in study/. Numbers of sections, equations and tables are the paper's.
 */
import { Dag } from "@sediment/sediment"
import { CENTERS, CONTROLS, DESCRIBED, DISTRICTS, EMPLOYMENT, INDICATORS, MEDIATORS, MODELLED, SERVICES, SYNTHETIC } from "./data/tables.ts"
import { assemble } from "./stages/assemble.ts"
import { bootstrap } from "./stages/bootstrap.ts"
import { coagglo } from "./stages/coagglo.ts"
import { compareNodes } from "./stages/comparison/compare-nodes.ts"
import { Comparison } from "./stages/comparison/comparison-file.ts"
import { derive } from "./stages/derive.ts"
import { eg } from "./stages/eg.ts"
import { entities } from "./stages/entities.ts"
import { indexNode, weightsNode } from "./stages/index-nodes.ts"
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
import { replicates } from "./stages/replicates.ts"
import { spatialWeights } from "./stages/spatial-weights.ts"
import { subset } from "./stages/subset.ts"
import { beyondTables } from "./study/beyond-tables.ts"
import { dataQuality, imputedBaseline } from "./study/data-quality.ts"
import { dataTables } from "./study/data-tables.ts"
import { conditionalTables, differenceTables, hausmanTable, mediatedEffectsTable } from "./study/effect-tables.ts"
import { estimateFigures, figures, maps } from "./study/figures.ts"
import { againstThePaper, publishedFiles, variancesAgainstThePaper } from "./study/published.ts"
import { regressionTables } from "./study/regression-tables.ts"
import { spaceTables, table11Of } from "./study/space-tables.ts"

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
  const weights = weightsNode(dag, "weights", normalized, set)
  const index = indexNode(dag, "index", { normalized, weights }, set)

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

  // 5.1 to 5.5 Regressions with effects of provinces and years. The paper says that its standard errors are clustered by province; the nodes `iid-…` have those
  // of independent errors, to be held against print too.
  const controls = ["pdgp", "fdi", "hcl", "gov", "inv", "str", "inf"]
  const ami = set.index
  const onCoagglo = { regressors: ["coagglo"], controls } as const
  const path = { outcome: ami, treatment: "coagglo", mediator: "uic", controls }
  const groups = {
    east: { label: "East", where: { region: ["Eastern"] } },
    central: { label: "Central", where: { region: ["Central"] } },
    west: { label: "West", where: { region: ["Western"] } },
    northeast: { label: "Northeast", where: { region: ["Northeastern"] } },
    clusters: { label: "Clusters", where: { cluster: ["yes"] } },
    "no-clusters": { label: "No clusters", where: { cluster: ["no"] } }
  } as const
  const samples = dag.map(groups, ({ where }, one) => one.node("sample", subset, { panel, entities: provinces }, { where }))
  const regressions = (variance: "cluster" | "iid", prefix: string) => ({
    // 5.1 Baseline (eq. 1).
    baseline: dag.node(`${prefix}baseline`, within, { panel }, { dependent: ami, ...onCoagglo, variance }),
    // 5.2 Robustness: the year before as instrument; the EG index for coagglo; innovation centres for ami; the five sub-indices.
    iv: dag.node(`${prefix}iv`, fe2sls, { panel }, { dependent: ami, endogenous: "coagglo", controls, variance }),
    onEg: dag.node(`${prefix}on-eg`, within, { panel }, { dependent: ami, regressors: ["eg"], controls, variance }),
    centers: dag.node(
      `${prefix}centers`,
      within,
      { panel },
      { dependent: "center", ...onCoagglo, variance, years: { from: 2016, to: 2021 }, sample: "2016-2021" }
    ),
    dimensions: dag.map(
      set.dimensions.map(({ name }) => name),
      (name, one) => one.node(`${prefix}dimension`, within, { panel }, { dependent: name, ...onCoagglo, variance })
    ),
    // 5.3 Heterogeneity: four regions; provinces with and without national clusters.
    heterogeneity: dag.map(groups, ({ label }, one, group) =>
      one.node(`${prefix}heterogeneity`, within, { panel: samples[group] }, { dependent: ami, ...onCoagglo, variance, sample: label })
    ),
    // 5.4 Mediation by urban innovation capacity (eqs 2-4).
    mediated: dag.node(`${prefix}mediation`, mediation, { panel }, { ...path, variance }),
    // 5.5 Moderated mediation (eqs 5-9) by manufacturing intelligence and by international capacity cooperation; interactions of centred variables.
    moderations: dag.map({ mi: "mi", icc: "icc" }, (moderator, one) => one.node(`${prefix}moderation`, moderation, { panel }, { ...path, moderator, variance }))
  })
  const clustered = regressions("cluster", "")
  const classical = regressions("iid", "iid-")

  // 5.1 Fixed or random effects.
  const hausmanTests = dag.node("hausman", hausman, { panel }, { dependent: ami, ...onCoagglo })

  // 5.3 The paper compares stars; whether coefficients differ is tested. Three of the four regions have ten clusters or so, the northeast three: clustered standard
  // errors need a second opinion there.
  const wild = dag.map(groups, ({ label }, one, group) =>
    one.node("wild-bootstrap", wildBootstrap, { panel: samples[group] }, { dependent: ami, ...onCoagglo, sample: label })
  )
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

  // 5.4, 5.5 Effects and their intervals by a pairs cluster bootstrap in blocks of 250 replicates: more blocks extend the sequence.
  const blocks = [0, 250, 500, 750]
  const resampled = dag.map(blocks, (from, one) => one.node("mediation-replicates", replicates, { panel }, { ...path, from, count: 250 }))
  const mediatedEffects = dag.node("mediation-effects", bootstrap, { replicates: resampled, effects: clustered.mediated.effects })
  const moderations = dag.map(clustered.moderations, ({ effects, tests }, one, moderator) => {
    const drawn = one.map(blocks, (from, block) => block.node("moderation-replicates", replicates, { panel }, { ...path, moderator, from, count: 250 }))
    return { tests, intervals: one.node("moderation-effects", bootstrap, { replicates: drawn, effects }) }
  })
  const conditional = dag.map({ mi: "mi", icc: "icc" }, (moderator, one) =>
    one.node("moderation-grid", moderation, { panel }, { ...path, moderator, values: { grid: 41 } })
  )

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
  const localClusters = dag.node("local-moran", localMoran, inSpace, { variables: [ami] })
  const betweenProvinces = dag.node("effects-matrix", effectsMatrix, inSpace, { ...spatial, of: "coagglo" })

  // Tables 2 to 11 as the paper lays them out, its printed numbers beside the run's; what they do not tell; Figures 2 and 3.
  const printed = publishedFiles(dag)
  const inData = dataTables(dag, { index, panelDescribed, set, weights }, printed)
  const specification = { ami, controls, groups, dimensions: set.dimensions.map(({ name }) => name) }
  const secondOpinions = { regions: differences.regions.own.tests, clusters: differences.clusters.own.tests, wild: Object.values(wild) }
  const { table4, table5, table6, table7, table9, table10 } = regressionTables(dag, clustered, specification, printed, { prefix: "", secondOpinions })
  const table8 = mediatedEffectsTable(dag, mediatedEffects, printed)
  const { moranTables, spatialTests, table11 } = spaceTables(dag, spaces, controls, printed)
  const hausmanOrNot = hausmanTable(dag, hausmanTests, printed)

  // Beyond the paper: what the raw tables are like; the baseline with missing cells imputed, not interpolated.
  const quality = dataQuality(dag, { indicators: rawIndicators, employment: rawEmployment, raw, filled: [indicators, employment, filled] })
  const imputed = imputedBaseline(dag, { all: quality.all, set, controls, baseline: clustered.baseline })

  // The run against the paper: every printed number; and whether its standard errors are clustered ones.
  const [table11AsPublished] = table11.nested
  const shown = [...inData, table4, table5, table6, table7, table8, table9, table10, table11AsPublished, spatialTests.nested, hausmanOrNot]
  const against = againstThePaper(dag, shown, printed)
  const classicalTables = regressionTables(dag, classical, specification, printed, { prefix: "iid-", aside: "independent errors" })
  const clusteredDurbin = dag.node("durbin-uncorrected-clustered", spatialModel, inSpace, { ...spatial, correction: "none", variance: "cluster" })
  const variances = variancesAgainstThePaper(
    dag,
    {
      iid: [...Object.values(classicalTables), table11AsPublished],
      clustered: [table4, table5, table6, table7, table9, table10, table11Of(dag, clusteredDurbin, controls, printed)]
    },
    printed
  )

  // How much rests on how things were measured and specified: `sediment compare` runs it, and `sediment run`, which is not given it back, does not.
  compareNodes(dag, dag.data("comparison", "comparisons/paper.yaml", Comparison), {
    indicators,
    panels: [coagglomeration, egIndex, modelled],
    entities: provinces
  })

  return {
    tables: [
      inData,
      table4,
      table5,
      table6,
      differenceTables(dag, differences),
      table7,
      table8,
      table9,
      table10,
      conditionalTables(dag, moderations),
      table11,
      spatialTests,
      beyondTables(dag, { ami, byOrder, index, localClusters, spatiallyMediatedEffects, spatiallyModerated }),
      moranTables,
      hausmanOrNot,
      quality.table,
      imputed
    ],
    against: [against, variances],
    figures: [
      figures(dag, { ami, index, panel, moran: spaces.nested.moran }),
      estimateFigures(dag, {
        ami,
        panel,
        groups,
        clustered,
        iid: classical,
        inSpace: { nested: spaces.nested.durbin.effects, economic: spaces.economic.durbin.effects },
        conditional,
        replicates: resampled,
        mediated: mediatedEffects,
        byOrder,
        filled: [indicators, employment, filled]
      }),
      quality.figure,
      maps(dag, { ami, panel, provinces, localClusters, source: dag.source("data/maps/provinces.geojson") })
    ],
    models: [...Object.values(spaces).map(({ error, lag }) => [lag, error]), betweenProvinces]
  }
})
