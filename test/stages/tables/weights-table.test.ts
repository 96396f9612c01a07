import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import { printedText } from "../../../src/render/table/printed-text.ts"
import type { StageFailure } from "../../../src/sediment.ts"
import { published } from "../../../stages/published.ts"
import { IndicatorWeights } from "../../../stages/table-types.ts"
import { weightsTable } from "../../../stages/tables/weights-table.ts"
import { runStage, tableOf } from "../run-stage.ts"
import { publishedFile } from "./estimates.ts"

const weights = tableOf(IndicatorWeights, {
  indicator: ["new_product_share", "debt_asset_ratio", "equity_ratio"],
  dimension: ["amt", "amm", "amm"],
  attribute: ["positive", "negative", "positive"],
  scope: ["pooled", "pooled", "pooled"],
  entropy: Float64Array.of(0.9, 0.95, 0.97),
  redundancy: Float64Array.of(0.1, 0.05, 0.03),
  weight: Float64Array.of(0.5556, 0.2778, 0.1667),
  individual_weight: Float64Array.of(1, 0.625, 0.375),
  method: ["entropy", "entropy", "entropy"]
})
const params = {
  title: "Table 2",
  dimensions: [
    { name: "amt", label: "Technology" },
    { name: "amm", label: "Management" }
  ],
  indicators: [
    { name: "new_product_share", label: "New products", dimension: "amt", attribute: "positive" },
    { name: "equity_ratio", label: "Equity ratio", dimension: "amm", attribute: "positive" },
    { name: "debt_asset_ratio", label: "Debt to assets", dimension: "amm", attribute: "negative" }
  ]
}

describe("table of weights", () => {
  it.effect("lists indicators by dimension in the set's order, beside the paper's Table 2", () =>
    Effect.gen(function* () {
      const paper = (yield* runStage(published, { source: publishedFile("table-02") })).outputs["output"]!
      const { outputs } = yield* runStage(weightsTable, { weights, published: [paper] }, params)
      yield* Effect.promise(() => expect(printedText(outputs["output"]!, { width: 120, colour: false })).toMatchFileSnapshot("expected/table-2.txt"))
    })
  )

  it.effect("refuses a scope that the weights do not have", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(weightsTable, { weights, published: [] }, { ...params, scope: "2004" }))) as StageFailure
      expect(failure.message).toBe('there are no weights of the scope "2004"; the scopes are "pooled": set "scope" to one of them')
    })
  )
})
