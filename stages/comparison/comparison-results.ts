/** What a comparison prints: tables of ranks, of the curve and of what each choice moves, and the figure of the curve. */
import type { Builder, Output } from "@sediment/sediment"
import { rankFigure } from "../figures/rank-figure.ts"
import { specificationCurveFigure } from "../figures/specification-curve-figure.ts"
import type { Tests } from "../table-types.ts"
import { tidyTable } from "../tables/tidy-table.ts"
import type { Comparison } from "./comparison-file.ts"
import type { ChoiceEffects, ChoiceMeans, CurveEstimates, CurveSummary, RankAgreement, RankIntervals, Sensitivity } from "./comparison-types.ts"

export interface ComparisonOutcome {
  readonly specifications: number
  readonly stability: {
    readonly entities: Output<typeof RankIntervals>
    readonly agreement: Output<typeof RankAgreement>
    readonly choices: Output<typeof ChoiceEffects>
  }
  readonly curve: {
    readonly estimates: Output<typeof CurveEstimates>
    readonly summary: Output<typeof CurveSummary>
    readonly choices: Output<typeof ChoiceEffects>
    readonly options: Output<typeof ChoiceMeans>
  }
  readonly inference: Output<typeof Tests> | undefined
  readonly uncertain: Readonly<Record<string, { readonly entities: Output<typeof RankIntervals>; readonly sensitivity: Output<typeof Sensitivity> }>>
}

const intervals = [
  { column: "reference", label: "Reference", decimals: 0 },
  { column: "median", label: "Median", decimals: 1 },
  { column: "rank_low", label: "Low", group: "Interval", decimals: 0 },
  { column: "rank_high", label: "High", group: "Interval", decimals: 0 },
  { column: "best", label: "Best", decimals: 0 },
  { column: "worst", label: "Worst", decimals: 0 },
  { column: "unchanged", label: "Unchanged", decimals: 2 }
] as const
const effects = [
  { column: "share", label: "Share", decimals: 3 },
  { column: "sum_of_squares", label: "Sum of squares" }
] as const
const labels = {
  median: "Median estimate",
  smallest: "Smallest",
  largest: "Largest",
  share_dominant_sign: "Share of the sign that most have",
  share_significant: "Share significant",
  share_significant_dominant: "Share significant and of that sign",
  stouffer_z: "Stouffer's z",
  curve_median: "Median estimate",
  curve_significant: "Share significant",
  curve_stouffer: "Stouffer's z",
  anova: "Analysis of variance",
  shapley: "Shapley values",
  first: "First order",
  total: "Total"
}
const percent = (level: number): string => `${Number((100 * level).toPrecision(6))}%`

