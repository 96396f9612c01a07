import type { Out } from "@sediment/sediment"
import type { Inference, Test } from "../../src/econometrics/linear/inference.ts"
import type { RandomEffectsFit } from "../../src/econometrics/random-effects/random-effects.ts"
import type { FixedEffectsFit } from "../../src/econometrics/regression/fixed-effects.ts"
import type { WithinFit } from "../../src/econometrics/regression/within.ts"
import type { Covariance } from "../../src/econometrics/variance/variance.ts"
import type { Estimates, Glance, Tests } from "../table-types.ts"

const orMissing = (value: number | undefined): number => value ?? Number.NaN

/** Estimates of one or more equations, in order. */
export const estimatesOf = (equations: ReadonlyArray<{ readonly equation: string; readonly inference: Inference }>): Out<typeof Estimates> => {
  const rows = equations.flatMap(({ equation, inference }) => inference.terms.map((term, i) => ({ equation, term, i, inference })))
  const column = (name: "estimate" | "stdError" | "statistic" | "pValue" | "confLow" | "confHigh") =>
    Float64Array.from(rows, ({ i, inference }) => inference[name][i]!)
  return {
    equation: rows.map(({ equation }) => equation),
    term: rows.map(({ term }) => term),
    estimate: column("estimate"),
    std_error: column("stdError"),
    statistic: column("statistic"),
    df: Float64Array.from(rows, ({ i, inference }) => orMissing(inference.df?.[i])),
    p_value: column("pValue"),
    conf_low: column("confLow"),
    conf_high: column("confHigh")
  }
}

/** The small-sample convention of a fitted variance, with its formula. */
export const conventionOf = ({ smallSample: { convention, formula } }: Covariance): string => `${convention}: ${formula}`

/** What the numbers of a panel's groups are called. */
const GROUP_COUNTS: Readonly<Record<string, string>> = { entity: "entities", year: "years" }

/** How many groups each grouping of a fit has, by the names of a Glance. */
export const groupCounts = (groups: ReadonlyArray<{ readonly name: string; readonly levels: number }>): Readonly<Record<string, number>> =>
  Object.fromEntries(groups.map(({ levels, name }) => [GROUP_COUNTS[name] ?? `groups_${name}`, levels]))

/** One equation's row of a Glance; the further columns are its statistics by name. */
export interface GlanceRow {
  readonly equation: string
  readonly model: string
  readonly dependent: string
  readonly variance: string
  readonly smallSample: string
  readonly sample: string
  readonly nobs: number
  readonly statistics: Readonly<Record<string, number>>
}

export const glanceOf = (rows: ReadonlyArray<GlanceRow>): Out<typeof Glance> => {
  const names = [...new Set(rows.flatMap(({ statistics }) => Object.keys(statistics)))]
  return {
    equation: rows.map((row) => row.equation),
    model: rows.map((row) => row.model),
    dependent: rows.map((row) => row.dependent),
    variance: rows.map((row) => row.variance),
    small_sample: rows.map((row) => row.smallSample),
    sample: rows.map((row) => row.sample),
    nobs: Int32Array.from(rows, (row) => row.nobs),
    rest: new Map(names.map((name) => [name, { values: Float64Array.from(rows, ({ statistics }) => orMissing(statistics[name])) }]))
  }
}

/** What tells how a regression fits as a whole. */
const overall = (fit: FixedEffectsFit): GlanceRow["statistics"] => ({
  r_squared: fit.statistics.rSquared,
  r_squared_adjusted: fit.statistics.rSquaredAdjusted,
  sigma: fit.statistics.sigma,
  df_residual: fit.dfResidual,
  f_statistic: fit.wald.statistic,
  f_df1: fit.wald.df1,
  f_df2: fit.wald.df2,
  f_p_value: fit.wald.pValue
})

/** The row of a regression with any absorbed effects. */
export const fixedEffectsGlance = (equation: string, fit: FixedEffectsFit, sample: string): GlanceRow => ({
  equation,
  model: fit.effects.factors.length === 0 ? "least squares" : `fixed effects of ${fit.effects.factors.map(({ name }) => name).join(" and ")}`,
  dependent: fit.dependent,
  variance: fit.covariance.name,
  smallSample: conventionOf(fit.covariance),
  sample,
  nobs: fit.nobs,
  statistics: {
    ...groupCounts(fit.groups),
    effects: fit.effects.rank,
    r_squared_within: fit.statistics.rSquaredWithin,
    ...overall(fit)
  }
})

/** The row of a two-way fixed effects regression. */
export const withinGlance = (equation: string, fit: WithinFit, sample: string): GlanceRow => ({
  equation,
  model: "two-way fixed effects",
  dependent: fit.dependent,
  variance: fit.covariance.name,
  smallSample: conventionOf(fit.covariance),
  sample,
  nobs: fit.nobs,
  statistics: {
    entities: fit.sample.absorption.index.entities.length,
    years: fit.sample.absorption.index.years.length,
    ...groupCounts(fit.groups),
    r_squared_within: fit.statistics.rSquaredWithin,
    r_squared_within_two_way: fit.statistics.rSquaredWithinTwoWay,
    r_squared_overall: fit.statistics.rSquaredOverall,
    ...overall(fit)
  }
})

/** The row of a random effects regression; theta is the mean over the rows. */
export const randomEffectsGlance = (equation: string, fit: RandomEffectsFit, sample: string): GlanceRow => {
  const { dependent, effects, entity, year, yearDummies } = fit.model
  return {
    equation,
    model: `${effects} random effects${yearDummies === true ? ", year dummies" : ""}`,
    dependent: dependent.name,
    variance: fit.covariance.name,
    smallSample: fit.covariance.variance.kind === "iid" ? "n - K, normal" : `${conventionOf(fit.covariance)}, normal`,
    sample,
    nobs: fit.nobs,
    statistics: {
      entities: entity.levels,
      years: year.levels,
      r_squared_within: fit.statistics.rSquaredWithin,
      r_squared_between: fit.statistics.rSquaredBetween,
      r_squared_overall: fit.statistics.rSquaredOverall,
      sigma: fit.statistics.sigma,
      df_residual: fit.dfResidual,
      chi2_statistic: fit.wald.statistic,
      chi2_df: fit.wald.df,
      chi2_p_value: fit.wald.pValue,
      theta: entity.codes.reduce((sum, code) => sum + fit.thetaEntity[code]! / fit.nobs, 0),
      variance_idiosyncratic: fit.components.idiosyncratic,
      variance_entity: fit.components.entity,
      variance_year: fit.components.year
    }
  }
}

export const testsOf = (tests: ReadonlyArray<Test>): Out<typeof Tests> => ({
  test: tests.map(({ test }) => test),
  variant: tests.map(({ variant }) => variant),
  statistic: Float64Array.from(tests, ({ statistic }) => orMissing(statistic)),
  df: Float64Array.from(tests, ({ df }) => orMissing(df)),
  df2: Float64Array.from(tests, ({ df2 }) => orMissing(df2)),
  p_value: Float64Array.from(tests, ({ pValue }) => orMissing(pValue)),
  critical: Float64Array.from(tests, ({ critical }) => orMissing(critical)),
  note: tests.map(({ note }) => note)
})
