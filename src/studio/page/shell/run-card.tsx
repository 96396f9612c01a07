import type { LiveRun } from "../live-runs.ts"
import { addressOf } from "../route.ts"
import { CancelRun } from "./cancel-run.tsx"
import { elapsed, useServerNow } from "./elapsed.ts"

/** So many nodes are told by name. */
const NAMED = 6

export const FailedNodes = ({ failures }: { readonly failures: LiveRun["failures"] }) => (
  <ul class="underway-failures">
    {failures.slice(0, NAMED).map(({ faults, node, study }) => (
      <li key={`${study}:${node}`}>
        <a href={addressOf(study, "graph", [], { node })}>{node}</a> failed: {faults.map(({ message }) => message).join("; ")}
      </li>
    ))}
    {failures.length > NAMED ? <li>and {failures.length - NAMED} more</li> : null}
  </ul>
)

/** All that there is to tell of a run that goes on. */
export const RunCard = ({ readOnly, run }: { readonly run: LiveRun; readonly readOnly: boolean }) => {
  const now = useServerNow()
  const { at, command, done, due, failures, fromHere, running, studies } = run
  return (
    <section class="underway-run">
      <h2>{studies.join(", ")}</h2>
      <p class="soft">
        {done} of {due} done, {elapsed(now - at)} so far; {fromHere ? "started here" : <code>{command.join(" ")}</code>}
      </p>
      <progress value={done} max={Math.max(1, due)} aria-label={`run of ${studies.join(", ")}`} />
      {running.length === 0 ? null : (
        <ul class="underway-running">
          {running.slice(0, NAMED).map(({ at: since, attempts, node, study }) => (
            <li key={`${study}:${node}`}>
              <a href={addressOf(study, "graph", [], { node })}>{node}</a>
              <span class="soft">
                {attempts > 1 ? `attempt ${attempts}, ` : ""}
                {elapsed(now - since)}
              </span>
            </li>
          ))}
          {running.length > NAMED ? <li>and {running.length - NAMED} more</li> : null}
        </ul>
      )}
      {failures.length === 0 ? null : <FailedNodes failures={failures} />}
      {readOnly ? null : <CancelRun run={run} />}
    </section>
  )
}
