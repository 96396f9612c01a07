import type { Equation } from "../../../messages/estimates/models.ts"
import { inTable } from "./number-cell.tsx"

const NAMES: Readonly<Record<string, string>> = {
  r_squared: "R²",
  r_squared_adjusted: "R², adjusted",
  r_squared_within: "R², within",
  r_squared_within_two_way: "R², within both effects",
  r_squared_overall: "R², overall",
  df_residual: "residual degrees of freedom",
  log_lik: "log likelihood",
  aic: "AIC",
  bic: "BIC",
  f_statistic: "F",
  f_df1: "F, first df",
  f_df2: "F, second df",
  f_p_value: "F, p"
}
const named = (name: string): string => NAMES[name] ?? name.replaceAll("_", " ")

/** What the glance tells of each equation's fit. */
export const FitFacts = ({ equations, exact }: { readonly equations: ReadonlyArray<Equation>; readonly exact: boolean }) => {
  const names = [...new Set(equations.flatMap(({ fit }) => fit.map(({ name }) => name)))]
  if (equations.length === 0) return null
  return (
    <section>
      <h3>Fit</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="estimates-scroll" tabIndex={0} aria-label="fit">
        <table>
          <thead>
            <tr>
              <td />
              {equations.map(({ equation }) => (
                <th key={equation} scope="col" class="estimates-count">
                  {equation}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">N</th>
              {equations.map(({ equation, nobs }) => (
                <td key={equation} class="estimates-count">
                  {nobs}
                </td>
              ))}
            </tr>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{named(name)}</th>
                {equations.map(({ equation, fit }) => {
                  const fact = fit.find((one) => one.name === name)
                  return (
                    <td key={equation} class="estimates-count" title={fact?.description ?? ""}>
                      {fact === undefined ? "" : typeof fact.value === "number" ? inTable(fact.value, { exact }) : fact.value}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
