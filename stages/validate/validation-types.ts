/** What validation tells of a panel. */
import { category, integer, nullable, number, table, text } from "@sediment/sediment"

/** What looks wrong in a panel: a row a finding, the gravest first. */
export const Findings = table("Findings", {
  code: category(
    "",
    "out-of-range, not-monotone, identity, identity-unit, scale, spike, jump, break, run, copied-year, copied-series, copied-row, unit, zero, outlier, beyond-fences, gap"
  ),
  severity: category("", "error: what was declared does not hold; warning: most likely a mistake of the source; note: unlike the others, or missing"),
  variable: category(),
  entity: nullable(category("", "missing where it is about all")),
  year: nullable(integer("year", "missing where it is about all; of several the first")),
  value: nullable(number()),
  expected: text(),
  score: nullable(
    number(
      "",
      "how far out: robust standard deviations of changes and outliers, powers of ten of scales, percent of identities, years or variables of what repeats"
    )
  ),
  message: text("", "what was found, what was expected, what to do")
})

/** What a panel's variables are like, and how much of each is missing, filled in, or looks wrong: a row a variable. */
export const Quality = table("Quality", {
  variable: category(),
  unit: category(),
  description: text(),
  n: integer("cells", "with a value, filled ones among them"),
  missing: integer("cells"),
  filled: integer("cells", "filled in: interpolated, spliced, imputed"),
  min: nullable(number()),
  median: nullable(number()),
  max: nullable(number()),
  first_year: nullable(integer("year", "the first with a value")),
  last_year: nullable(integer("year")),
  years: integer("years", "that have a value"),
  entities: integer("", "that have a value"),
  out_of_range: integer("cells"),
  identities_failed: integer("", "rows, or whole identities, that do not hold"),
  not_monotone: integer("cells"),
  scale_breaks: integer("", "factors of 10, 100, …"),
  jumps: integer("", "jumps, spikes and breaks of a year"),
  repeats: integer("", "runs of one value and copies"),
  zeros: integer("cells", "zeros among large values"),
  outliers: integer("cells", "far from the others of their year, by either measure"),
  errors: integer("", "findings"),
  warnings: integer("", "findings"),
  notes: integer("", "findings")
})
