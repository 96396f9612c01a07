/** How an indicator set says that its indicators are weighted and put together: `weighting` and `aggregation` of a file of indicators/. */
import { Schema } from "effect"
import { comparisonFaults } from "../src/econometrics/measurement/analytic-hierarchy.ts"

const shift = Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)))

/** Which settings each weighting has beside its method; a scope is over which rows the weights are made. */
const weightingSettings: Readonly<Record<string, ReadonlyArray<string>>> = {
  entropy: ["scope", "shift"],
  equal: [],
  critic: ["scope"],
  "standard-deviation": ["scope"],
  "first-component": ["scope"],
  "rotated-components": ["scope"],
  ahp: ["comparisons"]
}
const aggregationSettings: Readonly<Record<string, ReadonlyArray<string>>> = {
  linear: ["weights"],
  geometric: ["weights", "shift"],
  topsis: ["weights"],
  "grey-relational": ["weights", "zeta"]
}

/** A fault at each setting that the method does not have. */
const foreign = (choice: { readonly method: string }, settings: Readonly<Record<string, ReadonlyArray<string>>>) => {
  const own = settings[choice.method]!
  const its = own.length === 0 ? "it has none" : `it has: ${own.join(", ")}`
  return Object.keys(choice).flatMap((key) =>
    key === "method" || own.includes(key) ? [] : [{ path: [key], issue: `"${choice.method}" has no setting "${key}"; ${its}: take it out` }]
  )
}

export const WeightingChoice = Schema.Struct({
  method: Schema.Literals(["entropy", "equal", "critic", "standard-deviation", "first-component", "rotated-components", "ahp"]),
  scope: Schema.optionalKey(Schema.Literals(["pooled", "by-year", "by-entity"])),
  shift,
  /** Of `ahp`: row i, column j, how many times as important indicator i is as indicator j, in the set's order. */
  comparisons: Schema.optionalKey(Schema.Array(Schema.Array(Schema.Finite)))
}).check(
  Schema.makeFilter((choice) => {
    const { comparisons, method } = choice
    const wrong = foreign(choice, weightingSettings)
    if (method !== "ahp") return wrong
    if (comparisons === undefined) return [...wrong, { path: ["comparisons"], issue: '"ahp" needs the matrix of pairwise comparisons: a list of rows' }]
    return [...wrong, ...comparisonFaults(comparisons).map((issue) => ({ path: ["comparisons"], issue }))]
  })
)
export type WeightingChoice = typeof WeightingChoice.Type

export const AggregationChoice = Schema.Struct({
  method: Schema.Literals(["linear", "geometric", "topsis", "grey-relational"]),
  weights: Schema.optionalKey(Schema.Literals(["own", "mean"])),
  shift,
  zeta: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1)))
}).check(Schema.makeFilter((choice) => foreign(choice, aggregationSettings)))
export type AggregationChoice = typeof AggregationChoice.Type
