/**
 * The estimators as plain functions over typed arrays: what docs/estimators.md describes. A model is one object with its columns (`Variable`s of one length, without missing values) and
 * what it is about; options are another. What data leave no result for is a `Fault`; a fit has `warnings`, an `Inference` and, where it is linear, all that `covariance` needs to give it any other variance.
 */

// Samples and models.

export { Fault, type Warning } from "./econometrics/fault.ts"
export { type Factor, factor } from "./econometrics/sample/factor.ts"
export { type InteractionForm, interaction } from "./econometrics/sample/interaction.ts"
export { laggedRows } from "./econometrics/sample/lag.ts"
export { type PanelIndex, panelIndex } from "./econometrics/sample/panel-index.ts"
export type { Variable } from "./econometrics/sample/variable.ts"

// Regressions with absorbed effects, and their variances.

export type { Inference, Test } from "./econometrics/linear/inference.ts"
export type { Coordinates, LinearFit, RowWeights } from "./econometrics/linear/linear-fit.ts"
export { type FixedEffectsFit, type FixedEffectsModel, type FixedEffectsOptions, fixedEffects } from "./econometrics/regression/fixed-effects.ts"
export { type WithinFit, type WithinModel, within } from "./econometrics/regression/within.ts"
export {
  type Convention,
  conventionsOf,
  instrumentedConventionsOf,
  type UnderConvention,
  underConventions
} from "./econometrics/variance/conventions.ts"
export type { SmallSample, SmallSampleFactor } from "./econometrics/variance/small-sample.ts"
export { type Covariance, covariance, type Variance, type VarianceChoice } from "./econometrics/variance/variance.ts"
export { type WaldF, waldF } from "./econometrics/variance/wald.ts"

// Instruments.

export { type Fe2slsFit, type Fe2slsModel, fe2sls } from "./econometrics/instruments/fe-2sls.ts"
export { instrumentTests } from "./econometrics/instruments/instrument-tests.ts"
export { type TwoStageFit, type TwoStageModel, type TwoStageOptions, twoStage } from "./econometrics/instruments/two-stage.ts"

// Random effects.

export { type Hausman, hausman } from "./econometrics/random-effects/hausman.ts"
export { type MundlakTest, mundlak } from "./econometrics/random-effects/mundlak.ts"
export { type RandomEffectsFit, type RandomEffectsModel, type RandomEffectsOptions, randomEffects } from "./econometrics/random-effects/random-effects.ts"

// Mediation and moderation.

export { type GridRegion, gridRegion } from "./econometrics/mediation/grid-region.ts"
export { johnsonNeyman, type SignificanceRegion } from "./econometrics/mediation/johnson-neyman.ts"
export { type MediationFit, type MediationModel, type MediationOptions, mediation } from "./econometrics/mediation/mediation.ts"
export { mediationPaths } from "./econometrics/mediation/mediation-paths.ts"
export { type ModerationFit, type ModerationModel, type ModerationOptions, moderation } from "./econometrics/mediation/moderation.ts"
export { moderationPaths } from "./econometrics/mediation/moderation-paths.ts"
export { type SensitivityFit, type SensitivityOptions, sensitivity } from "./econometrics/mediation/sensitivity.ts"
export { sensitivityPaths } from "./econometrics/mediation/sensitivity-paths.ts"

// Bootstrap.

export { type Block, type BootstrapOptions, jackknife, type Resampling, replicates } from "./econometrics/bootstrap/bootstrap.ts"
export { acceleration, type BootstrapSummary, type IntervalKind, type IntervalOptions, summarise } from "./econometrics/bootstrap/bootstrap-interval.ts"
export type { PathModel } from "./econometrics/bootstrap/path-model.ts"
export { type WildClusterOptions, type WildClusterTest, wildClusterBootstrap } from "./econometrics/bootstrap/wild-cluster-bootstrap.ts"

// Groups.

export { type GroupInteractionFit, type GroupInteractionOptions, groupInteraction } from "./econometrics/groups/group-interaction.ts"
export { groupPermutation, type PermutationOptions } from "./econometrics/groups/group-permutation.ts"
export type { EntityGroups, GroupedModel } from "./econometrics/groups/grouped-sample.ts"

// Missing values.

export { type ChainPoint, type Imputation, imputeChained } from "./econometrics/imputation/chained-equations.ts"
export { type Settled, settled } from "./econometrics/imputation/convergence.ts"
export type { ImputationMethod, ImputationModel, ImputationOptions, ImputedVariable } from "./econometrics/imputation/imputation-model.ts"
export { type PooledEstimate, type PoolingDf, poolEstimates, poolRSquared } from "./econometrics/imputation/rubin.ts"
export {
  type Extrapolation,
  type Filled,
  type InterpolationMethod,
  type InterpolationOptions,
  interpolateSeries
} from "./econometrics/measurement/interpolation.ts"

