import { submatrix } from "../../linalg/cross-product.ts"
import { Fault, type Warning } from "../fault.ts"
import type { Test } from "../linear/inference.ts"
import { type LinearFit, slopesOnly } from "../linear/linear-fit.ts"
import { withoutSingletons } from "../sample/singletons.ts"
import { covariance } from "../variance/variance.ts"
import { residualDf, sumOfSquaredResiduals } from "../variance/variance-estimate.ts"
import { type HausmanContrast, hausmanContrast } from "./hausman-contrast.ts"
import { type MundlakTest, mundlak } from "./mundlak.ts"
import type { RandomEffectsFit } from "./random-effects.ts"

/** A fixed effects fit; `fixedEffects` and `within` say of what. */
type Compared = LinearFit & { readonly dependent?: string }

export interface Hausman {
  /** The regressors that both models have a slope of. */
  readonly terms: ReadonlyArray<string>
  /** b_FE - b_RE. */
  readonly contrast: Float64Array
  /** M = V_FE - V_RE. */
  readonly classical: HausmanContrast
  /** M = V_FE s2_RE/s2_FE - V_RE. */
  readonly sigmamore: HausmanContrast
  /** M = V_FE - V_RE s2_FE/s2_RE. */
  readonly sigmaless: HausmanContrast
  readonly mundlak: MundlakTest
  /** The same with the means of the year dummies too, where that is another test: an unbalanced panel with year dummies. */
  readonly mundlakAllColumns: MundlakTest | undefined
  /** All of them, as they are printed. */
  readonly tests: ReadonlyArray<Test>
  readonly warnings: ReadonlyArray<Warning>
}

/** Both models are of one dependent variable and of the same rows, but for those that are alone in an effect's group, of which fixed effects learn nothing. */
const requireSameRows = (fixed: Compared, { model }: RandomEffectsFit): void => {
  const { dependent, entity, year } = model
  const twoWay = model.effects === "two-way" || model.yearDummies === true
  const expected = withoutSingletons(twoWay ? [entity, year] : [entity]).rows.length
  const wrong = [
    ...(fixed.residuals.length === expected
      ? []
      : [
          `fixed effects are estimated from ${fixed.residuals.length} rows, and random effects have ${expected} that are not alone in a group: estimate both from the same rows`
        ]),
    ...(fixed.dependent === undefined || fixed.dependent === dependent.name
      ? []
      : [`fixed effects are of ${fixed.dependent}, and random effects of ${dependent.name}`])
  ]
  if (fixed.weights !== undefined) wrong.push("fixed effects have weights, and random effects none: estimate both without")
  if (wrong.length > 0) throw new Fault("different-models", wrong.join("; "))
}

const eigenvaluesNamed = ({ eigenvalues }: HausmanContrast): string =>
  `eigenvalues in units of the FE variances: ${Array.from(eigenvalues, (value) => value.toPrecision(3)).join(", ")}`

/** The effects of the alternative to a random effects model must be fixed in the other. */
const requireSameEffects = (fixed: LinearFit, { model }: RandomEffectsFit): void => {
  const wanted = model.effects === "two-way" || model.yearDummies === true ? [model.entity.name, model.year.name] : [model.entity.name]
  const found = fixed.effects.factors.map(({ name }) => name)
  if (found.length !== wanted.length || !wanted.every((name) => found.includes(name)))
    throw new Fault(
      "different-models",
      `the random effects model is to be held against fixed effects of ${wanted.join(" and ")}, not of ${found.join(" and ") || "none"}: estimate both with the same effects`
    )
}

const variantOf = ({ model }: RandomEffectsFit): string =>
  model.effects === "two-way"
    ? "two-way random effects"
    : model.yearDummies === true
      ? "one-way random effects, year dummies in both (xtreg)"
      : "one-way random effects"

const mundlakNote = ({ chi2, df1, df2 }: MundlakTest, hypothesis: string): string =>
  Number.isNaN(chi2) ? `not defined: ${df1} means are too many for ${df2 + 1} clusters` : `H0: ${hypothesis}`

const mundlakTests = (random: RandomEffectsFit, regressors: MundlakTest, all: MundlakTest | undefined): ReadonlyArray<Test> => {
  const { effects, entity, year } = random.model
  const clustered = `${variantOf(random)}, clustered by ${entity.name}`
  const means = effects === "two-way" ? `${entity.name} and ${year.name}` : entity.name
  const hypothesis = `the regressors' ${means} means have no coefficients in the random effects regression`
  const forms = (name: string, one: MundlakTest, note: string): ReadonlyArray<Test> => [
    { test: name, variant: clustered, statistic: one.f, df: one.df1, df2: one.df2, pValue: one.pF, note },
    { test: `${name}_chi2`, variant: clustered, statistic: one.chi2, df: one.df1, pValue: one.pChi2, note }
  ]
  return [
    ...forms("mundlak", regressors, mundlakNote(regressors, hypothesis)),
    ...(all === undefined
      ? []
      : forms(
          "mundlak_all_columns",
          all,
          mundlakNote(
            all,
            `neither the regressors' nor the ${year.name} dummies' ${means} means have coefficients: with both the slopes are those of fixed effects in an unbalanced panel`
          )
        ))
  ]
}

