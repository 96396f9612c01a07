import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bootstrap } from "../../stages/bootstrap.ts"
import { moderation } from "../../stages/models/moderation.ts"
import { replicates } from "../../stages/replicates.ts"
import { significanceRegion } from "../../stages/significance-region.ts"
import { statesPanel } from "./models/panel.ts"
import { faultsOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const panel = statesPanel()
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", moderator: "unemp", controls: ["lemp"] }

describe("stage significance-region", () => {
  it.effect("of the direct effect's t intervals on a grid is the closed form's Johnson-Neyman region", () =>
    Effect.gen(function* () {
      const { effects, tests } = (yield* runStage(moderation, { panel }, { ...roles, level: 0.6, values: { grid: 400 } })).outputs
      const region = (yield* runStage(significanceRegion, { effects: effects!, tests: tests! }, { effect: "direct" })).outputs["output"]
      const rows = (column(tests, "test") as ReadonlyArray<string>).flatMap((name, i) => (name === "johnson_neyman" ? [i] : []))
      const range = numbers(tests, "statistic").filter((_, i) => (column(tests, "test") as ReadonlyArray<string>)[i] === "moderator_value")
      const exact = rows.map((i) => numbers(tests, "statistic")[i]!).filter((root) => root > Math.min(...range) && root < Math.max(...range))
      expect(exact.length).toBeGreaterThan(0)
      const found = numbers(region, "statistic")
      expect(found).toHaveLength(exact.length)
      for (const [i, root] of found.entries()) expect(Math.abs(root - exact[i]!)).toBeLessThan(0.01)
    })
  )
  it.effect("of the indirect effect comes from bootstrap intervals on a grid", () =>
    Effect.gen(function* () {
      const model = { ...roles, values: { grid: 21 } }
      const { effects, tests } = (yield* runStage(moderation, { panel }, model)).outputs
      const { outputs } = yield* runStage(replicates, { panel }, { ...model, count: 200 })
      const intervals = (yield* runStage(bootstrap, { replicates: [outputs["output"]!], effects: effects! })).outputs["output"]!
      const region = (yield* runStage(significanceRegion, { effects: intervals, tests: tests! })).outputs["output"]
      expect((column(region, "note") as ReadonlyArray<string>)[0]).toMatch(
        /^indirect effect, by its intervals at 21 values from 2\.800 to 18\.00 \(pairs cluster bootstrap, bias-corrected, 200 replicates\): significant (nowhere|for .* to .*)$/
      )
    })
  )
  it.effect("tables that do not belong together, and a single value, are refused", () =>
    Effect.gen(function* () {
      const at = (values: unknown) => Effect.map(runStage(moderation, { panel }, { ...roles, values }), ({ outputs }) => outputs)
      const [coarse, fine, one] = [yield* at({ grid: 3 }), yield* at({ grid: 5 }), yield* at({ at: [6] })]
      const [absent] = yield* faultsOf(significanceRegion, { effects: coarse["effects"]!, tests: fine["tests"]! })
      expect(absent?.message).toContain("no indirect effect at grid 4, grid 5")
      const [single] = yield* faultsOf(significanceRegion, { effects: one["effects"]!, tests: one["tests"]! })
      expect(single?.message).toContain("the tests tell one value of a moderator")
    })
  )
})
