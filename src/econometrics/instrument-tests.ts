import { bilinear, crossProduct, sandwich } from "../linalg/cross-product.ts"
import { inverseGram, leastSquares, qr } from "../linalg/qr.ts"
import { chi2Upper, fUpper } from "../stats/distributions.ts"
import { andersonRubinSet } from "./anderson-rubin-set.ts"
import { clusterMeat } from "./cluster-variance.ts"
import type { FeSample } from "./fe-sample.ts"
import type { Test } from "./inference.ts"
import type { Instrumented } from "./instrumented.ts"
import { residualsOf } from "./least-squares.ts"
import { endogeneityC, hansenJ } from "./moment-tests.ts"
import { slopes } from "./slopes.ts"
import { stockYogo } from "./stock-yogo.ts"
import { waldStatistic } from "./wald.ts"

/**
 * Tests of the instruments of an equation with one endogenous regressor.
 *
 * Letters: n rows, L exogenous regressors and excluded instruments, L1 excluded instruments, G clusters; the effects' two kinds as ivreg2 has them:
 * `sdofminus` the year dummies (partialled out), `dofminus` the entities (absorbed). Z, x, y have effects and exogenous regressors taken off, v are
 * first-stage residuals. References: Kleibergen and Paap (2006), Journal of Econometrics 133; Cragg and Donald (1993); Anderson and Rubin (1949);
 * Baum, Schaffer and Stillman (2007), Stata Journal 7(4), for the finite-sample forms; Wooldridge (2010), section 6.3.1, for the endogeneity test.
 */
export const instrumentTests = (sample: FeSample, roles: Instrumented): ReadonlyArray<Test> => {
  const { effectYears, index } = sample.absorber
  const { instruments: z, x, y } = roles.partialled
  const n = index.rows
  const G = index.entities.length
  const L1 = z.length
  const L = L1 + roles.exogenous.length
  const sdofminus = effectYears.length
  const dofminus = G
  const meat = (columns: ReadonlyArray<Float64Array>, e: Float64Array) => clusterMeat(columns, e, index.entity, G)
  const design = qr(z)
  const bread = inverseGram(design)
  /** b'V^-1 b for the coefficients of `of` on Z, V the cluster-robust variance without a small-sample factor. */
  const wald = (of: Float64Array): number => {
    const b = leastSquares(design, of)
    return waldStatistic(b, sandwich(bread, meat(z, residualsOf(of, z, b)), L1))
  }
  const toF = (chi2: number): number => ((chi2 / (n - 1)) * (n - L - sdofminus) * ((G - 1) / G)) / L1
  const tooFewClusters = L1 >= G ? "; not defined with as many instruments as clusters" : ""

  const firstStage = wald(x)
  const scores = crossProduct(z, [x])
  const rkLm = waldStatistic(scores, meat(z, x))
  const explained = bilinear(scores, bread)
  const craggDonald = ((explained / (crossProduct([x])[0]! - explained)) * (n - sdofminus - L - dofminus)) / L1
  const reducedForm = wald(y)
  // The first stage's own F has the factor of the printed standard errors: (n - K), K counting the constant.
  const printed = (firstStage * ((G - 1) / G) * ((n - L - sdofminus - 1) / (n - 1))) / L1
  const ivreg2 = "ivreg2, effects partialled out"
  const test = (name: string, variant: string, statistic: number, df: number, df2: number | undefined, note = ""): Test => ({
    test: name,
    variant,
    statistic,
    df,
    df2,
    pValue: df2 === undefined ? chi2Upper(statistic, df) : fUpper(statistic, df, df2),
    note
  })
  const critical = stockYogo(L1)
  const dfCraggDonald = n - sdofminus - L - dofminus
  return [
    test(
      "first_stage_f",
      "clustered by entity, xtreg factor",
      printed,
      L1,
      G - 1,
      `H0: the excluded instruments have no coefficients in the first stage; with the standard errors printed there${tooFewClusters}`
    ),
    test("kp_rk_lm", ivreg2, rkLm, L1, undefined, `under-identification, cluster-robust${tooFewClusters}`),
    {
      ...test(
        "kp_rk_wald_f",
        ivreg2,
        toF(firstStage),
        L1,
        G - 1,
        `weak identification, cluster-robust; (n-K+1)/(n-K) times the first-stage F, the constant not counting; its critical value (10% maximal IV size) is made for iid errors${tooFewClusters}`
      ),
      critical: critical[0]?.critical
    },
    {
      ...test(
        "cragg_donald_f",
        "absorbed effects counted (ivreg2's dofminus)",
        craggDonald,
        L1,
        dfCraggDonald,
        "weak identification, errors iid; critical value: 10% maximal IV size"
      ),
      critical: critical[0]?.critical
    },
    ...critical.map(
      ({ critical: value, maximalSize }): Test => ({
        test: "stock_yogo",
        variant: `${maximalSize}% maximal IV size`,
        statistic: craggDonald,
        df: L1,
        pValue: undefined,
        critical: value,
        note: "made for the Cragg-Donald F with errors iid (Stock and Yogo 2005, table 5.2); beside the Kleibergen-Paap F it is a convention"
      })
    ),
    test(
      "anderson_rubin_wald",
      ivreg2,
      reducedForm,
      L1,
      undefined,
      "H0: the endogenous regressor's coefficient is zero; robust to weak instruments, cluster-robust"
    ),
    test(
      "anderson_rubin_f",
      ivreg2,
      toF(reducedForm),
      L1,
      G - 1,
      "H0: the endogenous regressor's coefficient is zero; robust to weak instruments, cluster-robust, with ivreg2's small-sample factor"
    ),
    ...andersonRubinSet(sample, roles.partialled, toF(1)),
    endogeneity(sample, roles),
    endogeneityC(roles, meat),
    hansenJ(roles, meat)
  ]
}

/** The regression-based test: y on x, the exogenous regressors and the first stage's residuals v, t(G - 1) of v squared. */
const endogeneity = (sample: FeSample, roles: Instrumented): Test => {
  const columns = [roles.firstStageResiduals, roles.x, ...roles.exogenous]
  const fit = slopes(sample, columns, roles.y, "cluster")
  const statistic = fit.coefficients[0]! ** 2 / fit.covariance[0]!
  return {
    test: "endogeneity",
    variant: "regression-based, clustered by entity",
    statistic,
    df: 1,
    df2: fit.df,
    pValue: fUpper(statistic, 1, fit.df),
    note: "H0: the regressor is exogenous: the first stage's residuals have no coefficient in the equation"
  }
}
