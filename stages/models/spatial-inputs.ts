import type { StageFailure, Tracked } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { panelIndex } from "../../src/econometrics/sample/panel-index.ts"
import type { Variable } from "../../src/econometrics/sample/variable.ts"
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

/** Reads terms of a balanced panel and the weights over its entities, in one order. */
export const readSpatialColumns = (
  panel: Tracked<typeof Panel>,
  links: Tracked<typeof SpatialWeights>,
  terms: ReadonlyArray<string>,
  years: Years | undefined
): Effect.Effect<Pick<SpatialModel, "weights" | "index"> & { readonly variable: (term: string) => Variable }, StageFailure> =>
  Effect.gen(function* () {
    const { column, entities, years: all } = yield* readBalancedPanel(panel, [...new Set(terms)], { years, missing: "fault" })
    const weights = yield* readWeights(links, entities)
    const index = panelIndex(
      entities.flatMap((entity) => all.map(() => entity)),
      entities.flatMap(() => all)
    )
    return { weights, index, variable: (name: string) => ({ name, values: column(name) }) }
  })

/** Reads a model's balanced panel and the weights over its entities. */
export const readSpatialModel = (
  panel: Tracked<typeof Panel>,
  links: Tracked<typeof SpatialWeights>,
  { dependent, regressors, controls, years }: ModelParams
): Effect.Effect<SpatialModel, StageFailure> =>
  Effect.gen(function* () {
    const names = [...new Set([...regressors, ...controls])]
    const { index, variable, weights } = yield* readSpatialColumns(panel, links, [dependent, ...names], years)
    return { weights, dependent: variable(dependent), regressors: names.map(variable), index }
  })