// Indices.

export { type AnalyticHierarchy, analyticHierarchy, comparisonFaults } from "./econometrics/measurement/analytic-hierarchy.ts"
export { coagglomeration } from "./econometrics/measurement/coagglomeration.ts"
export { shareScore, valueScore, type Weighted } from "./econometrics/measurement/composite-score.ts"
export { criticWeights } from "./econometrics/measurement/critic-weights.ts"
export { ellisonGlaeser } from "./econometrics/measurement/ellison-glaeser.ts"
export { type Entropy, entropy, redundancyWeights } from "./econometrics/measurement/entropy-weights.ts"
export { equalWeights } from "./econometrics/measurement/equal-weights.ts"
export { geometricScore } from "./econometrics/measurement/geometric-score.ts"
export { greyRelationalScore } from "./econometrics/measurement/grey-relational.ts"
export { locationQuotients } from "./econometrics/measurement/location-quotient.ts"
export { minMax } from "./econometrics/measurement/min-max.ts"
export { firstComponentWeights, rotatedComponentWeights } from "./econometrics/measurement/principal-component-weights.ts"
export { standardDeviationWeights } from "./econometrics/measurement/standard-deviation-weights.ts"
export { topsisScore } from "./econometrics/measurement/topsis.ts"

// Comparing choices: ranks, specification curves, uncertain indices.

export { type Choice, type ChoiceDecomposition, type ChoiceEffect, decomposeChoices, type OptionMean } from "./econometrics/comparison/choice-decomposition.ts"
export type { CurveEffects, CurveModel } from "./econometrics/comparison/curve-design.ts"
export { type CurveEstimate, type CurveStatistics, type CurveSummary, summariseCurve } from "./econometrics/comparison/curve-summary.ts"
export { NORMALISATIONS, type Normalisation, type Normalised, normalised } from "./econometrics/comparison/index-normalisations.ts"
export { type IndexUncertainty, indexUncertainty, type Perturbation, type UncertainIndex } from "./econometrics/comparison/index-uncertainty.ts"
export { type JointInference, type JointTest, jointInference, type NullReplicates } from "./econometrics/comparison/joint-inference.ts"
export { type CurveFit, curveFit, nullReplicates, type ReplicateBlock } from "./econometrics/comparison/null-replicates.ts"
export { kendallTau, ranksOf, spearman } from "./econometrics/comparison/rank-correlation.ts"
export { type RankAgreement, type RankInterval, rankStability } from "./econometrics/comparison/rank-stability.ts"
export { type SobolIndex, type SobolIndices, type SobolOptions, sobolIndices, type UncertainInput } from "./econometrics/comparison/sobol-indices.ts"

// Space: models and effects.

export type { DynamicEffect, DynamicEffects } from "./econometrics/spatial/dynamic/dynamic-effects.ts"
export { type SpatialDynamicFit, type SpatialDynamicOptions, spatialDynamic } from "./econometrics/spatial/dynamic/spatial-dynamic.ts"
export type { Combination, EffectsFit, SpatialEffect, SpatialEffects } from "./econometrics/spatial/effects/effect-of.ts"
export { effectsByOrder, type OrderEffect } from "./econometrics/spatial/effects/effects-by-order.ts"
export { effectsMatrix } from "./econometrics/spatial/effects/effects-matrix.ts"
export { type EffectsOptions, spatialEffects } from "./econometrics/spatial/effects/spatial-effects.ts"
export type { SpatialGmmModel } from "./econometrics/spatial/gmm/gmm-equation.ts"
export type { SpatialGmmOptions } from "./econometrics/spatial/gmm/gmm-options.ts"
export { type SpatialGmmFit, spatialGmm } from "./econometrics/spatial/gmm/spatial-gmm.ts"
export { type SpatialFit, type SpatialMlOptions, spatialMl } from "./econometrics/spatial/models/spatial-ml.ts"
export type { SpatialModel } from "./econometrics/spatial/models/spatial-sample.ts"
export type { MediationEquationOptions, SpatialMediationModel } from "./econometrics/spatial/paths/mediation-equations.ts"
export { type MediationPath, mediationMatrix } from "./econometrics/spatial/paths/mediation-matrix.ts"
export { type SpatialMediationFit, type SpatialMediationOptions, spatialMediation } from "./econometrics/spatial/paths/spatial-mediation.ts"
export {
  type SpatialReplicatesOptions,
  type SpatialResampling,
  spatialMediationReplicates
} from "./econometrics/spatial/paths/spatial-mediation-replicates.ts"
export {
  type SpatialModerationFit,
  type SpatialModerationModel,
  type SpatialModerationOptions,
  spatialModeration
} from "./econometrics/spatial/paths/spatial-moderation.ts"
export type { RandomErrors } from "./econometrics/spatial/random/random-frame.ts"
export type { RandomVariance, SpatialRandomOptions } from "./econometrics/spatial/random/random-options.ts"
export { type SpatialRandomFit, spatialRandomEffects } from "./econometrics/spatial/random/spatial-random-effects.ts"
export type { ChiSquaredTest } from "./econometrics/spatial/tests/chi-squared-test.ts"
export { type ConditionalLmOptions, type ConditionalLmTests, conditionalLmTests } from "./econometrics/spatial/tests/conditional-lm-tests.ts"
export {
  type CrossSectionDependence,
  crossSectionDependence,
  type DependenceModel,
  type DependenceOptions
} from "./econometrics/spatial/tests/cross-section-dependence.ts"
export { type LmTestOptions, type LmTests, lmTests } from "./econometrics/spatial/tests/lm-tests.ts"
export { likelihoodRatio, waldError, waldLag } from "./econometrics/spatial/tests/nested-models.ts"
export { type RandomEffectsLmTests, randomEffectsLmTests } from "./econometrics/spatial/tests/random-effects-lm-tests.ts"
export { robustSpatialHausman, type SpatialHausman, spatialHausman } from "./econometrics/spatial/tests/spatial-hausman.ts"
export type { StackedScores } from "./econometrics/spatial/tests/stacked-scores.ts"

