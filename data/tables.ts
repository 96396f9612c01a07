/** What the raw tables of this folder hold: the parameters that dag.ts ingests them with, and the variables it derives. A yearbook's table put in a file's place has these columns too. */
import type { DeriveParams } from "../stages/derive.ts"
import type { SourceDescription } from "../stages/ingest/source-params.ts"
import type { IngestSubunitsParams } from "../stages/ingest-subunits.ts"

/** Carried into every artifact that rests on the replica. Whoever puts yearbooks' tables there takes it out of dag.ts. */
export const SYNTHETIC = "synthetic replica: made by data/replica/make.ts, not the yearbooks' data"

const YEARS = { from: 2003, to: 2021 }
const CENTER_YEARS = { from: 2016, to: 2021 }

type Ingest = (typeof SourceDescription)["Encoded"]
type Variables = Ingest["variables"]

const percent = (description: string) => ({ unit: "%", description, min: 0, max: 100 })
const persons = (description: string) => ({ unit: "persons", description, min: 0 })
const hundredMillion = (description: string) => ({ unit: "100 million CNY", description, min: 0 })

/** The 21 indicators of Table 2 (indicators/paper.yaml), in their own units. */
export const INDICATORS = {
  years: YEARS,
  variables: {
    new_product_share: percent("new product output over industrial output"),
    research_enterprise_share: percent("enterprises with research institutions over all enterprises"),
    rd_revenue_share: percent("R&D expenditure over main business revenue"),
    self_funded_rd_share: percent("enterprises' own share of research expenditure"),
    inventory_turnover: { unit: "times a year", description: "inventory turnover ratio", min: 0 },
    cost_profit_ratio: { unit: "%", description: "profit over costs and expenses" },
    equity_ratio: percent("equity ratio"),
    debt_asset_ratio: percent("debts over assets"),
    total_assets_contribution: { unit: "%", description: "contribution rate of total assets" },
    manufacturing_employment: persons("employment in manufacturing"),
    average_wage: { unit: "CNY", description: "average wage in the industry, a year", min: 0 },
    high_educated_rd_share: percent("highly educated among the personnel in research"),
    rd_personnel_share: percent("R&D personnel among all employees"),
    wastewater_compliance: percent("industrial waste water discharged up to standard"),
    so2_compliance: percent("industrial SO2 emitted up to standard"),
    pm_compliance: percent("industrial particulate matter emitted up to standard"),
    solid_waste_utilization: percent("industrial solid waste comprehensively used"),
    capital_preservation: { unit: "%", description: "capital preservation and appreciation", min: 0 },
    value_added_rate: percent("industrial value added over output"),
    operating_profit_share: { unit: "%", description: "operating profit over revenue" },
    main_business_profit: { unit: "CNY", description: "profit from main business operations", min: 0 }
  } satisfies Variables
}

export const SERVICES = ["transport_storage_post", "leasing_business", "information_software", "finance", "science_technology"] as const

/** Employment by industry: for eqs 18 and 19. */
export const EMPLOYMENT = {
  years: YEARS,
  variables: {
    manufacturing: persons("manufacturing"),
    transport_storage_post: persons("transportation, warehousing and postal services"),
    leasing_business: persons("leasing and business services"),
    information_software: persons("information transmission, computer services and software"),
    finance: persons("financial industry"),
    science_technology: persons("scientific research, technical services and geophysical prospecting"),
    total: persons("all industries")
  } satisfies Variables
}

/** Employment by city or district inside each province: for eqs 21 and 22. */
export const DISTRICTS = {
  years: YEARS,
  variables: { manufacturing: persons("manufacturing"), productive_services: persons("the five productive services together") }
} satisfies (typeof IngestSubunitsParams)["Encoded"]

/** What the controls of section 4.2.3 are derived from. */
export const CONTROLS = {
  years: YEARS,
  variables: {
    gdp: hundredMillion("gross domestic product"),
    population: { unit: "10,000 persons", description: "resident population at the year's end", min: 0 },
    fdi_inflow: { unit: "10,000 USD", description: "foreign direct investment actually used", min: 0 },
    higher_education_graduates: persons("graduates of higher education"),
    fiscal_support: hundredMillion("fiscal expenditure in support of industry"),
    fixed_investment: hundredMillion("fixed asset investment"),
    tertiary_value_added: hundredMillion("value added of the tertiary sector"),
    post_telecom_volume: hundredMillion("volume of postal and telecommunications services")
  } satisfies Variables
}