export const comparisonResults = (dag: Builder, comparison: Comparison, outcome: ComparisonOutcome) => {
  const whatMoves = (name: string, table: Output<typeof ChoiceEffects>, title: string) =>
    dag.node(
      name,
      tidyTable,
      { table },
      { title, rowLabel: ["choice", "with"], columns: effects, groups: "method", order: [{ by: "share", descending: true }], labels }
    )
  const { curve, inference, specifications, stability, uncertain } = outcome
  const { ranks, significance, treatment, units } = comparison
  const held = `Interval: holds ${percent(ranks.level)} of an entity's ranks. Reference: the first of each choice. Unchanged: the share that have the reference's rank.`
  const unit = units === "sd" ? ", in standard deviations of the index" : ""
  const over = specifications === 1 ? "one specification" : `${specifications} specifications`
  const options = [
    { column: "indicators", label: "Indicators", options: Object.keys(comparison.indicators) },
    { column: "weighting", label: "Weighting", options: Object.keys(comparison.weightings) },
    { column: "aggregation", label: "Aggregation", options: Object.keys(comparison.aggregations) },
    { column: "sample", label: "Sample", options: Object.keys(comparison.samples) },
    { column: "model", label: "Model", options: Object.keys(comparison.specifications) }
  ]
  const varied = options.filter((one) => one.options.length > 1)
  const shown = varied.length > 0 ? varied : options
  // A choice of one option moves nothing.
  const moves = varied.length > 0
  const movesRanks = options.slice(0, 3).some((one) => one.options.length > 1)
  const rows = { rowLabel: ["entity"] as const, order: [{ by: "reference" }] }
  return {
    ranks: dag.node(
      "comparison-table-ranks",
      tidyTable,
      { table: stability.entities },
      { title: "Ranks over all indices", columns: intervals, ...rows, notes: [held] }
    ),
    agreement: dag.node(
      "comparison-table-agreement",
      tidyTable,
      { table: stability.agreement },
      {
        title: "Each index against the reference",
        rowLabel: ["index"],
        columns: [
          { column: "kendall", label: "Kendall's tau" },
          { column: "spearman", label: "Spearman's rho" },
          { column: "average_shift", label: "Average shift", decimals: 2 },
          { column: "largest_shift", label: "Largest", decimals: 0 }
        ]
      }
    ),
    ...(movesRanks
      ? {
          rankChoices: whatMoves(
            "comparison-table-rank-choices",
            stability.choices,
            "What moves the ranks: shares of the variance of the average shift in rank"
          )
        }
      : {}),
    curve: dag.node(
      "comparison-table-curve",
      tidyTable,
      { table: curve.summary },
      {
        title: `The coefficient of ${treatment} over ${over}${unit}`,
        rowLabel: ["statistic"],
        columns: [{ column: "value", label: "Value" }],
        where: { statistic: ["median", "smallest", "largest", "share_dominant_sign", "share_significant", "share_significant_dominant", "stouffer_z"] },
        labels
      }
    ),
    ...(inference === undefined
      ? {}
      : {
          inference: dag.node(
            "comparison-table-inference",
            tidyTable,
            { table: inference },
            {
              title: "Are all specifications together what they would be without an effect?",
              rowLabel: ["test"],
              columns: [
                { column: "statistic", label: "Value" },
                { column: "p_value", label: "p" }
              ],
              labels,
              notes: [
                "Entities resampled from outcomes less the estimated effect, every specification in each (Simonsohn, Simmons and Nelson 2020). Two-sided."
              ]
            }
          )
        }),
    ...(moves
      ? {
          choices: whatMoves("comparison-table-choices", curve.choices, "What moves the coefficient: shares of the variance of the estimates")
        }
      : {}),
    ...(moves
      ? {
          options: dag.node(
            "comparison-table-options",
            tidyTable,
            { table: curve.options },
            {
              title: `Mean coefficient under each option${unit}`,
              rowLabel: ["option"],
              groups: "choice",
              columns: [
                { column: "mean", label: "Mean" },
                { column: "specifications", label: "Specifications" }
              ]
            }
          )
        }
      : {}),
    figure: dag.node(
      "comparison-figure-curve",
      specificationCurveFigure,
      { estimates: curve.estimates },
      {
        title: `The coefficient of ${treatment} over ${over}`,
        yLabel: `estimate${unit}`,
        choices: shown,
        significance
      }
    ),
    rankFigure: dag.node(
      "comparison-figure-ranks",
      rankFigure,
      { ranks: [stability.entities] },
      {
        title: "Ranks over all indices",
        series: ["all indices"],
        notes: [`Bars hold ${percent(ranks.level)} of an entity's ranks, the dots on them are medians. Reference: the first of each choice.`]
      }
    ),
    uncertainty: dag.map(uncertain, ({ entities, sensitivity }, one, set) => [
      one.node(
        "comparison-table-uncertainty",
        tidyTable,
        { table: entities },
        { title: `Ranks over the making of the index: ${set}`, columns: intervals, ...rows, notes: [held] }
      ),
      one.node(
        "comparison-table-sensitivity",
        tidyTable,
        { table: sensitivity },
        {
          title: `What the average shift in rank comes from: ${set}`,
          rowLabel: ["input"],
          spread: "order",
          columns: [{ column: "estimate", label: "Share", below: [{ column: ["conf_low", "conf_high"], brackets: "square" }] }],
          labels
        }
      )
    ])
  }
}