/**
 * Fixed against random effects: are the effects correlated with the regressors? `fixed` has the effects that are random (or dummies) in `random` absorbed, from
 * the same rows, and of both only variances under independent errors are used.
 *
 * The classical test (Hausman 1978) is d'(V_FE - V_RE)^- d over the slopes, d = b_FE - b_RE, chi-squared with the rank of the difference. In a sample the
 * difference need not be positive semi-definite: then its eigenvalues are told, the statistic keeps its sign (plm's `phtest` takes the absolute value), and
 * a negative one has no p-value. Stata's `sigmamore` and `sigmaless` take one s2 in both variances, the random effects' or the fixed effects', which makes the
 * difference positive semi-definite as a rule. Mundlak's (1978) version is defined always and does not need errors that are iid.
 *
 * Faults: `different-models` where the effects, the dependent variable or the rows are not the same ones, or no slope is common.
 */
export const hausman = (fixed: Compared, random: RandomEffectsFit): Hausman => {
  requireSameEffects(fixed, random)
  requireSameRows(fixed, random)
  const estimable = new Set(random.model.regressors.map(({ name }) => name))
  const ofFixed = fixed.terms.slice(0, fixed.slopes).flatMap((name, j) => (estimable.has(name) ? [j] : []))
  const terms = ofFixed.map((j) => fixed.terms[j]!)
  if (terms.length === 0)
    throw new Fault(
      "different-models",
      "fixed and random effects have no slope in common, so that there is nothing to compare: take the same regressors in both"
    )
  const ofRandom = terms.map((name) => random.terms.indexOf(name))
  const d = Float64Array.from(ofFixed, (j, i) => fixed.coefficients[j]! - random.coefficients[ofRandom[i]!]!)
  const iid = { kind: "iid" } as const
  const fixedVariance = submatrix(slopesOnly(covariance(fixed, iid, "areg").matrix, fixed), fixed.slopes, ofFixed)
  const randomVariance = submatrix(covariance(random, iid, "areg").matrix, random.terms.length, ofRandom)
  const ratio = random.statistics.sigma ** 2 / (sumOfSquaredResiduals(fixed) / residualDf(fixed))
  const scales = Float64Array.from(terms, (_, i) => Math.sqrt(fixedVariance[i * terms.length + i]!))
  const under = (ofFe: number, ofRe: number): HausmanContrast =>
    hausmanContrast(
      d,
      fixedVariance.map((v, i) => v * ofFe - randomVariance[i]! * ofRe),
      scales
    )
  const classical = under(1, 1)
  const sigmamore = under(ratio, 1)
  const sigmaless = under(1, 1 / ratio)

  const { entity, year } = random.model
  const ofRegressors = mundlak(random)
  const balanced = random.nobs === entity.levels * year.levels
  const ofAll = random.model.yearDummies === true && !balanced ? mundlak(random, "all-columns") : undefined
  const test = (name: string, matrix: string, one: HausmanContrast): Test => ({
    test: name,
    variant: variantOf(random),
    statistic: one.statistic,
    df: one.rank,
    pValue: one.pValue,
    note: one.semiDefinite ? `${matrix} is positive semi-definite` : `${matrix} is not positive semi-definite (${eigenvaluesNamed(one)}); the sign is kept`
  })
  return {
    terms,
    contrast: d,
    classical,
    sigmamore,
    sigmaless,
    mundlak: ofRegressors,
    mundlakAllColumns: ofAll,
    tests: [
      test("hausman", "V_FE - V_RE", classical),
      test("hausman_sigmamore", "V_FE, scaled by the random effects' s2, - V_RE", sigmamore),
      test("hausman_sigmaless", "V_FE - V_RE, scaled by the fixed effects' s2,", sigmaless),
      ...mundlakTests(random, ofRegressors, ofAll)
    ],
    warnings: [
      ...(classical.semiDefinite
        ? []
        : [
            {
              code: "hausman-not-definite",
              message: `the classical Hausman statistic is ${classical.statistic.toPrecision(4)}, but V_FE - V_RE is not positive semi-definite (${eigenvaluesNamed(classical)}): rely on the Mundlak test`
            }
          ]),
      ...ofRegressors.warnings
    ]
  }
}
