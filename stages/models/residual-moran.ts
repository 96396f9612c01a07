import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { residualMoran as residualMoranOf } from "../../src/econometrics/spatial/tests/residual-moran.ts"
import { Panel, SpatialWeights, Tests } from "../table-types.ts"
import { alternativeParam, islandsParam } from "../yearly-series.ts"
import { attempt } from "./attempt.ts"
import { controlsParam, yearsParam } from "./model-params.ts"
import { testsOf } from "./model-tables.ts"
import { readSpatialModel } from "./spatial-inputs.ts"
import { Term } from "./term.ts"

const ResidualMoranParams = Schema.Struct({
  dependent: Term,
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  ...yearsParam,
  alternative: alternativeParam("greater"),
  islands: islandsParam
})

/** Moran's I of the residuals of pooled least squares with a constant, with the exact expectation and variance that the regressors leave it; weights link the entities of a year. */
export const residualMoran = Stage.make("residual-moran", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: ResidualMoranParams,
  output: Tests,
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialModel(panel, links, params)
      const { alternative, islands } = params
      const { expected, pValue, statistic, variance, z } = yield* attempt(() => residualMoranOf(model, { alternative, islands }))
      const row = { variant: `pooled, ${alternative}`, df: undefined }
      return testsOf([
        {
          ...row,
          test: "residual_moran_z",
          statistic: z,
          pValue,
          note: "(I - expectation)/sd, normal; entity effects that the regression leaves out are in its residuals, and count"
        },
        {
          ...row,
          test: "residual_moran",
          statistic,
          pValue: undefined,
          note: `I of the residuals; expectation ${expected.toPrecision(6)}, variance ${variance.toPrecision(6)}`
        }
      ])
    })
})
