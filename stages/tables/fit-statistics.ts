import { Schema } from "effect"
import { rowNumbers } from "./number-style.ts"

const FitRow = Schema.Struct({
  /** nobs, clusters, or a further column of Glance. */
  statistic: Schema.NonEmptyString,
  label: Schema.optionalKey(Schema.String),
  ...rowNumbers,
  published: Schema.optionalKey(Schema.String)
})
export type FitRow = typeof FitRow.Type
/** A statistic by name, or with its label and how it is written. */
export const FitParam = Schema.Union([Schema.NonEmptyString, FitRow])

/** What statistics of a Glance are called in print. */
const NAMES: Readonly<Record<string, string>> = {
  nobs: "Observations",
  clusters: "Clusters",
  entities: "Entities",
  years: "Years",
  r_squared: "R2",
  r_squared_adjusted: "Adj. R2",
  r_squared_within: "Within R2",
  r_squared_within_two_way: "Within R2 (two-way)",
  r_squared_between: "Between R2",
  r_squared_overall: "Overall R2",
  sigma: "RMSE",
  sigma2: "sigma2",
  df_residual: "Residual df",
  f_statistic: "F",
  f_df1: "F, numerator df",
  f_df2: "F, denominator df",
  f_p_value: "F, p",
  chi2_statistic: "Wald chi2",
  chi2_df: "Wald chi2, df",
  chi2_p_value: "Wald chi2, p",
  log_lik: "Log-likelihood",
  aic: "AIC",
  bic: "BIC",
  theta: "theta",
  instruments: "Instruments",
  imputations: "Imputations",
  variance_missing: "Variance due to missing values, at most",
  n_likelihood: "Observations of the likelihood",
  n_independent: "Independent observations"
}

/** What counts something has no decimals. */
export const isCount = (statistic: string): boolean =>
  [
    "nobs",
    "clusters",
    "entities",
    "years",
    "instruments",
    "imputations",
    "n_likelihood",
    "n_independent",
    "df_residual",
    "f_df1",
    "f_df2",
    "chi2_df",
    "effects"
  ].includes(statistic) || statistic.startsWith("groups_")

/** The name of a statistic in print. */
export const fitName = (statistic: string): string => NAMES[statistic] ?? (statistic.startsWith("groups_") ? `Groups of ${statistic.slice(7)}` : statistic)
