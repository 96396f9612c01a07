import type { Model } from "../../../messages/estimates/models.ts"
import { numberText } from "../../chart/number-text.ts"
import { addressOf } from "../../route.ts"
import { NumberCell } from "./number-cell.tsx"

interface TestsProps {
  readonly study: string
  readonly node: string
  readonly output: string
  readonly rows: Model["tests"][number]["rows"]
  readonly exact: boolean
}

/** The tests that a model makes of itself. */
export const TestsTable = ({ exact, node, output, rows, study }: TestsProps) =>
  rows.length === 0 ? null : (
    <section>
      <h3>Tests</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="estimates-scroll" tabIndex={0} aria-label="tests">
        <table>
          <thead>
            <tr>
              {["test", "statistic", "df", "p", "critical", "what it is"].map((head) => (
                <th key={head} scope="col" class={head === "test" || head === "what it is" ? "" : "estimates-count"}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ critical, df, df2, note, p, row, statistic, test, variant }, i) => (
              <tr key={row}>
                <th scope="row">
                  <a href={addressOf(study, "node", [node], { output, row: String(row) })}>{test}</a>
                  {variant === "" ? null : <span class="estimates-variant">{variant}</span>}
                </th>
                <NumberCell value={statistic} exact={exact} />
                <td class="estimates-count">{[df, df2].flatMap((one) => (one === null ? [] : [numberText(one)])).join(", ")}</td>
                <NumberCell value={p} exact={exact} p />
                <NumberCell value={critical} exact={exact} />
                <td class="estimates-note">{note === rows[i - 1]?.note ? "〃" : note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
