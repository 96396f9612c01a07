import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bootstrap } from "../../stages/bootstrap.ts"
import { mediation } from "../../stages/models/mediation.ts"
import { moderation } from "../../stages/models/moderation.ts"
import { replicates } from "../../stages/replicates.ts"
import { statesPanel } from "./models/panel.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const panel = statesPanel()
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", controls: ["lemp"] }

describe("stages replicates and bootstrap", () => {
  it.effect("two blocks of replicates are one bootstrap: the interval is that of a single block", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(mediation, { panel }, roles)
      const block = (from: number, count: number) => Effect.map(runStage(replicates, { panel }, { ...roles, from, count }), (r) => r.outputs["output"]!)
      const blocks = [yield* block(0, 120), yield* block(120, 80)]
      const whole = [yield* block(0, 200)]
      const effects = outputs["effects"]!
      const parts = yield* runStage(bootstrap, { replicates: blocks, effects })
      const one = yield* runStage(bootstrap, { replicates: whole, effects })
      expect(parts.outputs["output"]).toEqual(one.outputs["output"])
      expect(column(one.outputs["output"], "method")).toEqual(Array(3).fill("pairs cluster bootstrap, bias-corrected, 200 replicates"))
      const [low, high] = [numbers(one.outputs["output"], "conf_low"), numbers(one.outputs["output"], "conf_high")]
      numbers(effects, "estimate").forEach((estimate, i) => {
        expect(low[i]!).toBeLessThan(estimate)
        expect(high[i]!).toBeGreaterThan(estimate)
      })
      const twice = yield* Effect.flip(runStage(bootstrap, { replicates: [whole[0]!, whole[0]!], effects }))
      expect(String((twice as Error).message)).toContain("in two blocks")
    })
  )
  it.effect("a moderation's conditional effects get intervals from replicates with the same moderator; others are refused", () =>
    Effect.gen(function* () {
      const moderated = { ...roles, moderator: "unemp" }
      const { outputs } = yield* runStage(moderation, { panel }, moderated)
      const reps = yield* runStage(replicates, { panel }, { ...moderated, count: 100 })
      const result = yield* runStage(bootstrap, { replicates: [reps.outputs["output"]!], effects: outputs["effects"]! }, { interval: "percentile" })
      expect(column(result.outputs["output"], "term")).toEqual(column(outputs["effects"], "term"))
      expect(numbers(result.outputs["output"], "std_error").every((v) => v > 0)).toBe(true)
      expect(column(outputs["tests"], "test")).toContain("johnson_neyman")
      const plain = yield* runStage(replicates, { panel }, { ...roles, count: 10 })
      const refused = yield* Effect.flip(runStage(bootstrap, { replicates: [plain.outputs["output"]!], effects: outputs["effects"]! }))
      expect(String((refused as Error).message)).toContain("the same model, moderator and values")
    })
  )
  it.effect("singular replicates are counted, told, and left out of the interval", () =>
    Effect.gen(function* () {
      // The treatment varies in one state only: a resample without it cannot estimate.
      const odd = statesPanel({ odd: Float64Array.from({ length: 816 }, (_, i) => (i < 17 ? Math.sin(i) : 0)) })
      const model = { ...roles, treatment: "odd" }
      const { outputs } = yield* runStage(mediation, { panel: odd }, model)
      const reps = yield* runStage(replicates, { panel: odd }, { ...model, count: 300 })
      const result = yield* runStage(bootstrap, { replicates: [reps.outputs["output"]!], effects: outputs["effects"]! })
      const missing = numbers(reps.outputs["output"], "indirect odd").filter(Number.isNaN).length
      expect(missing).toBeGreaterThan(50)
      expect(result.warnings[0]?.code).toBe("singular-replicates")
      expect(result.warnings[0]?.message).toContain(`${missing} of 300 resamples`)
      expect(column(result.outputs["output"], "method")).toContain(`pairs cluster bootstrap, bias-corrected, ${300 - missing} of 300 replicates`)
    })
  )
})
