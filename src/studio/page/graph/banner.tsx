import type { StudyGraph } from "../../messages/graph.ts"
import { count } from "../wording.ts"
import type { AskFor } from "./asked.ts"
import { countStates, countsInWords, type State } from "./states.ts"

interface BannerProps {
  readonly graph: StudyGraph
  /** How nodes and files stand now. */
  readonly states: ReadonlyArray<State>
  readonly disturbed: boolean
  /** A run goes on: what it would cost is no longer the question. */
  readonly goesOn: boolean
  /** Something was edited while one looked. */
  readonly justNow: boolean
  /** A panel is open: on a phone there is no room for both. */
  readonly besidePanel: boolean
  readonly askFor: AskFor
}

/** What was edited, and what that disturbs. */
export const Banner = ({ askFor, besidePanel, disturbed, goesOn, graph, justNow, states }: BannerProps) => {
  const { cannot, cost, edits, faults, fresh, skipped, stale, unknown } = graph.disturbed
  const failed = graph.nodes.filter(({ state }) => state === "failed").length
  if (stale + unknown + skipped + cannot === 0) return null
  const parts = goesOn
    ? [countsInWords(countStates(states.slice(0, graph.nodes.length)))]
    : [
        ...(stale === 0 && cannot > 0 ? [] : [`${count(stale, "node")} stale${failed === 0 || stale === 0 ? "" : ` (${failed} failed last time)`}`]),
        ...(unknown === 0 ? [] : [`${unknown} may be cut off`]),
        ...(cannot === 0 ? [] : [`${stale === 0 ? count(cannot, "node") : cannot} cannot run`]),
        ...(skipped === 0 ? [] : [`${skipped} skipped`]),
        `${fresh} fresh`
      ]
  const [first, ...more] = edits
  return (
    <section class={`graph-banner${justNow ? " graph-just-now" : ""}${besidePanel ? " graph-beside-panel" : ""}`} aria-label="what an edit disturbs">
      <div role="status">
        <p class="graph-edit">
          {first ?? "Something was disturbed"}
          {more.length === 0 ? null : (
            <details>
              <summary>and {more.length} more</summary>
              <ul>
                {more.map((edit) => (
                  <li key={edit}>{edit}</li>
                ))}
              </ul>
            </details>
          )}
        </p>
        <p>
          <strong>{parts.join(" · ")}</strong>
          {cost === undefined || goesOn ? null : <span class="soft"> {cost}</span>}
        </p>
        {faults.map((fault) => (
          <p key={fault} class="graph-cannot">
            {fault}
          </p>
        ))}
      </div>
      <button type="button" aria-pressed={disturbed} onClick={() => askFor({ disturbed: !disturbed }, "replace")}>
        {disturbed ? "Show all" : "Show only these"}
      </button>
    </section>
  )
}
