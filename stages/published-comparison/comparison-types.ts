/** The table types of what is published beside what a run gives. */
import { category, flag, integer, nullable, number, table, text } from "@sediment/sediment"

/** A row a published number. What rounds to it is an interval; the run's number is held against that, so that half a unit of the last decimal is no difference. */
export const PublishedComparison = table("PublishedComparison", {
  table: category("", "the number of the published table, or text"),
  column: category("", "its column, from 1; in text the section"),
  column_label: text(),
  term: text(),
  label: text("", "the row's heading as published"),
  kind: category("", "estimate, std_error, statistic, p_value, nobs, r2, mean, weight, …"),
  published: text("", "as printed"),
  published_value: nullable(number("", "missing where a bound is printed (less than 0.05)")),
  published_low: nullable(number("", "the least number that rounds to what is printed; missing: no bound")),
  published_high: nullable(number("", "the largest number that rounds to what is printed; missing: no bound")),
  run: text("", "as the run's table prints it; empty where the run has nothing"),
  run_value: nullable(number()),
  difference: nullable(number("", "the run's number less the published one")),
  rounding_units: nullable(number("", "the difference in units of the last published decimal")),
  std_error: nullable(number("", "the published standard error of the same estimate, or estimate / statistic where that is printed in its place")),
  in_std_errors: nullable(number("", "the difference of an estimate in published standard errors")),
  relative: nullable(number("", "the difference by the size of the published number")),
  excess: nullable(number("", "how far the run's number lies outside of what rounds to the published one; 0 inside")),
  tolerance: number("", "how much of an excess is tolerated"),
  outcome: category("", "rounding: rounds to the published number; tolerance: beyond rounding, within the tolerance; beyond; missing: nothing in the run"),
  sign_differs: flag("", "of two numbers that are not zero, rounding allowed for"),
  stars_compared: flag("", "whether published table and run both tell stars here"),
  stars_published: text(),
  stars_run: text(),
  stars_differ: flag(),
  beyond_tolerance: flag(),
  not_reproduced: flag("", "nothing in the run"),
  reasons: text("", "sign, stars lost, fewer stars, more stars, stars gained, size (beyond tolerance), not in the run; more than one by semicolons"),
  explanation: text("", "what the study says of this difference")
})

/** A row a published table, and one for all together. */
export const PublishedSummary = table("PublishedSummary", {
  table: category("", "the number of the published table, or text; all"),
  numbers: integer("", "published numbers"),
  within_rounding: integer(),
  within_tolerance: integer("", "beyond rounding, within the tolerance"),
  beyond_tolerance: integer(),
  not_reproduced: integer("", "nothing in the run"),
  sign_differs: integer(),
  stars_compared: integer(),
  stars_differ: integer(),
  explained: integer("", "differences of any kind that the study explains")
})

/** How near each of several variants of a run comes to what is published: a row a variant and published column, and one a variant over all columns. */
export const VariantFit = table("VariantFit", {
  variant: category(),
  table: category("", "the number of the published table; all"),
  column: category("", "its column; all"),
  column_label: text(),
  stars_compared: integer("", "estimates with stars told in both"),
  stars_agree: integer(),
  std_errors_compared: integer("", "estimates with a standard error (or a statistic that implies one) in both"),
  std_errors_within_rounding: integer(),
  ratio_low: nullable(number("", "run's by published standard error: the first quartile")),
  ratio_median: nullable(number("", "the median")),
  ratio_high: nullable(number("", "the third quartile")),
  std_errors_nearest: integer("", "how many of them are nearer to the published one than those of any other variant, by ratio")
})
