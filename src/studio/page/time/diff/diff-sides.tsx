import type { RunDiff, Side } from "../../../messages/time/run-diff.ts"
import { addressOf } from "../../route.ts"
import { moment } from "../../wording.ts"
import { OutcomeMark, outcomeWords } from "../strata/outcome.tsx"

const SideCard = ({ side, study, title }: { readonly title: string; readonly side: Side; readonly study: string }) => (
  <div class="time-side">
    <span class="time-side-title">{title}</span>
    <a href={addressOf(study, "runs", ["run", side.run], side.study === study ? {} : { study: side.study })}>{moment(side.at)}</a>{" "}
    <OutcomeMark outcome={side.outcome} /> {side.tag === undefined ? null : <span class="time-tag">{side.tag}</span>}
    {side.study === study ? null : <span class="time-branch">{side.study.slice(side.study.indexOf("@"))}</span>}
    <div class="soft time-side-command">
      <code title={side.command}>{side.shortCommand}</code>
      {side.variant === "" ? "" : ` · ${side.variant}`}
    </div>
  </div>
)

/** The two runs, and which were passed over. */
export const DiffSides = ({ diff, study }: { readonly diff: RunDiff; readonly study: string }) => (
  <>
    <div class="time-sides">
      <SideCard title="before" side={diff.from} study={study} />
      <span class="time-arrow" aria-hidden="true">
        →
      </span>
      <SideCard title="after" side={diff.to} study={study} />
      <a class="time-swap" href={addressOf(study, "runs", [], { from: diff.to.reference, to: diff.from.reference })}>
        the other way round
      </a>
    </div>
    {diff.passedOver.length === 0 ? null : (
      <p class="soft">
        Passed over, since {diff.passedOver.length === 1 ? "it" : "they"} did not come out well:{" "}
        {diff.passedOver.slice(0, 3).map((side, i) => (
          <span key={side.run}>
            {i === 0 ? "" : ", "}
            <a href={addressOf(study, "runs", [], { from: diff.from.reference, to: side.reference })}>{moment(side.at)}</a> ({outcomeWords[side.outcome]})
          </span>
        ))}
        {diff.passedOver.length > 3 ? ` and ${diff.passedOver.length - 3} more` : ""}.
      </p>
    )}
  </>
)
