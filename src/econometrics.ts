/** The estimators as plain functions over typed arrays: what docs/estimators.md describes. */

// Mediation, moderation and their bootstrap; groups.
export { type BootstrapOptions, jackknife, replicates } from "./econometrics/bootstrap.ts"
export { acceleration, type BootstrapSummary, type IntervalKind, type IntervalOptions, summarise } from "./econometrics/bootstrap-interval.ts"
export { type Convention, conventionsOf, type UnderConvention, underConventions } from "./econometrics/conventions.ts"
// Samples and models.
export { type Factor, factor } from "./econometrics/factor.ts"
export { Fault, type Warning } from "./econometrics/fault.ts"
// Instruments.
export { type Fe2slsFit, fe2sls } from "./econometrics/fe-2sls.ts"
export type { Variable } from "./econometrics/fe-sample.ts"

// Regressions with absorbed effects, and their variances.
export { type FixedEffectsFit, type FixedEffectsModel, type FixedEffectsOptions, fixedEffects } from "./econometrics/fixed-effects.ts"
export { type GridRegion, gridRegion } from "./econometrics/grid-region.ts"
export { type GroupInteractionFit, groupInteraction } from "./econometrics/group-interaction.ts"
export { groupPermutation, type PermutationOptions } from "./econometrics/group-permutation.ts"
// Random effects.
export { type Hausman, hausman } from "./econometrics/hausman.ts"
export type { Inference, Test } from "./econometrics/inference.ts"
export { instrumentTests } from "./econometrics/instrument-tests.ts"
export { type InteractionForm, interaction } from "./econometrics/interaction.ts"
export { johnsonNeyman, type SignificanceRegion } from "./econometrics/johnson-neyman.ts"
export { laggedRows } from "./econometrics/lag.ts"
export type { Coordinates, LinearFit, Weights } from "./econometrics/linear-fit.ts"
export { type MediationFit, type MediationModel, type MediationOptions, mediation } from "./econometrics/mediation.ts"
export { mediationPaths } from "./econometrics/mediation-paths.ts"
export { type ModerationFit, type ModerationModel, type ModerationOptions, moderation } from "./econometrics/moderation.ts"
export { moderationPaths } from "./econometrics/moderation-paths.ts"
export { type MundlakTest, mundlak } from "./econometrics/mundlak.ts"
export { type PanelIndex, panelIndex } from "./econometrics/panel-index.ts"
export { type RandomEffectsFit, type RandomEffectsModel, type RandomEffectsOptions, randomEffects } from "./econometrics/random-effects.ts"
export { type SensitivityFit, type SensitivityOptions, sensitivity } from "./econometrics/sensitivity.ts"
export type { SmallSample, SmallSampleFactor } from "./econometrics/small-sample.ts"
export { type TwoStageFit, type TwoStageModel, type TwoStageOptions, twoStage } from "./econometrics/two-stage.ts"
export { type Covariance, covariance, type Variance, type VarianceChoice } from "./econometrics/variance.ts"
export { type WildClusterOptions, type WildClusterTest, wildClusterBootstrap } from "./econometrics/wild-cluster-bootstrap.ts"
export { type WithinFit, type WithinOptions, within } from "./econometrics/within.ts"
