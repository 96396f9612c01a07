import { submatrix } from "../../linalg/cross-product.ts"
import { chi2Upper, fUpper } from "../../stats/distributions.ts"
import { groupWeights } from "../effects/effect-system.ts"
import type { Warning } from "../fault.ts"
import { CONSTANT } from "../regression/regression-sample.ts"
import type { Factor } from "../sample/factor.ts"
import type { Variable } from "../sample/variable.ts"
import { covariance } from "../variance/variance.ts"
import { waldStatistic } from "../variance/wald.ts"
import { quasiDemeanedRegression } from "./quasi-demeaned-regression.ts"
import type { RandomEffectsFit } from "./random-effects.ts"
import { yearDummies } from "./year-dummies.ts"

/** A Wald test that the means of regressors have no coefficients beside them. */
export interface MundlakTest {
  /** The means tested: those that are not combinations of the other columns. */
  readonly terms: ReadonlyArray<string>
  readonly coefficients: Float64Array
  /** Chi-squared with as many degrees of freedom as terms. NaN where the clusters are too few for them. */
  readonly chi2: number
  readonly pChi2: number
  /** chi2 by its degrees of freedom: F(df1, df2). */
  readonly f: number
  readonly df1: number
  /** Clusters less one. */
  readonly df2: number
  readonly pF: number
  readonly warnings: ReadonlyArray<Warning>
}

const meansBy = (group: Factor, variables: ReadonlyArray<Variable>): ReadonlyArray<Variable> => {
  const sizes = groupWeights(group, undefined)
  return variables.map(({ name, values }) => {
    const sums = groupWeights(group, values)
    return { name: `${group.name} mean of ${name}`, values: Float64Array.from(group.codes, (g) => sums[g]! / sizes[g]!) }
  })
}

/**
 * Mundlak's (1978) test of random against fixed effects, robust to errors that are not iid and defined whatever the variances: the regressors' means by entity
 * (two-way: and by year) join the random effects regression, with the same components, and are tested with the variance clustered by entity (factor G/(G - 1) (n - 1)/(n - K),
 * K all columns). In a balanced panel the regressors' slopes are then those of fixed effects; in an unbalanced one with year dummies it takes the dummies' means
 * too, which `of: "all-columns"` adds and tests (Wooldridge 2019).
 */
export const mundlak = (random: RandomEffectsFit, of: "regressors" | "all-columns" = "regressors"): MundlakTest => {
  const { effects, entity, regressors, year } = random.model
  const y = random.model.dependent.values
  const dummies = random.model.yearDummies === true ? yearDummies(year) : []
  const added = [
    ...meansBy(entity, of === "regressors" ? regressors : [...regressors, ...dummies]),
    ...(effects === "two-way" ? meansBy(year, regressors) : [])
  ]
  const before = [{ name: CONSTANT, values: new Float64Array(y.length).fill(1) }, ...dummies, ...regressors]
  const columns = [...before, ...added]
  const { kept, linear } = quasiDemeanedRegression(random, y, columns, [...columns.keys()], undefined)
  const { matrix, rank, warnings } = covariance(linear, { kind: "cluster", by: [entity.name] })
  const tested = kept.flatMap((c, j) => (c < before.length ? [] : [j]))
  const coefficients = Float64Array.from(tested, (j) => linear.coefficients[j]!)
  const df1 = tested.length
  const df2 = entity.levels - 1
  const chi2 = df1 === 0 ? Number.NaN : waldStatistic(coefficients, submatrix(matrix, kept.length, tested), rank)
  const f = chi2 / df1
  return { terms: tested.map((j) => linear.terms[j]!), coefficients, chi2, pChi2: chi2Upper(chi2, df1), f, df1, df2, pF: fUpper(f, df1, df2), warnings }
}
