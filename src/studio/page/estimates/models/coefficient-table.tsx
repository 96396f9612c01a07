import type { Estimate } from "../../../messages/estimates/models.ts"
import { addressOf } from "../../route.ts"
import { inTable, NumberCell } from "./number-cell.tsx"

interface TableProps {
  readonly study: string
  readonly node: string
  readonly output: string
  readonly type: string
  readonly rows: ReadonlyArray<Estimate>
  readonly exact: boolean
  readonly chosen: string | undefined
  /** Tells why a standard error is what it is; undefined where the model keeps nothing of it. */
  readonly onWhy: ((term: string) => void) | undefined
}

const HEADINGS: Readonly<Record<string, string>> = { Estimates: "Coefficients", Effects: "Effects", OrderEffects: "Effects by order" }

/** The estimates of one output, equation by equation or effect by effect. */
export const CoefficientTable = ({ chosen, exact, node, onWhy, output, rows, study, type }: TableProps) => {
  const groups = [...Map.groupBy(rows, ({ of }) => of)]
  const withDf = rows.some(({ df }) => df !== null)
  const methods = [...new Set(rows.map(({ method }) => method).filter((method) => method !== ""))]
  const headings = ["term", "estimate", "std. error", withDf ? "t" : "z", ...(withDf ? ["df"] : []), "p", "interval, low", "high"]
  return (
    <section>
      <h3>{HEADINGS[type] ?? output}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="estimates-scroll" tabIndex={0} aria-label={HEADINGS[type] ?? output}>
        <table>
          <caption class="unseen">
            {HEADINGS[type] ?? output} of {node}
          </caption>
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} scope="col" class={heading === "term" ? "" : "estimates-count"}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(([of, own]) => (
            <tbody key={of}>
              {groups.length === 1 ? null : (
                <tr>
                  <th scope="rowgroup" colSpan={headings.length} class="estimates-heading">
                    {of}
                  </th>
                </tr>
              )}
              {own.map(({ df, estimate, high, low, p, row, stars, statistic, stdError, term }) => (
                <tr key={row} class={term === chosen ? "estimates-chosen" : ""}>
                  <th scope="row">
                    <a href={addressOf(study, "node", [node], { output, row: String(row), column: "estimate" })} title="its row in the artifact">
                      {term}
                    </a>
                  </th>
                  <NumberCell value={estimate} exact={exact} after={"*".repeat(stars)} />
                  {onWhy === undefined || stdError === null ? (
                    <NumberCell value={stdError} exact={exact} />
                  ) : (
                    <td class="estimates-count">
                      <button
                        type="button"
                        class="estimates-number"
                        aria-label={`${inTable(stdError, { exact })}, the standard error of ${term}: why?`}
                        onClick={() => onWhy(term)}
                      >
                        {inTable(stdError, { exact })}
                      </button>
                    </td>
                  )}
                  <NumberCell value={statistic} exact={exact} digits={4} />
                  {withDf ? <NumberCell value={df} exact={exact} digits={4} /> : null}
                  <NumberCell value={p} exact={exact} p />
                  <NumberCell value={low} exact={exact} />
                  <NumberCell value={high} exact={exact} />
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <p class="estimates-under">
        * p &lt; 0.10, ** p &lt; 0.05, *** p &lt; 0.01.{onWhy === undefined ? "" : " A click on a standard error tells why it is what it is."}
        {methods.length === 0 ? "" : ` Standard errors and intervals: ${methods.join("; ")}.`}
      </p>
    </section>
  )
}
