import { chi2Upper, fUpper } from "../../stats/distributions.ts"
import type { Test } from "../linear/inference.ts"
import { effectiveF } from "./effective-f.ts"
import { type Instrumented, singularNote } from "./instrumented.ts"
import { rankTest } from "./rank-test.ts"
import { stockYogo } from "./stock-yogo.ts"

/**
 * Tests of under- and weak identification: Kleibergen and Paap's rk statistics with the equation's variance, Cragg and Donald's F with Stock and Yogo's critical
 * values, Montiel Olea and Pflueger's effective F. Finite-sample forms are ivreg2's (Baum, Schaffer and Stillman 2007, Stata Journal 7(4)), chi2 the Wald rk statistic
 * and cd the minimum eigenvalue:
 *
 * - KP F: chi2/(N - 1) (N - L - sdofminus) (G - 1)/G/L1 with clusters, else chi2/N (N - L - sdofminus - dofminus)/L1;
 * - CD F: cd (N - L - sdofminus - dofminus)/L1; two more are in use, by name: without dofminus, and fixest's, cd (N - K1 - L1 - 1)/L1.
 */
export const identificationTests = (equation: Instrumented): ReadonlyArray<Test> => {
  const { K1, L, L1, N, df2, dofminus, exact, fOf, large, moments, sdofminus } = equation
  const { df, eigenvalue, lm, wald } = rankTest(equation)
  const tabulated = stockYogo(K1, L1)
  const critical = tabulated.size[0]?.critical
  const variant = `ivreg2, ${moments.name}`
  const robust = moments.kind === "iid" ? "errors iid" : moments.name
  const craggDonald = (rows: number): number => (eigenvalue * rows) / L1
  const counted = N - L - sdofminus - dofminus
  const none = "not defined: the instruments fit a regressor exactly"
  const row = (
    name: string,
    how: string,
    statistic: number | undefined,
    degrees: readonly [number, number | undefined],
    note: string,
    value?: number
  ): Test => {
    const [df1, second] = degrees
    return {
      test: name,
      variant: how,
      statistic,
      df: df1,
      df2: second,
      pValue: statistic === undefined ? undefined : second === undefined ? chi2Upper(statistic, df1) : fUpper(statistic, df1, second),
      critical: value,
      note
    }
  }
  if (exact)
    return ["kp_rk_lm", "kp_rk_wald_f", "cragg_donald_f"].map((name) =>
      row(name, name === "cragg_donald_f" ? "errors iid" : variant, undefined, [df, undefined], none)
    )
  const size = critical === undefined ? "no critical value is tabulated" : "critical value: 10% maximal IV size"
  return [
    row(
      "kp_rk_lm",
      variant,
      lm === undefined ? undefined : lm * large,
      [df, undefined],
      lm === undefined
        ? singularNote(equation, df)
        : `under-identification, ${robust}; H0: the instruments move fewer combinations of the regressors than there are`
    ),
    row(
      "kp_rk_wald_f",
      variant,
      fOf(wald, L1),
      [L1, df2],
      wald === undefined ? singularNote(equation, df) : `weak identification, ${robust}; ${size}${moments.kind === "iid" ? "" : ", made for iid errors"}`,
      critical
    ),
    row(
      "cragg_donald_f",
      "absorbed effects counted (ivreg2's dofminus)",
      craggDonald(counted),
      [L1, counted],
      `weak identification, errors iid; ${size}${K1 === 1 ? "; fixest has it as ivf" : ""}`,
      critical
    ),
    row(
      "cragg_donald_f",
      "absorbed effects not counted",
      craggDonald(counted + dofminus),
      [L1, counted + dofminus],
      "weak identification, errors iid; too large where there are many effects"
    ),
    row(
      "cragg_donald_f",
      "fixest's cd",
      craggDonald(N - K1 - L1 - 1),
      [L1, N - K1 - L1 - 1],
      "weak identification, errors iid; N - K1 - L1 - 1 in the place of the residual degrees of freedom: no effects counted, nor exogenous regressors"
    ),
    ...stockYogoRows(equation, craggDonald(counted)),
    ...effectiveRows(equation)
  ]
}

const stockYogoRows = ({ K1, L1 }: Instrumented, statistic: number): ReadonlyArray<Test> => {
  const tabulated = stockYogo(K1, L1)
  const base = { test: "stock_yogo", statistic, df: L1, pValue: undefined }
  const rows = (values: typeof tabulated.size, what: string, table: string, missing: string): ReadonlyArray<Test> =>
    values.length === 0
      ? [{ ...base, variant: what, critical: undefined, note: missing }]
      : values.map(({ critical, maximum }) => ({
          ...base,
          variant: `${maximum}% ${what}`,
          critical,
          note: `made for the Cragg-Donald F with errors iid (Stock and Yogo 2005, table ${table}); beside the Kleibergen-Paap F it is a convention`
        }))
  const counts = `${K1} endogenous regressor${K1 === 1 ? "" : "s"} and ${L1} instrument${L1 === 1 ? "" : "s"}`
  return [
    ...rows(tabulated.size, "maximal IV size", "5.2", `not tabulated for ${counts}`),
    ...rows(
      tabulated.bias,
      "maximal IV relative bias",
      "5.1",
      L1 < K1 + 2 ? `not tabulated for ${counts}: the bias of 2SLS exists with two instruments more than regressors` : `not tabulated for ${counts}`
    )
  ]
}

const effectiveRows = (equation: Instrumented): ReadonlyArray<Test> => {
  const { K1, moments } = equation
  if (K1 > 1) return []
  const found = effectiveF(equation)
  if (found === undefined)
    return [{ test: "effective_f", variant: moments.name, statistic: undefined, df: undefined, pValue: undefined, note: singularNote(equation, equation.L1) }]
  const rows = (values: typeof found.tsls, how: string): ReadonlyArray<Test> =>
    values.map(({ critical, df, tau }) => ({
      test: "effective_f",
      variant: `tau ${Number((100 * tau).toPrecision(3))}%, ${how}`,
      statistic: found.statistic,
      df,
      pValue: undefined,
      critical,
      note: `weak identification, ${moments.name} (Montiel Olea and Pflueger 2013); instruments are weak where the bias of 2SLS exceeds tau of its worst case; df are effective ones`
    }))
  return [...rows(found.tsls, "2SLS"), ...rows(found.simplified, "simplified")]
}
