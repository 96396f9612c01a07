import { submatrix } from "../../linalg/cross-product.ts"
import { chi2Upper } from "../../stats/distributions.ts"
import { type Absorption, absorb } from "../effects/absorb.ts"
import { groupWeights } from "../effects/effect-system.ts"
import { Fault, type Warning } from "../fault.ts"
import { COLLINEAR, collinearWarnings, variation } from "../linear/collinear.ts"
import { correlation } from "../linear/correlation.ts"
import { requireColumns, requireRows } from "../linear/given-columns.ts"
import { type Inference, infer } from "../linear/inference.ts"
import { PERFECT, regress } from "../linear/least-squares.ts"
import type { Coordinates, LinearFit } from "../linear/linear-fit.ts"
import { CONSTANT } from "../regression/regression-sample.ts"
import type { Factor } from "../sample/factor.ts"
import type { Variable } from "../sample/variable.ts"
import type { SmallSample } from "../variance/small-sample.ts"
import { type Covariance, covariance, type VarianceChoice, varianceOf } from "../variance/variance.ts"
import { residualDf, sumOfSquaredResiduals } from "../variance/variance-estimate.ts"
import { waldStatistic } from "../variance/wald.ts"
import { quasiDemeanedRegression } from "./quasi-demeaned-regression.ts"
import { type QuasiDemeaning, quasiDemeaning } from "./quasi-demeaning.ts"
import { type ComponentsChoice, oneWayComponents, twoWayComponents, type VarianceComponents } from "./variance-components.ts"
import { yearDummies } from "./year-dummies.ts"

/** A regression with random effects: y_it = a + x_it'b + u_i + e_it, or + v_t too. All columns have a value for every row. */
export interface RandomEffectsModel {
  readonly dependent: Variable
  /** Of which some may be the same in all years of an entity. */
  readonly regressors: ReadonlyArray<Variable>
  readonly entity: Factor
  readonly year: Factor
  /** Which effects are random: the entities', or the entities' and the years'. */
  readonly effects: "one-way" | "two-way"
  /** In the one-way model, dummies of all years but the first among the regressors (Stata `xtreg y x i.year, re`). */
  readonly yearDummies?: boolean | undefined
  /** Further factors for a variance to cluster by, or to take as time. */
  readonly groups?: ReadonlyArray<Factor> | undefined
  readonly coordinates?: Coordinates | undefined
}

export interface RandomEffectsOptions {
  /** By default iid; `cluster` is by entity. */
  readonly variance?: VarianceChoice | undefined
  readonly smallSample?: SmallSample | undefined
  /** In the one-way model, by default `xtreg`. */
  readonly components?: ComponentsChoice | undefined
  /** A regressor is collinear where the columns before it leave at most this share of its norm. */
  readonly tolerance?: number | undefined
  /** Coverage of the confidence intervals. */
  readonly level?: number | undefined
}

/**
 * A fitted random effects regression. As a `LinearFit` it is the least squares regression on quasi-demeaned columns; its terms are the regressors, the constant,
 * then the year dummies. With two-way effects a row's quasi-demeaned error holds errors of other entities too, so that variances that cluster are valid only as
 * far as the model has the years' part right.
 */
export interface RandomEffectsFit extends LinearFit, QuasiDemeaning {
  readonly model: RandomEffectsModel
  readonly components: VarianceComponents
  readonly covariance: Covariance
  /** Of the regressors and the constant, by the normal distribution; with CR2 by t with its degrees of freedom. */
  readonly inference: Inference
  readonly statistics: {
    /** Squared correlation of y with the fitted xb (year dummies in it), both as deviations from the means by entity. */
    readonly rSquaredWithin: number
    /** The same of the means by entity. */
    readonly rSquaredBetween: number
    /** The same of y and xb as they are. */
    readonly rSquaredOverall: number
    /** Standard error of the quasi-demeaned regression, sqrt(SSR/(n - K)). */
    readonly sigma: number
  }
  /** n less all coefficients. */
  readonly dfResidual: number
  /** Wald test that all coefficients but the constant are zero: chi-squared. NaN where the variance is not invertible. */
  readonly wald: { readonly statistic: number; readonly df: number; readonly pValue: number }
  readonly warnings: ReadonlyArray<Warning>
}

