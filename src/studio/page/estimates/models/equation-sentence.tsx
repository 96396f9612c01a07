import type { Equation, Estimate } from "../../../messages/estimates/models.ts"
import { numberText } from "../../chart/number-text.ts"

const constantLast = (terms: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...terms.filter((term) => !term.startsWith("(")),
  ...terms.filter((term) => term.startsWith("(")).map((term) => term.slice(1, -1))
]
/** Parameters of the errors and of space, which are no regressors. */
const PARAMETER = /^(?:rho|lambda|phi|sigma2?(?:_\w+)?)$/

/** An equation in words: what is regressed on what, how, on which rows, and how its standard errors are made. */
export const EquationSentence = ({ equation, rows }: { readonly equation: Equation; readonly rows: ReadonlyArray<Estimate> }) => {
  const { dependent, equation: name, model, nobs, sample, smallSample, variance } = equation
  const regressors = constantLast(rows.map(({ term }) => term).filter((term) => !PARAMETER.test(term)))
  return (
    <p class="estimates-equation">
      {name === dependent ? null : <span class="soft">{name}: </span>}
      <strong>{dependent}</strong> = {regressors.length === 0 ? "…" : regressors.join(" + ")}
      <br />
      <span class="soft">
        {model}; {nobs === null ? "" : `${numberText(nobs)} observations`}
        {sample === "" || sample === "all" ? "" : `, sample ${sample}`}; standard errors: {variance}
        {smallSample === "" ? "" : ` (${smallSample})`}
      </span>
    </p>
  )
}
