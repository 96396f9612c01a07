import type { StageFailure, Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { panelIndex } from "../../src/econometrics/sample/panel-index.ts"
import type { SpatialModel } from "../../src/econometrics/spatial/models/spatial-sample.ts"
import { readWeights } from "../spatial-weights-table.ts"
import type { Panel, SpatialWeights } from "../table-types.ts"
import type { Years } from "../years.ts"
import { readBalancedPanel } from "./balanced-panel.ts"
import { controlsParam, inferenceParams, sampleParams } from "./model-params.ts"
import { Term } from "./term.ts"

/** What every spatial model's parameters have. */
export const spatialParams = {
  dependent: Term,
  /** The regressors that the model is about. */
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  level: inferenceParams.level,
  ...sampleParams
}

interface ModelParams {
  readonly dependent: string
  readonly regressors: ReadonlyArray<string>
  readonly controls: ReadonlyArray<string>
  readonly years?: Years
}

/** Reads a model's balanced panel and the weights over its entities, in one order. */
export const readSpatialModel = (
  panel: Tracked<typeof Panel>,
  links: Tracked<typeof SpatialWeights>,
  { dependent, regressors, controls, years }: ModelParams
): Effect.Effect<SpatialModel, StageFailure> =>
  Effect.gen(function* () {
    const names = [...new Set([...regressors, ...controls])]
    const { column, entities, years: all } = yield* readBalancedPanel(panel, [dependent, ...names], { years, missing: "fault" })
    const weights = yield* readWeights(links, entities)
    const variable = (name: string) => ({ name, values: column(name) })
    const index = panelIndex(
      entities.flatMap((entity) => all.map(() => entity)),
      entities.flatMap(() => all)
    )
    return { weights, dependent: variable(dependent), regressors: names.map(variable), index }
  })
