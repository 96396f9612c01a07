import { useSignal } from "@preact/signals"
import type { MovedEstimate, RunDiff } from "../../../messages/time/run-diff.ts"
import { addressOf } from "../../route.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { count } from "../../wording.ts"
import { outputName } from "../words.ts"
import { MovedAxis, MovedLegend, MovedMark, scaleOf } from "./moved-mark.tsx"
import { Pager } from "./pager.tsx"
import { type Pair, pairQuery } from "./pair.ts"

const SHOWN = 20

const summary = ({ came, differ, flipped, gained, lost, went }: RunDiff["estimates"]): string => {
  const told = [
    [flipped, "changed sign"],
    [lost, "lost stars"],
    [gained, "gained stars"],
    [came, "new"],
    [went, "gone"]
  ].flatMap(([n, words]) => (n === 0 ? [] : [`${n} ${words}`]))
  return `${differ} differ${told.length === 0 ? "; no sign and no star" : `: ${told.join(", ")}`}`
}

const movedInWords = ({ moved }: MovedEstimate): string =>
  moved === null ? "" : moved === 0 ? "not at all" : Math.abs(moved) < 0.0005 ? "<0.001 SE" : `${moved.toFixed(3)} SE`

interface Props {
  readonly pair: Pair
  readonly diff: RunDiff
  readonly edit: number | undefined
}

/** Estimates before and after with their intervals, in standard errors of before, so that unlike ones stand on one scale; each leads to its path. */
export const EstimatesMoved = ({ diff, edit, pair }: Props) => {
  const by = useSignal<"importance" | "moved">("importance")
  const start = useSignal(0)
  const asked = { ...pair, ...(edit === undefined ? {} : { edit }), by: by.value, start: start.value, count: SHOWN }
  const { answer, failure } = useAnswer("run-diff-estimates", asked, ["store"])
  if (diff.estimates.differ === 0) return null
  const scale = scaleOf(answer?.estimates ?? [])
  return (
    <section aria-labelledby="time-estimates-title">
      <h2 id="time-estimates-title">Estimates</h2>
      <p class="time-section-head">
        <span>
          {edit === undefined
            ? summary(diff.estimates)
            : `${count(answer?.total ?? 0, "estimate")} ${answer?.total === 1 ? "rests" : "rest"} on edit ${edit + 1}`}
        </span>
        <MovedLegend />
        <label>
          first{" "}
          <select
            value={by.value}
            onChange={(event) => {
              by.value = event.currentTarget.value === "moved" ? "moved" : "importance"
              start.value = 0
            }}
          >
            <option value="importance">what is printed, and matters most</option>
            <option value="moved">what moved most</option>
          </select>
        </label>
      </p>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      <table class="time-moved">
        <thead>
          <tr>
            <th scope="col">estimate</th>
            <th scope="col">before</th>
            <th scope="col">after</th>
            <th scope="col" class="time-moved-chart">
              <span class="unseen">before and after with their intervals, </span>in standard errors of before
              <MovedAxis scale={scale} />
            </th>
            <th scope="col">moved by</th>
          </tr>
        </thead>
        <tbody>
          {answer?.estimates.map((one) => (
            <tr key={`${one.node} ${one.output} ${one.of}`}>
              <th scope="row">
                <a
                  href={addressOf(pair.study, "runs", [], { ...pairQuery(pair), node: one.node, output: one.output, of: one.of })}
                  aria-label={`the path to ${one.of} of ${one.node}`}
                >
                  {one.of}
                </a>
                <span class="soft"> {outputName(one.node, one.output === "coefficients" ? "output" : one.output)}</span>
                {one.remark === "" ? null : <strong class="time-remark">{one.remark}</strong>}
              </th>
              <td class="time-number" data-label="before">
                {one.beforeText}
              </td>
              <td class="time-number" data-label="after">
                {one.afterText}
              </td>
              <td class="time-moved-chart">
                <MovedMark one={one} scale={scale} />
              </td>
              <td class="time-number" data-label="moved by">
                {movedInWords(one)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager start={start} count={SHOWN} total={answer?.total ?? 0} what="estimates" />
    </section>
  )
}
