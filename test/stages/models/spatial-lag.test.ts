import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialLag } from "../../../stages/models/spatial-lag.ts"
import { expectClose, oracle } from "../../econometrics/spatial/spatial-oracle.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { nestedLinks, statesPanel } from "../spatial-inputs.ts"

describe("stage spatial-lag", () => {
  for (const correction of ["lee-yu", "none"] as const)
    it.effect(`gives the SAR's coefficients, glance and effects (${correction})`, () =>
      Effect.gen(function* () {
        const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"], correction, effects: "delta" }
        const { outputs } = yield* runStage(spatialLag, { panel: statesPanel, weights: nestedLinks }, params)
        const reference = correction === "none" ? oracle.none.nested.sar : oracle.lee_yu.nested.sar
        expectClose(numbers(outputs["coefficients"], "estimate"), reference.estimate, 2e-6)
        expect(column(outputs["glance"], "model")).toEqual(["spatial lag model (SAR)"])
        expect(outputs["effects"]?.rows).toBe(12)
      })
    )
})
