import { live } from "../../live.ts"
import { addressOf } from "../../route.ts"
import { count, moment } from "../../wording.ts"

/** The layers that are being laid down now: runs of the study or of a branch of it. They become strata once something of them is kept. */
export const Underway = ({ study }: { readonly study: string }) => (
  <>
    {[...live.value.runs.values()]
      .filter(({ studies }) => studies.some((one) => one === study || one.startsWith(`${study}@`)))
      .map(({ at, done, due, failures, run, running }) => (
        <div key={run} class="time-underway">
          <p>
            <strong>A run goes on</strong>, since {moment(at)}: {done} of {count(due, "node")} done
            {failures.length === 0 ? "" : `, ${failures.length} failed`}
            {running.length === 0
              ? ""
              : `; ${running[0]!.node}${running.length > 1 ? ` and ${running.length - 1} more` : ""} ${running.length > 1 ? "run" : "runs"}`}
            . <a href={addressOf(study, "graph")}>See it in the DAG</a>
          </p>
          <progress max={Math.max(1, due)} value={done} aria-label="nodes that are done" />
        </div>
      ))}
  </>
)
