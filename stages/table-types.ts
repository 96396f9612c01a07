/** The table types that stages exchange. */
import { category, flag, integer, nullable, number, openTable, table, text } from "@sediment/sediment"
import { entity, year } from "./panel-keys.ts"

/** Variables by entity and year, sorted so; a row for each pair that the data have. */
export const Panel = openTable("Panel", { entity, year }, nullable(number()))

/** Which cells of a panel a node filled in, and how: a row a cell, sorted by variable, entity and year. */
export const Fills = table("Fills", {
  entity,
  year,
  variable: category(),
  value: number("", "what was filled in"),
  method: category("", "how it was made"),
  note: text("", "of which observations, and what was done to it")
})

/** Facts about entities that do not change with the year: where they are (as far as the study needs it) and which groups they are in. Sorted by entity. */
export const Entities = openTable(
  "Entities",
  {
    entity,
    latitude: nullable(number("degrees north", "of the capital; missing where nothing is told of the place")),
    longitude: nullable(number("degrees east", "of the capital; missing with the latitude"))
  },
  nullable(category())
)

/** Quantities (employment, say) of the units inside an entity: cities, districts, counties. */
export const SubunitPanel = openTable("SubunitPanel", { entity, unit: category("", "a city or district inside the entity"), year }, nullable(number()))

/** Indicators on a common scale from 0 to 1, higher being better. */
export const NormalizedPanel = openTable("NormalizedPanel", { entity, year }, number("share"))

/** One row an indicator (and, where weights vary by year or entity, a `scope`). */
export const IndicatorWeights = table("IndicatorWeights", {
  indicator: text(),
  dimension: category("", "the primary indicator that it belongs to"),
  attribute: category("", "positive: more is better; negative: less is better"),
  scope: category("", "pooled, or the year or entity that the weight is for; mean: the mean over scopes"),
  entropy: number("", "E, eq. 14"),
  redundancy: number("", "Q = 1 - E, eq. 15"),
  weight: number("share", "W over all indicators, eq. 16"),
  individual_weight: number("share", "W over the indicators of the same dimension"),
  method: category("", "how the weights were made")
})

/** A row-wise sparse spatial weights matrix: one row a link. The columns after the weight say which choices made it. */
export const SpatialWeights = table("SpatialWeights", {
  from: category("", "the entity whose neighbour it is (row)"),
  to: category("", "the neighbour (column)"),
  weight: number(),
  kind: category("", "how weights were made before standardising"),
  standardize: category("", "how they were scaled: row (each sums to 1), none, …")
})

/** Tidy estimates, with broom's names. */
export const Estimates = table("Estimates", {
  equation: category("", "the dependent variable, or the name of the equation"),
  term: text(),
  estimate: number(),
  std_error: nullable(number("", "missing where the model gives none")),
  statistic: nullable(number("", "estimate / std_error")),
  df: nullable(number("", "degrees of freedom of the t distribution; missing: normal")),
  p_value: nullable(number()),
  conf_low: nullable(number()),
  conf_high: nullable(number())
})

/** One row an equation. The further columns are its fit statistics. */
export const Glance = openTable(
  "Glance",
  {
    equation: category("", "which estimates it is about: their equation"),
    model: category("", "the estimator"),
    dependent: category(),
    variance: category("", "the estimator of the variance, and what it clusters on"),
    small_sample: category("", "the named small-sample convention"),
    sample: category("", "all, or the condition that picked the rows"),
    nobs: integer()
  },
  nullable(number())
)

/** A model's standard errors under every convention in use: a row a term and convention, those that its own results have being marked. */
export const StandardErrors = table("StandardErrors", {
  equation: category("", "which estimates it is about: their equation"),
  term: text(),
  variance: category("", "the estimator of the variance, and what it clusters on"),
  small_sample: category("", "the named small-sample convention"),
  chosen: flag("", "whether the model's results have this one"),
  estimate: number(),
  std_error: nullable(number("", "missing where the convention has none for this model")),
  statistic: nullable(number("", "estimate / std_error")),
  df: nullable(number("", "degrees of freedom of the t distribution")),
  p_value: nullable(number()),
  conf_low: nullable(number()),
  conf_high: nullable(number()),
  formula: text("", "what the sandwich is multiplied by, in letters"),
  factor: nullable(number("", "the same as a number")),
  clusters: nullable(number("", "G: of two-way clusters the smaller number, of Driscoll and Kraay's variance the periods T")),
  nobs: integer("", "n"),
  parameters: nullable(number("", "K, as the convention counts it")),
  software: text("", "who gives it by which words"),
  note: text("", "why there is none, or what to know when reading it")
})

/** One row a test. */
export const Tests = table("Tests", {
  test: text(),
  variant: category("", "the named convention that the statistic follows"),
  statistic: nullable(number()),
  df: nullable(number("", "degrees of freedom (the numerator's, of an F)")),
  df2: nullable(number("", "the denominator's degrees of freedom, of an F")),
  p_value: nullable(number()),
  critical: nullable(number("", "a critical value that the statistic is held against")),
  note: text("", "what to know when reading it")
})

