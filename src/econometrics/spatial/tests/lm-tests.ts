import type { Warning } from "../../fault.ts"
import { choiceFaults, laggedFaults } from "../models/option-faults.ts"
import { type Correction, type LagOrder, type SpatialEffectsOfPanel, spatialFrame } from "../models/spatial-frame.ts"
import { type SpatialModel, spatialSample } from "../models/spatial-sample.ts"
import { isRowStandardized } from "../weights/weights-matrix.ts"
import { type DurbinTests, durbinTests, durbinWarnings } from "./durbin-statistics.ts"
import { type LagErrorTests, lagErrorTests, lagErrorWarnings } from "./lm-statistics.ts"
import { spatialScores } from "./spatial-scores.ts"

export interface LmTestOptions {
  /** The effects of the model whose residuals are tested: two-way in a panel, none (pooled) in a cross-section. */
  readonly effects?: SpatialEffectsOfPanel | undefined
  /**
   * lee-yu, the default: in the space that the effects leave, where scores are centred (Debarsy and Ertur 2010). none: the formulas of pooled residuals with
   * within residuals in them (Anselin, Le Gallo and Jayet 2008).
   */
  readonly correction?: Correction | undefined
  /** lag-then-demean, the default. With correction none, demean-then-lag gives the statistics that Elhorst (2014) prints. */
  readonly order?: LagOrder | undefined
  /** Test for a lag or an error in a model that has the regressors' spatial lags already; false. */
  readonly slx?: boolean | undefined
  /** The regressors whose spatial lags are tested; all of them. */
  readonly lagged?: ReadonlyArray<string> | undefined
  /** Whether the constant's lag, the row sums, is among them: as spdep has it for weights that are not row-standardised. Pooled only; false. */
  readonly laggedConstant?: boolean | undefined
}

export interface LmTests extends LagErrorTests {
  readonly effects: SpatialEffectsOfPanel
  readonly correction: Correction
  readonly order: LagOrder
  /** n*: what s2 = e'e/n* counts. */
  readonly observations: number
  /** Undefined under `slx`, and where there is no lag to test. */
  readonly durbin: DurbinTests | undefined
  /** The lags that `durbin` tests. */
  readonly lags: ReadonlyArray<string>
  readonly warnings: ReadonlyArray<Warning>
}

const VALUES = {
  effects: ["pooled", "individual", "time", "two-way"],
  correction: ["lee-yu", "none"],
  order: ["lag-then-demean", "demean-then-lag"]
} as const

const optionFaults = ({ regressors }: SpatialModel, options: LmTestOptions): ReadonlyArray<string> => {
  const { effects, lagged, laggedConstant, slx } = options
  return [
    ...choiceFaults(options, VALUES),
    ...laggedFaults(
      lagged,
      regressors.map(({ name }) => name)
    ),
    ...(laggedConstant === true && effects !== undefined && effects !== "pooled"
      ? [`only a pooled model has a constant to lag, not one with ${effects} effects`]
      : []),
    ...(slx === true && (lagged !== undefined || laggedConstant === true)
      ? ["a model that has the regressors' lags (slx) leaves none to test: leave lagged out"]
      : [])
  ]
}

/**
 * Lagrange multiplier tests of spatial dependence from the residuals of a model without it: of a spatial lag, a spatial error, each robust to the other, both (SARMA),
 * and of the regressors' spatial lags (the spatial Durbin model).
 *
 * By default with two-way effects, in the space that these leave (Debarsy and Ertur 2010). `effects: "pooled"` is spdep's lm.LMtests and SD.RStests, on a panel with W_T = W (x) I_T as if
 * there were NT entities, as many panel studies print them: entity effects are in those residuals, and the tests reject because of them (a warning says so).
 * A cross-section is a panel of one period. In O(links + rows x regressors^2); no N x N matrix is made.
 *
 * Where W is row-standardised and all regressors' lags are tested, the lag robust to WX has the statistic of LM-error, and the SDM that of the SDEM: scores cannot tell these apart.
 *
 * Faults: `input` (columns, weights, index or options that do not go together), `weights-not-row-standardised` (time or two-way effects), `panel-too-small`,
 * `weights-uninformative`, `perfect-fit`. Sources: Anselin, Bera, Florax and Yoon (1996); Anselin, Le Gallo and Jayet (2008); Debarsy and Ertur (2010); Koley and Bera (2024).
 */
export const lmTests = (model: SpatialModel, options: LmTestOptions = {}): LmTests => {
  const sample = spatialSample(model, {}, optionFaults(model, options))
  const effects = options.effects ?? (sample.periods === 1 ? "pooled" : "two-way")
  const { correction = "lee-yu", order = "lag-then-demean" } = options
  const frame = spatialFrame(sample, [sample.weights], effects, correction, order)
  const scores = spatialScores(sample, frame, {
    slx: options.slx === true,
    lagged: options.lagged ?? sample.regressors.map(({ name }) => name),
    laggedConstant: options.laggedConstant === true && effects === "pooled" && !isRowStandardized(sample.weights)
  })
  const tests = lagErrorTests(scores)
  const durbin = scores.durbin === undefined ? undefined : durbinTests(scores, scores.durbin)
  return {
    ...tests,
    effects,
    correction,
    order,
    observations: frame.observations,
    durbin,
    lags: scores.lags,
    warnings: [
      ...scores.warnings,
      ...(effects === "pooled" && sample.periods > 1 ? [POOLED] : []),
      ...(correction === "none" && effects !== "pooled" ? [UNCENTRED] : []),
      ...lagErrorWarnings(tests),
      ...(durbin === undefined ? [] : durbinWarnings(tests.lag, durbin))
    ]
  }
}

const POOLED: Warning = {
  code: "lm-pooled-rejects-fixed-effects",
  message:
    "the pooled LM tests ignore the entity effects and reject because of them, spatial dependence or not (43% to 99% of the time at a nominal 5% in the 31 x 19 panels of bench/spatial-tests.ts): read the within version"
}

const UNCENTRED: Warning = {
  code: "lm-uncentred",
  message:
    'correction "none": the LM tests hold within residuals against the mean and variance of pooled ones, and reject too often under time effects, the more so the denser the weights: read those of correction "lee-yu"'
}
