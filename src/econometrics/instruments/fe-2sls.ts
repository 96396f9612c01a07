import { panelFactors } from "../effects/panel-absorption.ts"
import { requireColumns } from "../linear/given-columns.ts"
import type { Test } from "../linear/inference.ts"
import { type FeSample, feSample } from "../regression/fe-sample.ts"
import type { PanelIndex } from "../sample/panel-index.ts"
import type { Variable } from "../sample/variable.ts"
import { sumOfSquaredResiduals } from "../variance/variance-estimate.ts"
import { instrumentTests } from "./instrument-tests.ts"
import { type TwoStageFit, type TwoStageModel, type TwoStageOptions, twoStage, twoStageVariables } from "./two-stage.ts"

/** An equation with endogenous regressors and entity and year effects. */
export interface Fe2slsModel extends Omit<TwoStageModel, "effects"> {
  readonly index: PanelIndex
}

/** The fit of one stage. */
export interface StageStatistics {
  /** 1 - SSR / sum of squares with entity means taken off: `xtreg, fe` with year dummies among the regressors. */
  readonly rSquaredWithin: number
  /** The same with entity and year effects taken off. */
  readonly rSquaredWithinTwoWay: number
  readonly sigma: number
}

export interface Fe2slsFit extends TwoStageFit {
  readonly sample: FeSample
  readonly statistics: StageStatistics
  /** In the order of the endogenous regressors. */
  readonly firstStageStatistics: ReadonlyArray<StageStatistics>
  readonly tests: ReadonlyArray<Test>
}

/**
 * Two-stage least squares with entity and year effects: `twoStage` with the panel's two factors, the tests of its instruments, and the R-squareds of `within`.
 * Standard errors of both stages are by default clustered by entity with xtreg's factor, t(G - 1); xtivreg2's `small` is the convention `xtivreg2`.
 */
export const fe2sls = (model: Fe2slsModel, options: TwoStageOptions = {}): Fe2slsFit => {
  requireColumns({
    dependent: model.dependent,
    variables: twoStageVariables(model),
    factors: model.groups,
    rows: model.index.rows,
    weights: model.weights,
    coordinates: model.coordinates,
    tolerance: options.tolerance,
    level: options.level
  })
  const sample = feSample(model.index, model.weights?.values)
  const { entity, year } = panelFactors(model.index)
  const fit = twoStage({ ...model, effects: [entity, year] }, options)
  const byEntity = (variable: Variable): number => sumOfSquaredResiduals({ ...fit, residuals: sample.absorption.demeanByEntity(sample.pick(variable).values) })
  return {
    ...fit,
    sample,
    statistics: {
      rSquaredWithin: 1 - sumOfSquaredResiduals(fit) / byEntity(model.dependent),
      rSquaredWithinTwoWay: fit.statistics.rSquaredWithin,
      sigma: fit.statistics.sigma
    },
    firstStageStatistics: fit.firstStages.map((first, j) => ({
      rSquaredWithin: 1 - sumOfSquaredResiduals(first) / byEntity(model.endogenous[j]!),
      rSquaredWithinTwoWay: first.statistics.rSquaredWithin,
      sigma: first.statistics.sigma
    })),
    tests: instrumentTests(fit)
  }
}
