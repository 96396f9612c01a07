import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { effectsByOrder } from "../../../stages/models/effects-by-order.ts"
import { effectsMatrix } from "../../../stages/models/effects-matrix.ts"
import { spatialModel } from "../../../stages/models/spatial-model.ts"
import { entities } from "../../econometrics/us-states.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, nestedLinks, statesPanel } from "../spatial-inputs.ts"

const inputs = { panel: statesPanel, weights: nestedLinks }
const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp"] }
const whole = (more: object) =>
  Effect.map(runStage(spatialModel, inputs, { ...params, spillovers: "delta", ...more }), ({ outputs }) => numbers(outputs["effects"], "estimate"))

describe("stages effects-by-order and effects-matrix", () => {
  it.effect("orders add up to the effects of the model", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(effectsByOrder, inputs, { ...params, specification: "sar", orders: 40 })
      const table = outputs["output"]
      expect(table?.rows).toBe(3 * 41 * 3 * 2)
      expect(column(table, "model")[0]).toBe("spatial lag model (SAR), entity and year effects, Lee-Yu transformation")
      const order = numbers(table, "order")
      const cumulated = numbers(table, "cumulated")
      const last = numbers(table, "estimate").filter((_, i) => order[i] === 40 && cumulated[i] === 1)
      const expected = yield* whole({ specification: "sar" })
      last.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 9)
      })
    })
  )
  it.effect("pairs are sorted, `from` being where the regressor changes, and their means are the effects of the model", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(effectsMatrix, inputs, { ...params, of: "lemp" })
      const table = outputs["output"]
      const [from, to, effect] = [column(table, "from"), column(table, "to"), numbers(table, "effect")]
      expect(from.slice(0, 3)).toEqual([entities[0], entities[0], entities[0]])
      expect(to.slice(0, 3)).toEqual(entities.slice(0, 3))
      expect(column(table, "term")[7]).toBe("lemp")
      expect(column(table, "model")[7]).toMatch(/^spatial Durbin model \(SDM\), entity and year effects/)
      const [direct, , total] = (yield* whole({})).slice(6)
      expect(effect.reduce((sum, value) => sum + value, 0) / 48).toBeCloseTo(total!, 10)
      expect(effect.reduce((sum, value, i) => sum + (from[i] === to[i] ? value : 0), 0) / 48).toBeCloseTo(direct!, 10)
      // What each receives is total where rows of W sum to 1; what each sends differs.
      const sums = (side: ArrayLike<unknown>) => entities.map((entity) => effect.reduce((sum, value, i) => sum + (side[i] === entity ? value : 0), 0))
      for (const sum of sums(to)) expect(sum).toBeCloseTo(total!, 10)
      expect(Math.max(...sums(from)) / Math.min(...sums(from))).toBeGreaterThan(1.1)
    })
  )
  it.effect("a regressor that the model does not have is a fault that names those it has", () =>
    Effect.gen(function* () {
      for (const [stage, of] of [
        [effectsMatrix, "unemp"],
        [effectsByOrder, ["unemp"]]
      ] as const) {
        const [fault] = yield* faultsOf(stage, { panel: statesPanel, weights: contiguityLinks }, { ...params, of })
        expect(fault).toMatchObject({ code: "unknown-term", message: "the model has no regressor unemp; it has lpcap, lpc, lemp" })
      }
    })
  )
})
