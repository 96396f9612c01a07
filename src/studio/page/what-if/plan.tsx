import type { DraftPlan } from "../../messages/what-if.ts"
import { counted, numberText } from "../chart/number-text.ts"

/** So many nodes of a plan are named at once. */
const SHOWN = 60

const DOES = { stale: "runs", unknown: "may run", blocked: "cannot run" }

/** What a run of a draft would do. */
export const Plan = ({ command, plan }: { readonly plan: DraftPlan; readonly command: string | null }) => {
  const { cost, fresh, hindrances, nodes } = plan
  const blocked = nodes.filter(({ state }) => state === "blocked").length
  return (
    <div class="what-if-plan">
      <p role="status">
        {nodes.length === 0 ? "Nothing has to run: what it comes to is known already." : cost === "" ? "" : `${cost}.`}{" "}
        <span class="soft">
          {counted(fresh, "node")} {fresh === 1 ? "is" : "are"} there already, of the study or of an earlier what-if.
        </span>
      </p>
      {blocked === 0 ? null : (
        <div class="failure" role="alert">
          <p>{counted(blocked, "node")} cannot run:</p>
          <ul>
            {hindrances.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      {nodes.length === 0 ? null : (
        <details>
          <summary>Which nodes</summary>
          <ul>
            {nodes.slice(0, SHOWN).map(({ ms, node, state, why }) => (
              <li key={node}>
                <strong>{node}</strong> <span class={`what-if-${state}`}>{DOES[state]}</span>
                {ms === null ? "" : `, about ${numberText(ms, 2)} ms`} <small class="soft">{why}</small>
              </li>
            ))}
            {nodes.length > SHOWN ? <li>and {nodes.length - SHOWN} more</li> : null}
          </ul>
        </details>
      )}
      {command === null ? null : (
        <details>
          <summary>The same in a terminal</summary>
          <code class="what-if-command">{command}</code>
        </details>
      )}
    </div>
  )
}
