import { useLayoutEffect, useRef } from "preact/hooks"
import { numberText, pValueText } from "../../chart/number-text.ts"
import { addressOf } from "../../route.ts"
import { exact } from "../exact.ts"
import type { CurveData, Specification } from "./curve-data.ts"

interface PanelProps {
  readonly study: string
  readonly data: CurveData
  readonly one: Specification
  readonly onClose: () => void
}

/** What was chosen for a specification, what came of it, and what that changed against the reference. */
export const CurvePanel = ({ data, onClose, one, study }: PanelProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [one])
  const reference = data.preferred === null ? undefined : data.specifications[data.preferred]
  const isReference = reference === one
  const changed = data.choices.filter((_, c) => reference !== undefined && reference.options[c] !== one.options[c]).length
  const rank = 1 + data.specifications.filter(({ estimate }) => estimate < one.estimate).length
  return (
    <aside
      class="estimates-panel"
      aria-label="the specification"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose()
      }}
    >
      <button type="button" class="estimates-close" onClick={onClose} aria-label="close">
        ×
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {one.term}: {numberText(one.estimate, 4)}
      </h2>
      <p class="soft">
        {one.name} · {rank} of {data.specifications.length} from below
      </p>
      <dl class="estimates-facts">
        <div>
          <dt>estimate</dt>
          <dd>
            <strong class="estimates-exact">{exact(one.estimate)}</strong>
          </dd>
        </div>
        {one.stdError === null ? null : (
          <div>
            <dt>standard error</dt>
            <dd>{exact(one.stdError)}</dd>
          </div>
        )}
        <div>
          <dt>p</dt>
          <dd>{pValueText(one.p) || "not told"}</dd>
        </div>
        {one.low === null || one.high === null ? null : (
          <div>
            <dt>interval</dt>
            <dd>
              {numberText(one.low, 4)} to {numberText(one.high, 4)}
            </dd>
          </div>
        )}
        {one.nobs === null ? null : (
          <div>
            <dt>N</dt>
            <dd>{numberText(one.nobs)}</dd>
          </div>
        )}
      </dl>
      <h3>
        {isReference
          ? `The reference: ${data.reference}`
          : `What changed against the reference: ${changed === 0 ? "nothing" : `${changed} of ${data.choices.length} choices`}`}
      </h3>
      <dl class="estimates-facts estimates-chosen-options">
        {data.choices.map(({ choice, options }, c) => {
          const before = reference?.options[c]
          const differs = before !== undefined && before !== one.options[c]
          return (
            <div key={choice} class={differs ? "estimates-changed" : ""}>
              <dt>{choice}</dt>
              <dd>
                {differs ? <span class="soft">{options[before] ?? "–"} → </span> : null}
                <strong>{options[one.options[c]!] ?? "–"}</strong>
              </dd>
            </div>
          )
        })}
      </dl>
      {isReference || reference === undefined ? null : (
        <p>
          The reference has {numberText(reference.estimate, 4)}: this one is {numberText(Math.abs(one.estimate - reference.estimate), 3)}{" "}
          {one.estimate < reference.estimate ? "below" : "above"} it
          {reference.stdError === null ? "" : `, ${numberText(Math.abs(one.estimate - reference.estimate) / reference.stdError, 3)} of its standard errors`}.
        </p>
      )}
      <ul class="estimates-ways">
        {one.node === "" ? null : (
          <>
            <li>
              <a href={addressOf(study, "estimates", [one.node])}>the model</a>
            </li>
            <li>
              <a href={addressOf(study, "graph", [], { node: one.node })}>in the DAG</a>
            </li>
            <li>
              <a href={addressOf(study, "what-if", [], { node: one.node })}>what if it were otherwise</a>
            </li>
          </>
        )}
        <li>
          <a href={addressOf(study, "node", [one.artifact.node], { output: one.artifact.output, row: String(one.artifact.row), column: "estimate" })}>
            its row in the artifact
          </a>
        </li>
      </ul>
    </aside>
  )
}
