/** Tables of multiple imputation. */
import { category, integer, nullable, number, table, text } from "@sediment/sediment"

/** The course of one imputation: what a sweep made of a variable's missing cells, beside those that are there. A row a variable and sweep. */
export const ImputationChain = table("ImputationChain", {
  imputation: integer("", "its number, from 0"),
  iteration: integer("", "the sweep, from 1"),
  variable: category(),
  scale: category("", "ln where the variable was imputed in logarithms, or empty"),
  missing: integer("cells", "how many were imputed"),
  mean: number("", "of the imputed cells"),
  sd: nullable(number("", "of the imputed cells; missing where there is one")),
  observed_mean: number(),
  observed_sd: number()
})

/** Whether imputations have settled: a row a variable. */
export const ImputationCheck = table("ImputationCheck", {
  variable: category(),
  scale: category("", "ln where the variable was imputed in logarithms, or empty"),
  missing: integer("cells", "how many were imputed"),
  imputations: integer(),
  iterations: integer(),
  r_hat_mean: nullable(number("", "potential scale reduction of the imputed cells' mean over the second half of the sweeps; near 1 where it has settled")),
  r_hat_sd: nullable(number("", "that of their standard deviation")),
  autocorrelation: nullable(number("", "of the mean, from sweep to sweep")),
  imputed_mean: number("", "over all imputations, after the last sweep"),
  imputed_sd: nullable(number()),
  observed_mean: number(),
  observed_sd: number()
})

/** Estimates over several completed data sets: what Rubin's rules make of each. */
export const Pooling = table("Pooling", {
  equation: category("", "the equation of the estimates; of effects the kind of effect"),
  term: text(),
  imputations: integer("", "m"),
  estimate: number("", "the mean over imputations"),
  std_error: nullable(number("", "sqrt of the total variance")),
  within: nullable(number("", "the mean variance, U")),
  between: number("", "the variance of the estimates between imputations, B"),
  total: nullable(number("", "U + (1 + 1/m) B")),
  relative_increase: nullable(number("", "(1 + 1/m) B / U: by how much missing values raise the variance")),
  lambda: nullable(number("share", "(1 + 1/m) B / T: the share of the variance that missing values make")),
  fraction_missing: nullable(number("share", "the fraction of information that is missing")),
  df_complete: nullable(number("", "degrees of freedom of complete data; missing: normal")),
  df: nullable(number("", "degrees of freedom of the t distribution; missing: normal")),
  relative_efficiency: nullable(number("share", "of m imputations to infinitely many")),
  monte_carlo_error: number("", "sqrt(B/m): how far the estimate may be off since m is finite")
})