const choiceFaults = ({ effects }: RandomEffectsModel, { components = "xtreg" }: RandomEffectsOptions): ReadonlyArray<string> => [
  ...(effects === "one-way" || effects === "two-way" ? [] : [`random effects are one-way or two-way, not ${effects}`]),
  ...(components === "xtreg" || components === "baltagi-chang" ? [] : [`variance components are those of xtreg or baltagi-chang, not ${components}`])
]

/** s2 of the within regression; a Fault where it has no degree of freedom or fits exactly. */
const withinVariance = (y: Variable, x: ReadonlyArray<Variable>, effects: Absorption, tolerance: number): number => {
  const { kept, residuals } = regress(
    x.map(({ values }) => effects.residualize(values)),
    effects.residualize(y.values),
    { tolerance, norms: x.map(({ values }) => variation(values)) }
  )
  const df = residualDf({ effects, nobs: residuals.length, slopes: kept.length })
  const ssr = residuals.reduce((sum, e) => sum + e * e, 0)
  if (!(ssr > PERFECT * y.values.reduce((sum, value) => sum + value * value, 0)))
    throw new Fault(
      "perfect-fit",
      `${y.name}: ${effects.factors.map(({ name }) => name).join(" and ")} effects and the regressors fit it exactly, so that random effects have nothing to be weighed against: take another dependent variable, or fewer regressors`
    )
  return ssr / df
}

/** The R-squareds of `xtreg, re`. */
const rSquareds = (y: Float64Array, fitted: Float64Array, entity: Factor) => {
  const sizes = groupWeights(entity, undefined)
  const means = (x: Float64Array): Float64Array => groupWeights(entity, x).map((sum, g) => sum / sizes[g]!)
  const [ofY, ofFitted] = [means(y), means(fitted)]
  const deviations = (x: Float64Array, mean: Float64Array): Float64Array => x.map((value, i) => value - mean[entity.codes[i]!]!)
  return {
    rSquaredWithin: correlation(deviations(y, ofY), deviations(fitted, ofFitted)) ** 2,
    rSquaredBetween: correlation(ofY, ofFitted) ** 2,
    rSquaredOverall: correlation(y, fitted) ** 2
  }
}

const negativeVariance = (name: string, estimate: number): ReadonlyArray<Warning> =>
  estimate >= 0
    ? []
    : [
        {
          code: "random-effects-variance-zero",
          message: `the variance of the ${name} effects is estimated as ${estimate.toPrecision(3)}, which is set to zero: the model is one without them`
        }
      ]

/**
 * Random effects by feasible generalised least squares with Swamy and Arora's (1972) variance components, one-way or two-way, balanced or unbalanced panels.
 *
 * The idiosyncratic variance is SSR/(n - rank) of the within regression with the same effects (year dummies: entity and year effects); the others' come from the
 * between regressions (`oneWayComponents`, `twoWayComponents`), a negative one being zero, with the warning `random-effects-variance-zero`. Coefficients are
 * those of GLS with the exact covariance of the errors, by least squares on quasi-demeaned columns; standard errors have the s2 of that regression, SSR/(n - K), and
 * are normal. `covariance(fit, ...)` gives the same model any other variance.
 *
 * Rows that are alone in their entity stay: fixed effects learn nothing of them, the between regression does.
 *
 * The same as Stata's `xtreg, re` (`components: "xtreg"`) and `xtreg, re sa` and plm's `random.method = "swar"` (`"baltagi-chang"`). With two-way effects and
 * an unbalanced panel, plm 2.6-2 has the same components and coefficients, but leaves s2 out of their covariance, which so depends on the unit of y: not followed.
 *
 * Faults: `between-regression` where groups are too few for the regressors, `no-degrees-of-freedom`, `perfect-fit`, `collinear` where no regressor is left,
 * `variance-components` where the panel does not tell entities from years, `year-dummies` where these meet random years.
 */