/** What the mechanism variables of section 4.2.4 are derived from. */
export const MEDIATORS = {
  years: YEARS,
  variables: {
    patents_granted: { unit: "patents", description: "patents for inventions granted", min: 0 },
    robots_multifunctional: { unit: "USD", description: "imports under HS 84795010", min: 0 },
    robots_other: { unit: "USD", description: "imports under HS 84795090", min: 0 },
    robots_ic_handling: { unit: "USD", description: "imports under HS 84864031", min: 0 },
    manufacturing_trade: hundredMillion("imports and exports of manufacturing"),
    manufacturing_fdi: hundredMillion("foreign direct investment in manufacturing"),
    contracted_projects: hundredMillion("contracted projects in manufacturing")
  } satisfies Variables
}

/** National manufacturing innovation centres, the other explained variable of Table 4, column 5. */
export const CENTERS = {
  years: CENTER_YEARS,
  variables: { center: { unit: "centres", description: "national manufacturing innovation centres so far", min: 0 } } satisfies Variables
}

type Derived = (typeof DeriveParams)["Encoded"]["variables"][number]

const robots = { sum: ["robots_multifunctional", "robots_other", "robots_ic_handling"] }
const cooperation = { ratio: [{ sum: ["manufacturing_trade", "manufacturing_fdi", "contracted_projects"] }, "gdp"] as const }

/** Controls and the mediator, in Table 3's units. ln1p is what makes a zero of the source Table 3's minimum of 0.00. */
const common: ReadonlyArray<Derived> = [
  { name: "pdgp", expr: { ln: { scale: [{ ratio: ["gdp", "population"] }, 1e4] } }, unit: "ln CNY", description: "economic development: GDP per head" },
  { name: "fdi", expr: { ln1p: { scale: ["fdi_inflow", 1e4] } }, unit: "ln(1 + USD)", description: "foreign direct investment" },
  { name: "hcl", expr: { ln1p: "higher_education_graduates" }, unit: "ln(1 + persons)", description: "human capital level" },
  { name: "gov", expr: { ln1p: { scale: ["fiscal_support", 1e8] } }, unit: "ln(1 + CNY)", description: "government support intensity" },
  { name: "inv", expr: { ln1p: { scale: ["fixed_investment", 1e8] } }, unit: "ln(1 + CNY)", description: "fixed investment level" },
  {
    name: "str",
    expr: { scale: [{ ratio: ["tertiary_value_added", "gdp"] }, 100] },
    unit: "%",
    description: "industrial structure: the tertiary sector's share"
  },
  { name: "inf", expr: { ln: { scale: ["post_telecom_volume", 1e8] } }, unit: "ln CNY", description: "informatization level" },
  { name: "uic", expr: { scale: ["patents_granted", 1e-4] }, unit: "10,000 patents", description: "urban innovation capacity" }
]

/** The variables as Table 3 describes them. */
export const DESCRIBED: ReadonlyArray<Derived> = [
  ...common,
  { name: "mi", expr: { scale: [robots, 1e-6] }, unit: "million USD", description: "manufacturing intelligence: imports of industrial robots" },
  { name: "icc", expr: cooperation, unit: "share of GDP", description: "international capacity cooperation" }
]

/**
 * The variables as the models take them. Slopes near 1 for mi (Table 9) and near .01 for icc (Table 10) cannot be per unit of Table 3, where their standard
 * deviations are 182.18 and .76: they are taken per standard deviation of mi, and per percent of GDP.
 */
export const MODELLED: ReadonlyArray<Derived> = [
  ...common,
  { name: "mi", expr: { scale: [robots, 1 / 182.18e6] }, unit: "182.18 million USD", description: "manufacturing intelligence: imports of industrial robots" },
  { name: "icc", expr: { scale: [cooperation, 100] }, unit: "% of GDP", description: "international capacity cooperation" }
]
