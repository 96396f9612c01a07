import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bootstrap } from "../../../stages/bootstrap.ts"
import { mediationSensitivity } from "../../../stages/models/mediation-sensitivity.ts"
import { replicates } from "../../../stages/replicates.ts"
import { difference, oracle } from "../../econometrics/produc.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const reference = oracle("mediation-paths").sensitivity.produc
const panel = statesPanel()
const roles = { outcome: "lgsp", treatment: "lpcap", mediator: "lpc", controls: ["lemp"] }

describe("stage mediation-sensitivity", () => {
  it.effect("gives R's effects at each rho, where the indirect one vanishes, and the shares of variance", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(mediationSensitivity, { panel }, { ...roles, rhos: reference.rho })
      expect(warnings).toEqual([])
      const { effects, tests } = outputs
      expect(difference(numbers(effects, "estimate"), [...reference.indirect, ...reference.direct, reference.zero])).toBeLessThan(1e-8)
      expect(difference(numbers(effects, "std_error"), [...reference.indirect_se, ...reference.direct_se, reference.zero_se])).toBeLessThan(1e-6)
      expect((column(effects, "term") as ReadonlyArray<string>).slice(0, 2)).toEqual(["lpcap | rho -0.9", "lpcap | rho -0.5"])
      expect(column(tests, "test")).toEqual(["rho_at_zero", ...Array(3).fill("r_squared_product_at_zero")])
      expect(difference(numbers(tests, "statistic"), [reference.zero, reference.r2_star, reference.r2_tilde, reference.r2_tilde_within])).toBeLessThan(1e-7)
      expect((column(tests, "note") as ReadonlyArray<string>)[0]).toMatch(/its interval has zero in it at rho/)
    })
  )
  it.effect("its effects get bootstrap intervals from replicates with the same rhos", () =>
    Effect.gen(function* () {
      const model = { ...roles, rhos: [-0.3, 0, 0.3] }
      const { effects } = (yield* runStage(mediationSensitivity, { panel }, model)).outputs
      const { outputs } = yield* runStage(replicates, { panel }, { ...model, count: 120 })
      const intervals = (yield* runStage(bootstrap, { replicates: [outputs["output"]!], effects: effects! }, { interval: "percentile" })).outputs["output"]
      expect(column(intervals, "term")).toEqual(column(effects, "term"))
      expect(numbers(intervals, "std_error").every((v) => v > 0)).toBe(true)
      expect(column(intervals, "effect")).toContain("rho")
    })
  )
  it.effect("a rho that is no correlation is refused", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(mediationSensitivity, { panel }, { ...roles, rhos: [-1, 0] })
      expect(faults).toMatchObject([{ code: "rho", message: "rho is -1: a correlation of errors is strictly between -1 and 1" }])
    })
  )
})
