/**
 * Public capital and the productivity of the American states, 1970-1986, on Munnell's panel: see README.md beside this file.
 * The study reads from top to bottom as its method section would.
 */
import { Dag } from "@sediment/sediment"
import { agreement } from "@sediment/sediment/stages/agreement.ts"
import { assemble } from "@sediment/sediment/stages/assemble.ts"
import { bootstrap } from "@sediment/sediment/stages/bootstrap.ts"
import { compositeIndex } from "@sediment/sediment/stages/composite-index.ts"
import { contiguityWeights } from "@sediment/sediment/stages/contiguity-weights.ts"
import { derive } from "@sediment/sediment/stages/derive.ts"
import { entities } from "@sediment/sediment/stages/entities.ts"
import { entropyWeights } from "@sediment/sediment/stages/entropy-weights.ts"
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
import { replicates } from "@sediment/sediment/stages/replicates.ts"
import { spatialWeights } from "@sediment/sediment/stages/spatial-weights.ts"
import { subset } from "@sediment/sediment/stages/subset.ts"
import { moranInPython } from "./stages/moran-in-python.ts"
import { withinInR } from "./stages/within-in-r.ts"
import { channelTables } from "./study/channel-tables.ts"
import { checkTables } from "./study/checks.ts"
import { dataTables } from "./study/data-tables.ts"
import { figures } from "./study/figures.ts"
import { againstPrint, munnellInPrint } from "./study/published.ts"
import { regressionTables } from "./study/regression-tables.ts"
import { spaceTables } from "./study/space-tables.ts"

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
  const inPrint = munnellInPrint(dag, { iid: productionIid, clustered: production })
  const inData = dataTables(dag, { set, weights, panel })
  const tables = [
    ...inData,
    inPrint.table3,
    ...againstPrint(dag, inPrint),
    ...regressionTables(dag, { index: set.index, baseline, parts, effectsTest, iv, regions, regionNames, regionDifference }),
    ...channelTables(dag, { mediated, mediatedIntervals, moderated, moderatedIntervals }),
    ...spaceTables(dag, {
      index: set.index,
      borders: { moran: moranBorders, lm: lmBorders, durbin: durbinBorders, hausman: spatialEffectsTest },
      nested: { moran: moranNested, lm: lmNested, durbin: durbinNested }
    })
  ]
  const checks = checkTables(dag, { inR: agreementInR, inPython: agreementInPython })
  const drawn = figures(dag, { name: set.index, states, index, panel, moran: moranBorders })
  return { tables, checks, figures: drawn, durbinUncorrected }
})
