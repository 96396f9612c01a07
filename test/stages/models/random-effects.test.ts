import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { randomEffects } from "../../../stages/models/random-effects.ts"
import { reference } from "../../econometrics/random-effects/random-effects-oracle.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }
const near = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>) => {
  expect(found.length).toBe(expected.length)
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 9)
}

describe("stage random-effects", () => {
  it.effect("one-way with year dummies, clustered by entity, unless told otherwise", () =>
    Effect.gen(function* () {
      const r = reference.panels.produc.one_way.stata
      const { outputs } = yield* runStage(randomEffects, { panel: statesPanel() }, params)
      expect(column(outputs["coefficients"], "term")).toEqual(["lpcap", "lpc", "lemp", "unemp", "(constant)"])
      near([...numbers(outputs["coefficients"], "estimate")], r.coefficients)
      near([...numbers(outputs["coefficients"], "std_error")], r.se_clustered)
      expect(column(outputs["glance"], "model")).toEqual(["one-way random effects, year dummies"])
      expect(column(outputs["glance"], "variance")).toEqual(["clustered by entity"])
      near([...numbers(outputs["glance"], "theta"), ...numbers(outputs["glance"], "variance_entity")], [r.theta_entity, r.sigma2_entity])
    })
  )
  it.effect("two-way, without year dummies, and with iid standard errors", () =>
    Effect.gen(function* () {
      const two = yield* runStage(randomEffects, { panel: statesPanel() }, { ...params, randomEffects: "two-way", variance: "iid" })
      near([...numbers(two.outputs["coefficients"], "std_error")], reference.panels.produc.two_way.stata.se)
      const plain = yield* runStage(randomEffects, { panel: statesPanel() }, { ...params, yearDummies: false, variance: "iid" })
      near([...numbers(plain.outputs["coefficients"], "std_error")], reference.panels.produc.one_way_no_dummies.stata.se)
      expect(column(plain.outputs["glance"], "small_sample")).toEqual(["n - K, normal"])
    })
  )
  it.effect("takes groups and places of the panel for its variance", () =>
    Effect.gen(function* () {
      const rows = 816
      const region = Float64Array.from({ length: rows }, (_, i) => Math.floor(i / 17) % 12)
      const [latitude, longitude] = [Float64Array.from(region, (r) => 30 + r), Float64Array.from({ length: rows }, (_, i) => -80 - Math.floor(i / 17))]
      const panel = statesPanel({ region, latitude, longitude })
      const variances = [
        { kind: "cluster", by: ["region"] },
        { kind: "CR2", by: "entity" },
        { kind: "driscoll-kraay" },
        { kind: "conley", cutoff: 300, kernel: "bartlett", latitude: "latitude", longitude: "longitude" }
      ]
      const names: Array<unknown> = []
      const errors: Array<number> = []
      for (const variance of variances) {
        const { outputs } = yield* runStage(randomEffects, { panel }, { ...params, variance })
        names.push(column(outputs["glance"], "variance")[0])
        errors.push(numbers(outputs["coefficients"], "std_error")[0]!)
      }
      expect(names.map((name) => String(name).slice(0, 7))).toEqual(["cluster", "CR2, cl", "Driscol", "Conley,"])
      expect(new Set(errors).size).toBe(4)
      for (const error of errors) expect(error).toBeGreaterThan(0.005)
    })
  )
  it.effect("fails in words where years are to be random and dummies", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(runStage(randomEffects, { panel: statesPanel() }, { ...params, randomEffects: "two-way", yearDummies: true }))
      expect(String((failure as Error).message)).toContain("both random and dummies")
    })
  )
})