export const randomEffects = (model: RandomEffectsModel, options: RandomEffectsOptions = {}): RandomEffectsFit => {
  const { dependent, entity, regressors, year } = model
  requireColumns(
    {
      variables: [dependent, ...regressors],
      factors: [entity, year, ...(model.groups ?? [])],
      coordinates: model.coordinates,
      tolerance: options.tolerance,
      level: options.level
    },
    choiceFaults(model, options)
  )
  requireRows(dependent.values.length, [])
  const twoWay = model.effects === "two-way"
  if (twoWay && model.yearDummies === true)
    throw new Fault("year-dummies", `${year.name} effects cannot be both random and dummies: take the one-way model with dummies, or the two-way model without`)
  const dummies = model.yearDummies === true ? yearDummies(year) : []
  const y = dependent.values
  const x = [...regressors, ...dummies].map(({ values }) => values)
  const fixed = absorb(twoWay || model.yearDummies === true ? [entity, year] : [entity])
  const s2 = withinVariance(dependent, regressors, fixed, options.tolerance ?? COLLINEAR)
  const components = twoWay ? twoWayComponents(y, x, entity, year, s2) : oneWayComponents(y, x, entity, s2, options.components ?? "xtreg")
  const quasi = quasiDemeaning(components, entity, twoWay ? year : undefined)

  const columns = [...regressors, { name: CONSTANT, values: new Float64Array(y.length).fill(1) }, ...dummies]
  const k = regressors.length
  // The constant and the dummies are the model's, a regressor that is a combination of them is not.
  const decided = [...columns.keys()].sort((a, b) => Number(a < k) - Number(b < k) || a - b)
  const { dropped, kept, linear } = quasiDemeanedRegression(
    { transform: quasi.transform, groups: [entity, year, ...(model.groups ?? [])], coordinates: model.coordinates },
    y,
    columns,
    decided,
    options.tolerance
  )
  const size = kept.length
  const estimated = covariance(linear, varianceOf(options.variance ?? "iid", [entity]), options.smallSample)
  const dfResidual = residualDf(linear)
  const fitted = new Float64Array(y.length)
  for (const [j, c] of kept.entries()) for (let i = 0; i < fitted.length; i++) fitted[i] = fitted[i]! + linear.coefficients[j]! * columns[c]!.values[i]!
  const tested = kept.flatMap((c, j) => (c === k ? [] : [j]))
  const wald = waldStatistic(
    Float64Array.from(tested, (j) => linear.coefficients[j]!),
    submatrix(estimated.matrix, size, tested),
    estimated.rank
  )
  const shown = kept.flatMap((c, j) => (c <= k ? [j] : []))
  return {
    ...linear,
    ...quasi,
    model: { ...model, regressors: kept.flatMap((c) => (c < k ? [regressors[c]!] : [])) },
    components,
    covariance: estimated,
    inference: infer(
      shown.map((j) => linear.terms[j]!),
      Float64Array.from(shown, (j) => linear.coefficients[j]!),
      shown.map((j) => estimated.matrix[j * size + j]!),
      estimated.variance.kind === "CR2" ? Float64Array.from(shown, (j) => estimated.df[j]!) : undefined,
      options.level
    ),
    statistics: { ...rSquareds(y, fitted, entity), sigma: Math.sqrt(sumOfSquaredResiduals(linear) / dfResidual) },
    dfResidual,
    wald: { statistic: wald, df: tested.length, pValue: chi2Upper(wald, tested.length) },
    warnings: [
      ...collinearWarnings(
        dropped.filter((c) => c < k).map((c) => regressors[c]!.name),
        k,
        [],
        dummies.length > 0 ? [year] : []
      ),
      ...negativeVariance(entity.name, components.untruncated.entity),
      ...(twoWay ? negativeVariance(year.name, components.untruncated.year) : []),
      ...estimated.warnings
    ]
  }
}
