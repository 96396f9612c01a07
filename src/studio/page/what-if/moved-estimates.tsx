import { useSignal } from "@preact/signals"
import type { MovedEstimate } from "../../messages/what-if.ts"
import { CutMark } from "../chart/cut-mark.tsx"
import { Frame } from "../chart/frame.tsx"
import { Interval } from "../chart/interval.tsx"
import { numberText } from "../chart/number-text.ts"
import { useWidth } from "../chart/use-width.ts"
import { addressOf } from "../route.ts"
import { EstimateText } from "./estimate-text.tsx"

const CHARTED = 12
const TOLD = 25
/** Farther from the study's estimate than this, in standard errors, nothing is drawn. */
const FARTHEST = 12
/** Below this width names stand above what they are of, and a row is two lines. */
const NARROW = 560

const titleOf = ({ node, of, term }: MovedEstimate): string => `${node}: ${term}${of === "" ? "" : ` (${of})`}`

/** Those that can stand on one axis: in standard errors of the study itself, from its estimate. */
const inErrors = (estimates: ReadonlyArray<MovedEstimate>) =>
  estimates.flatMap((one) => {
    const { after, before, moved } = one
    if (moved === null || before?.estimate == null || before.error === null) return []
    const [from, unit] = [before.estimate, before.error]
    const spread = (side: typeof after) => [side?.low, side?.high].map((end) => (end == null ? undefined : (end - from) / unit))
    return [{ one, moved, before: spread(before), after: spread(after) }]
  })

/** Before and after, each with its interval, in standard errors of before. */
const Chart = ({ estimates }: { readonly estimates: ReadonlyArray<MovedEstimate> }) => {
  const rows = inErrors(estimates).slice(0, CHARTED)
  const { ref, width } = useWidth<HTMLElement>()
  if (rows.length === 0) return null
  // One that moved very far does not press the others together.
  const farthest = Math.max(3, ...rows.flatMap(({ after, before, moved }) => [moved, ...before, ...after].map((end) => Math.abs(end ?? 0))))
  const reach = Math.min(FARTHEST, farthest)
  const within = (value: number) => Math.max(-reach, Math.min(reach, value))
  return (
    <figure class="what-if-chart" ref={ref}>
      <figcaption>
        Estimates with their intervals, in standard errors of the study's own: <span class="what-if-key-before">the study</span>,{" "}
        <span class="what-if-key-after">the branch</span>
        {farthest > reach ? "; an arrowhead: it goes on beyond" : ""}
      </figcaption>
      <Frame
        label={`How ${rows.length} estimates moved, in standard errors: ${rows.map(({ moved, one }) => `${titleOf(one)} by ${numberText(moved, 3)}`).join("; ")}`}
        height={rows.length * (width < NARROW ? 52 : 26) + 60}
        x={{ kind: "number", domain: [-reach, reach], label: "standard errors from the study's estimate" }}
        y={{ kind: "names", names: rows.map(({ one }) => titleOf(one)) }}
        grid="x"
        marks={({ x, y }) => {
          const side = ([low, high]: ReadonlyArray<number | undefined>, point: number, across: number, look: string) => (
            <g class={look}>
              <Interval
                across={across}
                low={low === undefined ? undefined : x.at(within(low))}
                high={high === undefined ? undefined : x.at(within(high))}
                point={within(point) === point ? x.at(point) : undefined}
                look={look}
                hollow={look === "series-1"}
              />
              {Math.min(point, low ?? point) < -reach ? <CutMark x={x.at(-reach)} y={across} towards="left" /> : null}
              {Math.max(point, high ?? point) > reach ? <CutMark x={x.at(reach)} y={across} towards="right" /> : null}
            </g>
          )
          return rows.map(({ after, before, moved, one }, i) => (
            <g key={`${titleOf(one)} ${one.output}`}>
              {side(before, 0, y.at(i) - 4, "series-1")}
              {side(after, moved, y.at(i) + 4, "series-2")}
            </g>
          ))
        }}
      />
    </figure>
  )
}

/** Estimates side by side, the most telling first. */
export const MovedEstimates = ({
  all,
  branch,
  estimates
}: {
  readonly branch: string
  readonly estimates: ReadonlyArray<MovedEstimate>
  readonly all: number
}) => {
  const whole = useSignal(false)
  if (estimates.length === 0) return null
  const shown = whole.value ? estimates : estimates.slice(0, TOLD)
  return (
    <section aria-label="estimates that moved">
      <h3>Estimates</h3>
      <Chart estimates={estimates} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section class="what-if-rows what-if-stacked" aria-label="table of estimates" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">Term</th>
              <th scope="col" class="what-if-figure">
                The study
              </th>
              <th scope="col" class="what-if-figure">
                The branch
              </th>
              <th scope="col" class="what-if-figure">
                moved, SE
              </th>
              <th scope="col">what that means</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={`${one.node} ${one.output} ${one.term} ${one.of}`}>
                <td>
                  <a href={addressOf(branch, "node", [one.node], { output: one.output })}>{one.node}</a>
                </td>
                <td>
                  {one.term}
                  {one.of === "" ? null : <small class="soft"> {one.of}</small>}
                </td>
                <td class="what-if-figure" data-label="the study">
                  <EstimateText side={one.before} />
                </td>
                <td class="what-if-figure" data-label="the branch">
                  <EstimateText side={one.after} />
                </td>
                <td class="what-if-figure" data-label="moved, SE">
                  {numberText(one.moved, 3)}
                </td>
                <td>
                  {[
                    one.before === null ? "is new" : one.after === null ? "is gone" : "",
                    one.signFlipped ? "changed sign" : "",
                    (one.starsGained ?? 0) < 0 ? "lost stars" : (one.starsGained ?? 0) > 0 ? "gained stars" : ""
                  ]
                    .filter((word) => word !== "")
                    .join(", ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {estimates.length > TOLD && !whole.value ? (
        <button type="button" onClick={() => (whole.value = true)}>
          {all > estimates.length ? `The first ${estimates.length} of ${all}` : `All ${all}`}
        </button>
      ) : all > shown.length ? (
        <p class="soft">
          {all - shown.length} more moved: <code>sediment diff</code> tells all of them.
        </p>
      ) : null}
    </section>
  )
}
