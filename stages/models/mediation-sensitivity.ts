import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { sensitivity as fitSensitivity, type SensitivityFit } from "../../src/econometrics/mediation/sensitivity.ts"
import { Effects, Panel, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { effectsOf } from "./effects-table.ts"
import { mediationModel } from "./mediation-model.ts"
import { mediationParams, sensitivityParams } from "./mediation-params.ts"
import { inferenceParams, missingParam, yearsParam } from "./model-params.ts"
import { testsOf } from "./model-tables.ts"
import { warnAll } from "./warn-all.ts"

export const MediationSensitivityParams = Schema.Struct({
  ...mediationParams,
  ...sensitivityParams,
  level: inferenceParams.level,
  tolerance: inferenceParams.tolerance,
  ...yearsParam,
  ...missingParam
})

/** What makes the indirect effect zero, as rows of a Tests table. */
const rows = ({ effects, insignificant, zero }: SensitivityFit): ReadonlyArray<Test> => {
  const rho = effects.find(({ effect }) => effect === "rho")!
  const share = { test: "r_squared_product_at_zero", df: undefined, pValue: undefined }
  return [
    {
      test: "rho_at_zero",
      variant: "correlation of the errors",
      statistic: rho.estimate,
      df: undefined,
      pValue: undefined,
      note: `the correlation of the errors of mediator and outcome at which the indirect effect is zero; ${insignificant.length === 0 ? "its interval has no zero at any rho given" : `its interval has zero in it at rho ${insignificant.join(", ")}`}`
    },
    {
      ...share,
      variant: "of the unexplained variance",
      statistic: zero.unexplained,
      note: "R2*_M R2*_Y: shares of what the equations leave unexplained of mediator and outcome, that a confounder must explain to make the indirect effect zero"
    },
    { ...share, variant: "of the whole variance", statistic: zero.total, note: "R2~_M R2~_Y: the same, shares of the variances of mediator and outcome" },
    {
      ...share,
      variant: "of the within variance",
      statistic: zero.within,
      note: "R2~_M R2~_Y: the same, shares of the variances that entity and year effects leave"
    }
  ]
}

/**
 * How much unobserved confounding of mediator and outcome the indirect effect bears (Imai, Keele and Yamamoto 2010): indirect and direct effects at each
 * correlation rho of the two equations' errors, named `coagglo | rho 0.3`, with intervals by the delta method; the rho at which the indirect effect is
 * zero, and what it means as shares of variance. `replicates` with the same `rhos` gives bootstrap intervals.
 */
export const mediationSensitivity = Stage.make("mediation-sensitivity", {
  inputs: { panel: Panel },
  params: MediationSensitivityParams,
  output: { effects: Effects, tests: Tests },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, level, mediator, outcome, rhos, tolerance, treatment } = params
      const design = yield* readDesign(panel, [outcome, treatment, mediator, ...controls], params)
      const model = mediationModel(design, params)
      const fit = yield* attempt(() => fitSensitivity(model, { rhos, level, tolerance }))
      yield* warnAll(fit.warnings)
      return { effects: effectsOf(fit.effects), tests: testsOf(rows(fit)) }
    })
})
