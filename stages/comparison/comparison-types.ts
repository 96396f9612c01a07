/** The table types of comparisons: ranks over many indices, estimates over many specifications. */
import { category, integer, nullable, number, openTable, table, text } from "@sediment/sediment"

const entity = category("", "the unit of observation: a province, a state")

/** Where each entity's ranks are over all indices; 1 is the highest score. */
export const RankIntervals = table("RankIntervals", {
  entity,
  reference: number("", "its rank in the index that the others are held against; of equal scores the mean rank"),
  median: number(),
  mean: number(),
  rank_low: number("", "the interval that holds the level's share of its ranks"),
  rank_high: number(),
  best: number(),
  worst: number(),
  unchanged: number("share", "of the indices that give it the reference's rank")
})

/** Each index against the reference. The further columns are what was chosen for it. */
export const RankAgreement = openTable(
  "RankAgreement",
  {
    index: text("", "the index's options"),
    kendall: nullable(number("", "tau-b; missing where one of the two does not vary")),
    spearman: nullable(number("", "rho")),
    average_shift: number("", "mean of |rank - reference rank|"),
    largest_shift: number()
  },
  category()
)

/** The rank of each entity in each index. */
export const Ranks = table("Ranks", { index: text(), entity, score: number(), rank: number() })

/** A specification curve: a row a specification, from the smallest estimate to the largest. The further columns are what was chosen. */
export const CurveEstimates = openTable(
  "CurveEstimates",
  {
    specification: text("", "its options"),
    term: category("", "the regressor of interest"),
    estimate: number(),
    std_error: nullable(number()),
    statistic: nullable(number("", "estimate / std_error")),
    p_value: nullable(number()),
    conf_low: nullable(number()),
    conf_high: nullable(number()),
    nobs: integer(),
    order: integer("", "from 1, by the estimate"),
    scale: number("", "what the model's estimate was divided by: the standard deviation of its outcome, or 1")
  },
  category()
)

/** What a curve comes to, a row a statistic. */
export const CurveSummary = table("CurveSummary", { statistic: category(), value: number(), note: text("", "what it is") })

/** How much of the variation of a result over specifications each choice makes, alone and with another; a row without a choice is the rest. */
export const ChoiceEffects = table("ChoiceEffects", {
  choice: category("", "what is chosen; (rest): what no choice alone, and no two together, make"),
  with: category("", "the second of two choices, or empty"),
  sum_of_squares: number(),
  share: number("share", "of the total sum of squares"),
  method: category("", "anova: the full factorial's; shapley: averaged over all orders of the choices, where combinations are missing")
})

/** The mean of a result under each option. */
export const ChoiceMeans = table("ChoiceMeans", { choice: category(), option: category(), specifications: integer(), mean: number() })

/** Specifications in resamples without an effect: a row a replicate and specification. */
export const CurveReplicates = table("CurveReplicates", {
  replicate: integer("", "its number, from 0: the counter of its random stream"),
  specification: category("", "its options"),
  estimate: nullable(number("", "missing where the resample leaves too little of the sample")),
  statistic: nullable(number("", "the normal quantile of its p value, with the estimate's sign"))
})

/** Variance-based sensitivity of the average shift in rank, two rows an uncertain input. */
export const Sensitivity = table("Sensitivity", {
  input: category("", "what is uncertain"),
  order: category("", "first: alone; total: with all its interactions"),
  estimate: number("share", "of the variance of the average shift in rank"),
  conf_low: number(),
  conf_high: number()
})