/** Direct, indirect and total effects of a spatial model or a mediation. */
export const Effects = table("Effects", {
  term: text(),
  effect: category(
    "",
    "direct, indirect or total, of a dynamic model short-run or long-run; index, of moderated mediation; rho, at which an indirect effect is zero"
  ),
  estimate: number(),
  std_error: nullable(number()),
  statistic: nullable(number()),
  p_value: nullable(number()),
  conf_low: nullable(number()),
  conf_high: nullable(number()),
  method: category("", "how the standard error and the interval were made")
})

/** Effects of a spatial model by order, the power of rho W in the multiplier: at order 0 a change of x, and of neighbours' x by W x, acts at once, at order 1 through neighbours' y, at 2 through theirs, back to the entity among others. Each alone, and all up to it. */
export const OrderEffects = table("OrderEffects", {
  term: text(),
  effect: category("", "direct, indirect or total"),
  order: integer("", "the power of rho W, from 0: through how many neighbours' outcomes"),
  cumulated: flag("", "whether it is the sum over all orders up to this one"),
  estimate: number(),
  std_error: nullable(number("", "by the delta method")),
  statistic: nullable(number()),
  p_value: nullable(number()),
  conf_low: nullable(number()),
  conf_high: nullable(number()),
  model: category("", "the specification that it is an effect of")
})

/** Who spills onto whom: what a unit change of a regressor in one entity does to the outcome in another, a row a pair, sorted so; the entity's own effect where both are the same. */
export const EffectsMatrix = table("EffectsMatrix", {
  from: category("", "the entity where the regressor changes"),
  to: category("", "the entity whose outcome changes"),
  effect: number(),
  term: category("", "the regressor"),
  model: category("", "the specification that it is an effect of")
})

/** Replicates of a resampling scheme: a row a replicate, a column a statistic (missing where the replicate's design was singular). */
export const Replicates = openTable(
  "Replicates",
  {
    replicate: integer("", "its number, from 0: the counter of its random stream; of a jackknife, the unit left out"),
    scheme: category("", "how resamples are drawn")
  },
  nullable(number())
)

/** How far two computations of the same numbers are apart: a row a column of numbers. */
export const Agreement = table("Agreement", {
  column: text(),
  rows: integer("", "rows compared"),
  difference: number("", "the largest relative difference; infinite where only one of them has a number"),
  at: text("", "in which row it is: its key"),
  here: nullable(number()),
  there: nullable(number()),
  tolerance: number(),
  agrees: flag()
})

/** What a published study prints, a row a printed thing; the term and the kind are named as this project's tables name theirs. */
export const Published = table("Published", {
  table: category("", "the number of the table, or text"),
  column: category("", "the column of numbers, from 1; 0 for what belongs to the whole table; in text the section"),
  column_label: text(),
  term: text(),
  label: text("", "the row's heading as printed"),
  kind: category("", "estimate, std_error, statistic, p_value, critical, conf_low, conf_high, nobs, r2, mean, sd, min, max, weight, title, note, …"),
  value: nullable(number("", "missing where it is a word")),
  stars: text(),
  text: text("", "the cell as printed")
})

/** A table as it is printed, a row a cell; laid out by src/render. */
export const PrintedTable = table("PrintedTable", {
  part: category("", "title, note, or cell"),
  row: integer("", "from 0, top to bottom, a number left out being a thin rule; 0 for titles and notes"),
  column: integer("", "from 0, left to right; 0 for titles and notes"),
  row_label: text("", "the stub; empty on the second line of a two-line row"),
  column_group: text("", "a heading over several columns, or empty"),
  column_label: text(),
  value: nullable(number("", "the number behind the text")),
  text: text("", "as printed, stars and brackets included"),
  published: nullable(text("", "what the paper prints there")),
  published_value: nullable(number()),
  published_place: nullable(text("", "which published thing it is: table, column, term and kind, as in: 4.1 coagglo estimate"))
})

/**
 * A figure's data, a row a point; drawn by src/render. A line joins the points of its panel and series in order, a band fills what lies between y_low and y_high along it (bands of one
 * series told apart by `group`); an interval is a point with a bar from x_low to x_high or from y_low to y_high, one without a point (y_low and y_high at x, say) the inner of two and
 * thick; a bar is the rectangle of the four limits; a polygon is the vertices of a ring, in order, rings told apart by `group`; an arrow goes from (x_low, y_low) to (x, y); a rule is a vertical line at x and a horizontal one at y (either may be missing); a tick puts its label on the axis in the place of numbers:
 * at x where y is missing, at y where x is.
 */
export const Figure = table("Figure", {
  panel: category("", "the facet, or empty"),
  mark: category("", "line, point, rule, text, band, interval, bar, polygon, arrow, or tick"),
  series: category("", "what a colour stands for, or empty"),
  x: nullable(number()),
  y: nullable(number()),
  x_low: nullable(number()),
  x_high: nullable(number()),
  y_low: nullable(number()),
  y_high: nullable(number()),
  group: nullable(integer("", "which ring a vertex belongs to")),
  label: nullable(text("", "printed beside the point")),
  title: category(),
  x_label: category(),
  y_label: category(),
  note: category("", "what is to be said under the figure, or empty"),
  palette: category("", "categorical, sequential, diverging or clusters: which colours series have")
})
