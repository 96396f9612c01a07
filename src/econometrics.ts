/** The estimators as plain functions over typed arrays: what docs/estimators.md describes. */

// Mediation, moderation and their bootstrap; groups.
export { type BootstrapOptions, jackknife, replicates } from "./econometrics/bootstrap/bootstrap.ts"
export { acceleration, type BootstrapSummary, type IntervalKind, type IntervalOptions, summarise } from "./econometrics/bootstrap/bootstrap-interval.ts"
export { type WildClusterOptions, type WildClusterTest, wildClusterBootstrap } from "./econometrics/bootstrap/wild-cluster-bootstrap.ts"
export { Fault, type Warning } from "./econometrics/fault.ts"
export { type GroupInteractionFit, groupInteraction } from "./econometrics/groups/group-interaction.ts"
export { groupPermutation, type PermutationOptions } from "./econometrics/groups/group-permutation.ts"
// Instruments.
export { type Fe2slsFit, fe2sls } from "./econometrics/instruments/fe-2sls.ts"
export { instrumentTests } from "./econometrics/instruments/instrument-tests.ts"
export { type TwoStageFit, type TwoStageModel, type TwoStageOptions, twoStage } from "./econometrics/instruments/two-stage.ts"
export type { Inference, Test } from "./econometrics/linear/inference.ts"
export type { Coordinates, LinearFit, RowWeights } from "./econometrics/linear/linear-fit.ts"
export { type GridRegion, gridRegion } from "./econometrics/mediation/grid-region.ts"
export { johnsonNeyman, type SignificanceRegion } from "./econometrics/mediation/johnson-neyman.ts"
export { type MediationFit, type MediationModel, type MediationOptions, mediation } from "./econometrics/mediation/mediation.ts"
export { mediationPaths } from "./econometrics/mediation/mediation-paths.ts"
export { type ModerationFit, type ModerationModel, type ModerationOptions, moderation } from "./econometrics/mediation/moderation.ts"
export { moderationPaths } from "./econometrics/mediation/moderation-paths.ts"
export { type SensitivityFit, type SensitivityOptions, sensitivity } from "./econometrics/mediation/sensitivity.ts"
// Random effects.
export { type Hausman, hausman } from "./econometrics/random-effects/hausman.ts"
export { type MundlakTest, mundlak } from "./econometrics/random-effects/mundlak.ts"
export { type RandomEffectsFit, type RandomEffectsModel, type RandomEffectsOptions, randomEffects } from "./econometrics/random-effects/random-effects.ts"
// Regressions with absorbed effects, and their variances.
export { type FixedEffectsFit, type FixedEffectsModel, type FixedEffectsOptions, fixedEffects } from "./econometrics/regression/fixed-effects.ts"
export { type WithinFit, type WithinOptions, within } from "./econometrics/regression/within.ts"
// Samples and models.
export { type Factor, factor } from "./econometrics/sample/factor.ts"
export { type InteractionForm, interaction } from "./econometrics/sample/interaction.ts"
export { laggedRows } from "./econometrics/sample/lag.ts"
export { type PanelIndex, panelIndex } from "./econometrics/sample/panel-index.ts"
export type { Variable } from "./econometrics/sample/variable.ts"
export { type Convention, conventionsOf, type UnderConvention, underConventions } from "./econometrics/variance/conventions.ts"
export type { SmallSample, SmallSampleFactor } from "./econometrics/variance/small-sample.ts"
export { type Covariance, covariance, type Variance, type VarianceChoice } from "./econometrics/variance/variance.ts"
