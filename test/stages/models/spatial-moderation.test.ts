import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialModeration } from "../../../stages/models/spatial-moderation.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

const inputs = { panel: statesPanel, weights: contiguityLinks }
const params = { outcome: "lgsp", treatment: "lpcap", moderator: "unemp", controls: ["lpc", "lemp"] }

describe("stage spatial-moderation", () => {
  it.effect("gives effects at three values with their differences, the values, and what was estimated", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialModeration, inputs, { ...params, draws: 200 })
      expect(column(outputs["coefficients"], "term").slice(0, 3)).toEqual(["lpcap", "unemp", "lpcap*unemp"])
      expect(column(outputs["effects"], "term").filter((_, i) => i % 3 === 0)).toEqual(
        ["p16", "p50", "p84", "p50 - p16", "p84 - p16", "p84 - p50"].map((value) => `lpcap | unemp ${value}`)
      )
      expect(column(outputs["tests"], "variant")).toEqual(["p16", "p50", "p84"])
      expect(column(outputs["tests"], "note")[0]).toBe("unemp at percentile 16 of the sample (type 6)")
      expect(column(outputs["glance"], "model")[0]).toMatch(/^spatial Durbin model \(SDM\)/)
      const estimate = numbers(outputs["effects"], "estimate")
      for (let r = 0; r < 6; r++) expect(estimate[3 * r]! + estimate[3 * r + 1]!).toBeCloseTo(estimate[3 * r + 2]!, 12)
      expect(warnings).toEqual([])
    })
  )
  it.effect("the seed enters the simulation only; a control may be the moderator of nothing else", () =>
    Effect.gen(function* () {
      const errors = (seed: number, more: object) =>
        Effect.map(runStage(spatialModeration, inputs, { ...params, draws: 100, ...more }, seed), ({ outputs }) => numbers(outputs["effects"], "std_error"))
      expect(yield* errors(1, {})).not.toEqual(yield* errors(2, {}))
      expect(yield* errors(1, { spillovers: "delta" })).toEqual(yield* errors(2, { spillovers: "delta" }))
      const [fault] = yield* faultsOf(spatialModeration, inputs, { ...params, controls: ["lpc", "unemp"] })
      expect(fault?.message).toMatch(/unemp/)
    })
  )
})
