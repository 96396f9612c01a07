/** The nodes of an index as its indicator set chooses them: the stage of the set's weighting, and the stage of its aggregation. */
import type { Builder, Output } from "@sediment/sediment"
import { geometricIndex } from "./aggregations/geometric-index.ts"
import { greyRelationalIndex } from "./aggregations/grey-relational-index.ts"
import { topsisIndex } from "./aggregations/topsis-index.ts"
import { compositeIndex } from "./composite-index.ts"
import { entropyWeights } from "./entropy-weights.ts"
import type { IndicatorSet } from "./indicator-set.ts"
import type { IndicatorWeights, NormalizedPanel, Panel } from "./table-types.ts"
import { criticWeights } from "./weightings/critic-weights.ts"
import { equalWeights } from "./weightings/equal-weights.ts"
import { pairwiseWeights } from "./weightings/pairwise-weights.ts"
import { principalComponentWeights } from "./weightings/principal-component-weights.ts"
import { standardDeviationWeights } from "./weightings/standard-deviation-weights.ts"

/** Places the node of the set's weights, called `name`: entropy weights over all rows where the set has no `weighting`. */
export const weightsNode = (dag: Builder, name: string, normalized: Output<typeof NormalizedPanel>, set: IndicatorSet): Output<typeof IndicatorWeights> => {
  const { comparisons = [], method, ...settings } = set.weighting ?? { method: "entropy" }
  const { shift: _, ...scope } = settings
  const { indicators } = set
  switch (method) {
    case "entropy":
      return dag.node(name, entropyWeights, { normalized }, { indicators, ...settings })
    case "equal":
      return dag.node(name, equalWeights, { normalized }, { indicators })
    case "critic":
      return dag.node(name, criticWeights, { normalized }, { indicators, ...scope })
    case "standard-deviation":
      return dag.node(name, standardDeviationWeights, { normalized }, { indicators, ...scope })
    case "first-component":
      return dag.node(name, principalComponentWeights, { normalized }, { indicators, ...scope, components: "first" })
    case "rotated-components":
      return dag.node(name, principalComponentWeights, { normalized }, { indicators, ...scope, components: "rotated" })
    case "ahp":
      return dag.node(name, pairwiseWeights, { normalized }, { indicators, comparisons })
  }
}

/** Places the node of the set's index and sub-indices, called `name`: weighted sums where the set has no `aggregation`. */
export const indexNode = (
  dag: Builder,
  name: string,
  inputs: { readonly normalized: Output<typeof NormalizedPanel>; readonly weights: Output<typeof IndicatorWeights> },
  set: IndicatorSet
): Output<typeof Panel> => {
  const { method, shift, zeta, ...own } = set.aggregation ?? { method: "linear" }
  const params = { index: set.index, dimensions: set.dimensions, ...own }
  switch (method) {
    case "linear":
      return dag.node(name, compositeIndex, inputs, params)
    case "geometric":
      return dag.node(name, geometricIndex, inputs, shift === undefined ? params : { ...params, shift })
    case "topsis":
      return dag.node(name, topsisIndex, inputs, params)
    case "grey-relational":
      return dag.node(name, greyRelationalIndex, inputs, zeta === undefined ? params : { ...params, zeta })
  }
}

/** The scope of the set's weights that one table can show: `pooled`, or where they vary by year or entity their `mean`. */
export const shownScope = ({ weighting }: IndicatorSet): "pooled" | "mean" => ((weighting?.scope ?? "pooled") === "pooled" ? "pooled" : "mean")
