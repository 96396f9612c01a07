import { many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import {
  type CrossSectionDependence,
  crossSectionDependence as dependenceOf,
  type PairDependence
} from "../../src/econometrics/spatial/tests/cross-section-dependence.ts"
import { kindOf, readWeights } from "../spatial-weights-table.ts"
import { Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, missingParam, yearsParam } from "./model-params.ts"
import { testsOf } from "./model-tables.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const CrossSectionDependenceParams = Schema.Struct({
  dependent: Term,
  /** None: the dependent variable itself is tested, less the effects. */
  regressors: Schema.Array(Term).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  ...controlsParam,
  ...yearsParam,
  ...missingParam,
  /** Of the regression with these effects, with a constant alone (pooled), or of one for each entity. */
  residuals: Schema.NonEmptyArray(Schema.Literals(["individual", "by-entity", "time", "two-way", "pooled"])).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(["individual"] as const))
  )
})

const NULLS = "H0: no cross-section dependence; of CD with many entities: weak dependence (Pesaran 2015)"

const rowsOf = (found: PairDependence, variant: string, note: string, local: string): ReadonlyArray<Test> => {
  const row = (test: string, statistic: number, rest: Partial<Test> = {}): Test => ({
    test: `${test}${local}`,
    variant,
    statistic,
    df: undefined,
    pValue: undefined,
    note,
    ...rest
  })
  return [
    row("cd", found.cd.statistic, { pValue: found.cd.pValue }),
    row("breusch_pagan_lm", found.lm.statistic, { df: found.lm.df, pValue: found.lm.pValue }),
    row("scaled_lm", found.scaledLm.statistic, { pValue: found.scaledLm.pValue }),
    row("mean_correlation", found.meanCorrelation),
    row("mean_absolute_correlation", found.meanAbsoluteCorrelation)
  ]
}

const allRows = (found: CrossSectionDependence): ReadonlyArray<Test> => {
  const note = `${found.residuals} residuals, ${found.all.pairs} pairs of entities; ${NULLS}`
  const corrected = found.biasCorrectedLm
  return [
    ...rowsOf(found.all, found.residuals, note, ""),
    ...(corrected === undefined
      ? []
      : [{ test: "bias_corrected_lm", variant: found.residuals, statistic: corrected.statistic, df: undefined, pValue: corrected.pValue, note }])
  ]
}

/**
 * Whether residuals are correlated between entities: Pesaran's CD, Breusch and Pagan's LM and its scaled forms, and mean correlations, over all pairs; over near pairs
 * alone (`cd_local`, …) for each of `weights`, of which there may be none. Of plm's pcdtest.
 */
export const crossSectionDependence = Stage.make("cross-section-dependence", {
  inputs: { panel: Panel, weights: many(SpatialWeights) },
  params: CrossSectionDependenceParams,
  output: Tests,
  run: ({ panel, weights }, params) =>
    Effect.gen(function* () {
      const names = [...new Set([...params.regressors, ...params.controls])]
      const design = yield* readDesign(panel, [params.dependent, ...names], params)
      const model = { index: design.index, dependent: design.variable(params.dependent), regressors: design.variables(names) }
      const near = yield* Effect.forEach(weights, (links) =>
        Effect.map(readWeights(links, design.index.entities), (matrix) => ({ matrix, kind: kindOf(links) }))
      )
      const done = yield* attempt(() =>
        [...new Set(params.residuals)].map((residuals) => {
          const whole = dependenceOf(model, { residuals })
          const local = near.map(({ kind, matrix }) => ({ kind, found: dependenceOf({ ...model, weights: matrix }, { residuals }) }))
          return {
            warnings: [whole, ...local.map(({ found }) => found)].flatMap(({ warnings }) => warnings),
            rows: [
              ...allRows(whole),
              ...local.flatMap(({ found, kind }) =>
                rowsOf(
                  found.local!,
                  `${residuals}, ${kind}`,
                  `${residuals} residuals, ${found.local!.pairs} pairs that the weights (${kind}) link; ${NULLS}`,
                  "_local"
                )
              )
            ]
          }
        })
      )
      yield* warnAll(done.flatMap(({ warnings }) => warnings))
      return testsOf(done.flatMap(({ rows }) => rows))
    })
})
