/** An indicator set, a file of indicators/: which columns of the panel make the composite index, in which dimensions, whether more of each is better, and how they are weighted. */
import { Effect, Schema } from "effect"
import { Expression } from "./derive/expression.ts"
import { AggregationChoice, WeightingChoice } from "./index-choice.ts"
import { VariableName } from "./variable-name.ts"

export const Dimension = Schema.Struct({
  /** The column of the dimension's own sub-index. */
  name: VariableName,
  label: Schema.NonEmptyString
})
export type Dimension = typeof Dimension.Type

export const Indicator = Schema.Struct({
  /** A column of the panel, or the name of what `expr` gives; the normalised column has the same name. */
  name: VariableName,
  /** What the indicator is made of, where it is no column of the panel: `{ ratio: [rd_spending, revenue] }`, as the stage derive has expressions. */
  expr: Schema.optionalKey(Expression),
  label: Schema.NonEmptyString,
  dimension: VariableName,
  /** positive: more is better (eq. 11); negative: less is better (eq. 12). */
  attribute: Schema.Literals(["positive", "negative"]),
  /** The unit of the panel's column, or of what `expr` gives, before any transform; held against it where both are given. */
  unit: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  /** What is done to the column before it is normalised. */
  transform: Schema.Literals(["none", "ln"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("none" as const)))
})
export type Indicator = typeof Indicator.Type

interface At {
  readonly path: ReadonlyArray<string | number>
  readonly issue: string
}
const repeats = (list: string, names: ReadonlyArray<string>): ReadonlyArray<At> =>
  names.flatMap((name, i) => {
    const first = names.indexOf(name)
    return first < i ? [{ path: [list, i, "name"], issue: `"${name}" stands already at ${list}[${first}]: give each its own name` }] : []
  })

/** Schema of indicators/*.yaml. A repeated name, an unknown or empty dimension, or an index named like one of its parts is a fault at its path. */
export const IndicatorSet = Schema.Struct({
  name: Schema.NonEmptyString,
  /** The composite's column. */
  index: VariableName,
  dimensions: Schema.NonEmptyArray(Dimension),
  indicators: Schema.NonEmptyArray(Indicator),
  /** How `weightsNode` and `indexNode` weight the indicators and put them together; without them entropy weights, pooled, and a weighted sum. */
  weighting: Schema.optionalKey(WeightingChoice),
  aggregation: Schema.optionalKey(AggregationChoice)
}).check(
  Schema.makeFilter(({ dimensions, index, indicators, weighting }) => {
    const names = dimensions.map((dimension) => dimension.name)
    const used = new Set(indicators.map((indicator) => indicator.dimension))
    const known = names.map((name) => `"${name}"`).join(", ")
    const compared = weighting?.comparisons?.length ?? indicators.length
    return [
      ...(compared === indicators.length
        ? []
        : [{ path: ["weighting", "comparisons"], issue: `it has ${compared} rows for ${indicators.length} indicators: give one for each, in their order` }]),
      ...repeats("dimensions", names),
      ...repeats(
        "indicators",
        indicators.map((indicator) => indicator.name)
      ),
      ...indicators.flatMap(({ dimension }, i) =>
        names.includes(dimension) ? [] : [{ path: ["indicators", i, "dimension"], issue: `"${dimension}" is not among the dimensions: ${known}` }]
      ),
      ...names.flatMap((name, i) => (used.has(name) ? [] : [{ path: ["dimensions", i, "name"], issue: `no indicator is in the dimension "${name}"` }])),
      ...(names.includes(index)
        ? [{ path: ["index"], issue: `"${index}" is also a dimension's name: the index and its sub-indices are columns of one table` }]
        : [])
    ]
  })
)
export type IndicatorSet = typeof IndicatorSet.Type