// Spatial weights and autocorrelation.

export type { Alternative } from "./econometrics/spatial/exploration/alternative.ts"
export { geary, gearyPermutation } from "./econometrics/spatial/exploration/geary.ts"
export { type GeneralG, generalG, generalGPermutation } from "./econometrics/spatial/exploration/general-g.ts"
export { type GetisOrdOptions, localG, localGPermutation, localGStar } from "./econometrics/spatial/exploration/getis-ord.ts"
export type { GlobalTest, Moment } from "./econometrics/spatial/exploration/global-test.ts"
export {
  type LocalMoran,
  type LocalMoranOptions,
  type LocalPermutation,
  localMoran,
  localMoranPermutation,
  type Quadrant
} from "./econometrics/spatial/exploration/local-moran.ts"
export type { LocalStatistics } from "./econometrics/spatial/exploration/local-statistics.ts"
export { moran, moranPermutation, moranScatter } from "./econometrics/spatial/exploration/moran.ts"
export type { SpatialPermutationOptions } from "./econometrics/spatial/exploration/permutation-test.ts"
export { type IslandPolicy, weightSums } from "./econometrics/spatial/exploration/weight-sums.ts"
export { type ResidualMoran, residualMoran } from "./econometrics/spatial/tests/residual-moran.ts"
export { contiguity } from "./econometrics/spatial/weights/contiguity.ts"
export type { Decay } from "./econometrics/spatial/weights/decay.ts"
export {
  type Band,
  distanceBand,
  distanceWeights,
  type NearestNeighbours,
  nearestNeighbours,
  noIslandDistance
} from "./econometrics/spatial/weights/distance-weights.ts"
export { inverseGap } from "./econometrics/spatial/weights/economic-distance.ts"
export { FileFault, type LineFault, type WeightsFile } from "./econometrics/spatial/weights/file-fault.ts"
export { readGal, writeGal } from "./econometrics/spatial/weights/gal.ts"
export { readGwt, writeGwt } from "./econometrics/spatial/weights/gwt.ts"
export { neighboursOfOrder, type Symmetry, symmetrize, weightsPower, withoutDiagonal } from "./econometrics/spatial/weights/higher-order.ts"
export { inverseDistance } from "./econometrics/spatial/weights/inverse-distance.ts"
export { readMatrixCsv, writeMatrixCsv } from "./econometrics/spatial/weights/matrix-csv.ts"
export { nest, nestDiagonal, nestProduct } from "./econometrics/spatial/weights/nesting.ts"
export type { Points } from "./econometrics/spatial/weights/points.ts"
export { type PolygonContiguityOptions, polygonContiguity } from "./econometrics/spatial/weights/polygon-contiguity.ts"
export { readShapes, type Shape, type ShapesOptions } from "./econometrics/spatial/weights/shapes.ts"
export { spatialLag } from "./econometrics/spatial/weights/spatial-lag.ts"
export { type Standardization, standardize } from "./econometrics/spatial/weights/standardize.ts"
export {
  denseWeights,
  fromLinks,
  fromMatrix,
  islands,
  rowStandardize,
  selectEntities,
  type WeightsMatrix
} from "./econometrics/spatial/weights/weights-matrix.ts"
export { type WeightsSummary, weightsSummary } from "./econometrics/spatial/weights-summary.ts"
export type { SparseMatrix } from "./linalg/sparse-matrix.ts"
