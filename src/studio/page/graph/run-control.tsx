import type { Answer } from "../../messages/questions.ts"
import { count } from "../wording.ts"
import type { AskFor } from "./asked.ts"
import { duration } from "./wording.ts"

/** What a run would do that is asked about before it is started. */
export const DryRunNote = ({ askFor, dry, answer }: { readonly askFor: AskFor; readonly dry: string; readonly answer: Answer<"dry-run"> }) => {
  const of = (state: Answer<"dry-run">["nodes"][number]["state"]) => answer.nodes.filter((node) => node.state === state).length
  const { ms, untimed, upTo } = answer.estimate
  const parts = [
    `${count(of("stale"), "node")} would run`,
    ...(of("unknown") === 0 ? [] : [`up to ${of("unknown")} more may follow`]),
    ...(of("blocked") === 0 ? [] : [`${of("blocked")} cannot run`]),
    ...(of("skipped") === 0 ? [] : [`${of("skipped")} would be skipped`]),
    `${answer.fresh} fresh`
  ]
  const unknown = untimed.stale + untimed.unknown
  const time = upTo === 0 ? "" : `about ${duration(ms)} of work${upTo > ms ? `, ${duration(upTo)} at the most` : ""}`
  return (
    <section class="graph-banner graph-dry" aria-label="dry run">
      <div role="status">
        <p class="graph-edit">Dry run of {dry === "" ? "all" : dry}: nothing is changed by it</p>
        <p>
          <strong>{answer.nodes.length === 0 ? "Nothing would run: all of it is fresh" : parts.join(" · ")}</strong>
          <span class="soft">
            {" "}
            {[...(time === "" ? [] : [time]), ...(unknown === 0 ? [] : [`${count(unknown, "node")} of which nothing like it has run`])].join(", and ")}
          </span>
        </p>
        {answer.faults.map((fault) => (
          <p key={fault} class="graph-cannot">
            {fault}
          </p>
        ))}
      </div>
      <button type="button" onClick={() => askFor({ dry: undefined }, "replace")}>
        Close the dry run
      </button>
    </section>
  )
}
