/** Beyond the paper: what the raw tables are like, as a table and a picture; and the baseline with missing cells imputed several times in the place of interpolated once. */
import type { Builder, Output } from "@sediment/sediment"
import { INDICATORS, MODELLED, SERVICES } from "../data/tables.ts"
import { assemble } from "../stages/assemble.ts"
import { coagglo } from "../stages/coagglo.ts"
import { derive } from "../stages/derive.ts"
import { qualityFigure } from "../stages/figures/quality-figure.ts"
import { imputationCheck } from "../stages/imputation/imputation-check.ts"
import { impute } from "../stages/imputation/impute.ts"
import { pool } from "../stages/imputation/pool.ts"
import { indexNode, weightsNode } from "../stages/index-nodes.ts"
import type { IndicatorSet } from "../stages/indicator-set.ts"
import { within } from "../stages/models/within.ts"
import { normalize } from "../stages/normalize.ts"
import type { Panel } from "../stages/table-types.ts"
import { modelTable } from "../stages/tables/model-table.ts"
import { tidyTable } from "../stages/tables/tidy-table.ts"
import { validate } from "../stages/validate.ts"
import { type Model, modelsOf, paperLayout, rowsOf } from "./layout.ts"

type PanelTable = Output<typeof Panel>

export interface RawTables {
  readonly indicators: PanelTable
  readonly employment: PanelTable
  /** Controls and mechanism variables. */
  readonly raw: PanelTable
  /** The same, interpolated. */
  readonly filled: ReadonlyArray<PanelTable>
}

const columns = (columns: ReadonlyArray<readonly [column: string, label: string, group?: string | undefined, significant?: number]>) =>
  columns.map(([column, label, group, significant]) => ({
    column,
    label,
    ...(group === undefined ? {} : { group }),
    ...(significant === undefined ? {} : { significant })
  }))

export const dataQuality = (dag: Builder, { employment, filled, indicators, raw }: RawTables) => {
  const all = dag.node("raw-all", assemble, { panels: [indicators, employment, raw] })
  const checked = dag.node(
    "checked",
    validate,
    { panel: all },
    {
      identities: [
        { total: "total", parts: ["manufacturing", ...SERVICES], holds: "at-most" },
        { total: "gdp", parts: ["tertiary_value_added"], holds: "at-most" }
      ]
    }
  )
  const title = "Beyond the paper. Quality of the raw tables"
  const findings = "Findings of validation"
  const table = dag.node(
    "table-quality",
    tidyTable,
    { table: checked.quality },
    {
      title,
      rowLabel: ["variable"],
      decimals: 0,
      columns: columns([
        ["n", "Cells"],
        ["missing", "Missing"],
        ["min", "Min", undefined, 4],
        ["median", "Median", undefined, 4],
        ["max", "Max", undefined, 4],
        ["jumps", "Jumps", findings],
        ["scale_breaks", "Scales", findings],
        ["repeats", "Repeats", findings],
        ["zeros", "Zeros", findings],
        ["outliers", "Outliers", findings]
      ])
    }
  )
  const figure = dag.node("figure-quality", qualityFigure, { panels: filled, findings: [checked.findings] }, { title })
  return { all, table, figure }
}

export interface Imputed {
  /** All raw tables, gaps and all. */
  readonly all: PanelTable
  readonly set: typeof IndicatorSet.Type
  readonly controls: ReadonlyArray<string>
  /** The baseline with interpolated cells. */
  readonly baseline: Model
}

/** Quantities above 0 are imputed in logarithms, percentages between their bounds, and what has zeros by values that there are. */
const POSITIVE = [
  "gdp",
  "population",
  "post_telecom_volume",
  "tertiary_value_added",
  "contracted_projects",
  "manufacturing_trade",
  "manufacturing_fdi"
] as const
const ROBOTS = ["robots_multifunctional", "robots_other", "robots_ic_handling"] as const
const PERCENTAGES = Object.entries(INDICATORS.variables).flatMap(([name, variable]) => ("max" in variable && variable.max === 100 ? [name] : []))
const WITH_ZEROS = ["fdi_inflow", "fiscal_support", "fixed_investment", "higher_education_graduates", "patents_granted"] as const

export const imputedBaseline = (dag: Builder, { all, baseline, controls, set }: Imputed) => {
  const numbers = Array.from({ length: 10 }, (_, imputation) => imputation)
  const completed = dag.map(numbers, (imputation, one) => {
    const panel = one.node(
      "imputed",
      impute,
      { panel: all },
      {
        imputation,
        rules: [
          { variables: [...POSITIVE, ...ROBOTS, "total", "manufacturing", ...SERVICES], log: true },
          { variables: ["average_wage", "manufacturing_employment", "main_business_profit"], log: true },
          { variables: [...WITH_ZEROS], method: "pmm" },
          { variables: [PERCENTAGES[0]!, ...PERCENTAGES.slice(1)], min: 0, max: 100 }
        ]
      }
    )
    const normalized = one.node("imputed-normalized", normalize, { panel }, { indicators: set.indicators })
    const index = indexNode(one, "imputed-index", { normalized, weights: weightsNode(one, "imputed-weights", normalized, set) }, set)
    const agglomeration = one.node("imputed-coagglomeration", coagglo, { panel }, { manufacturing: "manufacturing", services: SERVICES, total: "total" })
    const derived = one.node("imputed-modelled", derive, { panel }, { variables: MODELLED, keep: [] })
    const joined = one.node("imputed-panel", assemble, { panels: [index, agglomeration, derived] })
    return {
      chain: panel.chain,
      model: one.node("imputed-baseline", within, { panel: joined }, { dependent: set.index, regressors: ["coagglo"], controls: [...controls] })
    }
  })
  const check = dag.node("imputation-check", imputationCheck, { chains: completed.map(({ chain }) => chain) })
  const models = completed.map(({ model }) => model)
  const pooled = dag.node("pooled-baseline", pool, {
    coefficients: models.map(({ coefficients }) => coefficients),
    glances: models.map(({ glance }) => glance)
  })
  const table = dag.node(
    "table-imputed",
    modelTable,
    { ...modelsOf([baseline, pooled]), tests: [], published: [] },
    {
      title: "Beyond the paper. The baseline with missing cells interpolated, and imputed ten times",
      columns: [{ label: "(1) Interpolated" }, { label: "(2) Imputed" }],
      rows: rowsOf("coagglo", ...controls, "(constant)"),
      ...paperLayout,
      fit: ["nobs", "r_squared_within", "imputations", "variance_missing"]
    }
  )
  const information = dag.node(
    "table-imputed-information",
    tidyTable,
    { table: pooled.pooling },
    {
      title: "Beyond the paper. What missing cells cost the baseline: Rubin's rules over ten imputations",
      rowLabel: ["term"],
      columns: columns([
        ["estimate", "Estimate"],
        ["std_error", "Std. error"],
        ["df", "df"],
        ["relative_increase", "Relative increase of variance"],
        ["lambda", "Share of it"],
        ["monte_carlo_error", "Monte Carlo error"]
      ])
    }
  )
  return [table, information, check]
}
