import { readFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialRandomEffects } from "../../../stages/models/spatial-random-effects.ts"
import { expectClose } from "../../econometrics/spatial/spatial-oracle.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

const { produc } = JSON.parse(readFileSync(new URL("../../oracle/spatial-random-effects.json", import.meta.url), "utf8"))
const inputs = { panel: statesPanel, weights: contiguityLinks }
const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"] }

describe("stage spatial-random-effects", () => {
  it.effect("gives a SAR with a constant, its variances and effects, and says what was done", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialRandomEffects, inputs, { ...params, specification: "sar", yearDummies: false, spillovers: "delta" })
      const { coefficients, effects, glance } = outputs
      const { effects: expected, estimate, phi } = produc.constant.sar
      expect(column(coefficients, "term")).toEqual(["(constant)", "lpcap", "lpc", "lemp", "unemp", "rho", "sigma2", "sigma2_entity"])
      expectClose(numbers(coefficients, "estimate"), [...estimate.slice(0, 6), estimate[7], estimate[6]], 1e-6)
      expect((column(glance, "model") as ReadonlyArray<string>)[0]).toMatch(
        /^random-effects spatial lag model \(SAR\), a constant, maximum likelihood; ln\|I - rho W\| from /
      )
      expect(numbers(glance, "phi")[0]! / phi).toBeCloseTo(1, 6)
      expect(numbers(glance, "entity_share")[0]).toBeCloseTo(phi / (1 + phi), 6)
      expectClose(
        numbers(effects, "estimate").filter((_, i) => i % 3 === 2),
        expected.total,
        1e-5
      )
      expect(warnings).toEqual([])
    })
  )
  it.effect("says where the entity effects stand in an error model, and what corrects for years", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(spatialRandomEffects, inputs, { ...params, specification: "sem", errors: "baltagi-song-koh" })
      expect((column(outputs["glance"], "model") as ReadonlyArray<string>)[0]).toMatch(
        /year effects, maximum likelihood; entity effects beside the spatial error/
      )
      expect(column(outputs["glance"], "small_sample")).toEqual(["Lee-Yu transformation of year effects"])
      expect(numbers(outputs["glance"], "n_likelihood")).toEqual([47 * 17])
    })
  )
})
