import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialError } from "../../../stages/models/spatial-error.ts"
import { expectClose, oracle } from "../../econometrics/spatial/spatial-oracle.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

describe("stage spatial-error", () => {
  for (const correction of ["lee-yu", "none"] as const)
    it.effect(`gives the SEM's coefficients and glance (${correction})`, () =>
      Effect.gen(function* () {
        const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"], correction }
        const { outputs } = yield* runStage(spatialError, { panel: statesPanel, weights: contiguityLinks }, params)
        const reference = correction === "none" ? oracle.none.contiguity.sem : oracle.lee_yu.contiguity.sem
        expectClose(numbers(outputs["coefficients"], "estimate"), reference.estimate, 1e-8)
        expectClose(numbers(outputs["coefficients"], "std_error"), reference.se, 1e-8)
        expect(column(outputs["coefficients"], "term").slice(-2)).toEqual(["lambda", "sigma2"])
      })
    )
})
