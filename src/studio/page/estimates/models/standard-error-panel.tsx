import { useLayoutEffect, useRef } from "preact/hooks"
import type { Convention } from "../../../messages/estimates/models.ts"
import { numberText, pInWords } from "../../chart/number-text.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"

const ConventionRow = ({ convention, told }: { readonly convention: Convention; readonly told: boolean }) => {
  const { chosen, clusters, df, note, p, smallSample, software, stdError, statistic, variance } = convention
  return (
    <li class={chosen ? "estimates-chosen" : ""}>
      <div class="estimates-convention">
        <span>
          {variance}, {smallSample}
          {chosen ? <strong> (the model's)</strong> : null}
        </span>
        <strong class="estimates-count">{stdError === null ? "none" : numberText(stdError, 5)}</strong>
      </div>
      <div class="soft">
        {statistic === null ? "" : `${df === null ? "z" : "t"} = ${numberText(statistic, 4)}, ${pInWords(p)}`}
        {clusters === null ? "" : `, ${clusters} clusters`}
        {software === "" ? null : <div>{software}</div>}
        {note === "" || told ? null : <div>{note}</div>}
      </div>
    </li>
  )
}

interface PanelProps {
  readonly study: string
  readonly node: string
  readonly term: string
  readonly onClose: () => void
}

/** Why a standard error is what it is, and what it would be under every convention of Stata's and R's commands. */
export const StandardErrorPanel = ({ node, onClose, study, term }: PanelProps) => {
  const { answer, failure } = useAnswer("estimates-standard-errors", { study, node, term })
  const heading = useRef<HTMLHeadingElement>(null)
  const there = answer !== undefined
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [there])
  return (
    <aside
      class="estimates-panel"
      aria-label="why this standard error"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose()
      }}
    >
      <button type="button" class="estimates-close" onClick={onClose} aria-label="close">
        ×
      </button>
      <h3 ref={heading} tabIndex={-1}>
        Standard error of {term}
      </h3>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer?.equations.map(({ beside, conventions, equation, told }) => (
        <section key={equation}>
          {told.map((sentence, i) => (
            <p key={sentence} class={i < 2 ? "" : "estimates-formula"}>
              {sentence}
            </p>
          ))}
          <h4>{beside.replace(" (* is the model's own)", "")}</h4>
          <ul class="estimates-conventions">
            {conventions.map((convention, i) => (
              <ConventionRow
                key={`${convention.variance} ${convention.smallSample}`}
                convention={convention}
                told={conventions.findIndex(({ note }) => note === convention.note) < i}
              />
            ))}
          </ul>
        </section>
      ))}
    </aside>
  )
}
