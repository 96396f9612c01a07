import type { Curve } from "../../../messages/estimates/curve.ts"
import { counted, numberText, percentText, pInWords } from "../../chart/number-text.ts"
import { addressOf } from "../../route.ts"
import { medianOf } from "./curve-choosing.ts"
import { type CurveData, kindOf } from "./curve-data.ts"

const TESTS: Readonly<Record<string, string>> = { curve_median: "median estimate", curve_significant: "share significant", curve_stouffer: "Stouffer's z" }

/** What the shown specifications come to. */
export const CurveSummary = ({ data, order }: { readonly data: CurveData; readonly order: ReadonlyArray<number> }) => {
  const shown = order.map((i) => data.specifications[i]!)
  if (shown.length === 0) return null
  const estimates = shown.map(({ estimate }) => estimate)
  const positive = estimates.filter((estimate) => estimate > 0).length
  const tested = shown.filter(({ p }) => p !== null)
  const significant = tested.filter((one) => kindOf(one, data.significance) !== "unsure").length
  const [low, high] = estimates.reduce<readonly [number, number]>(
    ([least, most], one) => [Math.min(least, one), Math.max(most, one)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  )
  return (
    <p class="estimates-curve-summary">
      <strong>
        {shown.length === data.specifications.length
          ? counted(shown.length, "specification")
          : `${shown.length} of ${counted(data.specifications.length, "specification")}`}
      </strong>
      : median <strong>{numberText(medianOf(estimates), 3)}</strong>, from {numberText(low, 3)} to {numberText(high, 3)}; {percentText(positive / shown.length)}{" "}
      positive
      {tested.length === 0 ? null : (
        <>
          , <strong>{percentText(significant / tested.length)} significant</strong> (p &lt; {data.significance})
        </>
      )}
      {tested.length === shown.length ? "" : `; ${numberText(shown.length - tested.length)} without a p value`}.
    </p>
  )
}

/** The tests of all specifications together, and what moves the estimate most. */
export const CurveTests = ({ curve: { moves, tests }, node, study }: { readonly study: string; readonly node: string; readonly curve: Curve }) => {
  const alone = moves
    .flatMap((one) => (one.with === "" && one.choice !== "(rest)" && one.share !== null ? [{ choice: one.choice, share: one.share }] : []))
    .sort((a, b) => b.share - a.share)
  return (
    <div class="estimates-curve-besides">
      {tests.length === 0 ? null : (
        <section>
          <h2>All specifications together, against resamples without an effect</h2>
          <dl class="estimates-facts">
            {tests.map(({ note, p, test }) => (
              <div key={test} title={note}>
                <dt>{TESTS[test] ?? test}</dt>
                <dd>{pInWords(p)}</dd>
              </div>
            ))}
          </dl>
          <p class="soft">
            {tests[0]!.variant} · <a href={addressOf(study, "node", [tests[0]!.node])}>the tests</a>
          </p>
        </section>
      )}
      {alone.length === 0 ? null : (
        <section>
          <h2>What moves the estimate: shares of its variance</h2>
          <dl class="estimates-moves">
            {alone.map(({ choice, share }) => (
              <div key={choice}>
                <dt>{choice}</dt>
                <dd>
                  <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="estimates-fill-rounding" width={100 * share} height={8} />
                  </svg>
                  {percentText(share)}
                </dd>
              </div>
            ))}
          </dl>
          <p class="soft">
            <a href={addressOf(study, "node", [node], { output: "choices" })}>with interactions</a>
          </p>
        </section>
      )}
    </div>
  )
}
