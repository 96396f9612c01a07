import { useSignal } from "@preact/signals"
import type { Comparison as Compared } from "../../messages/what-if.ts"
import { counted } from "../chart/number-text.ts"
import { live } from "../live.ts"
import { addressOf } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { RunNote, useRun } from "../shell/use-run.tsx"
import { useAnswer } from "../use-answer.ts"
import { MovedEstimates } from "./moved-estimates.tsx"
import { MovedRanks } from "./moved-ranks.tsx"
import { Patch } from "./patch.tsx"

const LACKS = {
  "run-of-study": "The study itself never ran: run it, so that there is something to compare with.",
  "run-of-branch": "This branch never ran.",
  "end-of-run": "Its run goes on: it is compared when that is over."
} as const

/** So many nodes are told at once. */
const NODES = 40

const sentence = ({ changed, estimates, failed, flipped, gained, lost, same }: Compared["counts"]): string => {
  const parts = [
    `${counted(changed, "node")} came out otherwise, ${same} the same`,
    failed === 0 ? "" : `${failed} failed, or could not run`,
    estimates === 0 ? "no estimate moved" : `${counted(estimates, "estimate")} moved`,
    flipped === 0 ? "" : `${flipped} changed sign`,
    lost === 0 ? "" : `${lost} lost stars`,
    gained === 0 ? "" : `${gained} gained stars`
  ]
  return `${parts.filter((one) => one !== "").join("; ")}.`
}

const Progress = ({ branch }: { readonly branch: string }) => {
  const run = [...live.value.runs.values()].find(({ studies }) => studies.includes(branch))
  if (run === undefined) return null
  const running = [...(live.value.nodes.get(branch) ?? [])].flatMap(([name, { state }]) => (state === "running" ? [name] : []))
  return (
    <p class="what-if-running" role="status">
      <progress value={run.done} max={Math.max(1, run.due)} aria-label="the run of this branch" /> {run.done} of {run.due} nodes
      {run.failures.length === 0 ? "" : `, ${run.failures.length} failed`}
      {running.length === 0 ? "" : `: ${running.slice(0, 3).join(", ")}${running.length > 3 ? " …" : ""}`}
    </p>
  )
}

const Nodes = ({ branch, nodes }: { readonly branch: string; readonly nodes: Compared["nodes"] }) => {
  const all = useSignal(false)
  return (
    <details class="what-if-differing">
      <summary>{counted(nodes.length, "node")} that differ, with their columns</summary>
      <ul>
        {nodes.slice(0, all.value ? nodes.length : NODES).map(({ change, columns, node, stage }) => (
          <li key={node}>
            <a href={addressOf(branch, "node", [node])}>{node}</a> <small class="soft">{stage}</small>{" "}
            {change === "changed" ? "" : <span class="what-if-failed">{change}</span>}{" "}
            <small>
              {columns.slice(0, 8).join(", ")}
              {columns.length > 8 ? `, and ${columns.length - 8} more` : ""}
            </small>
          </li>
        ))}
      </ul>
      {nodes.length > NODES && !all.value ? (
        <button type="button" onClick={() => (all.value = true)}>
          All {nodes.length}
        </button>
      ) : null}
    </details>
  )
}

/** Nodes that failed in the branch, with what is wrong. */
const Failures = ({ branch, nodes }: { readonly branch: string; readonly nodes: Compared["nodes"] }) => {
  const failed = nodes.filter(({ faults }) => faults.length > 0)
  return failed.length === 0 ? null : (
    <ul class="failure what-if-failures">
      {failed.map(({ faults, node }) => (
        <li key={node}>
          <a href={addressOf(branch, "node", [node])}>{node}</a> failed: {faults.join("; ")}
        </li>
      ))}
    </ul>
  )
}

/** A branch beside the study that it is of. */
export const Comparison = ({ branch }: { readonly branch: string }) => {
  const { answer: asked, failure } = useAnswer("what-if-compare", { study: branch })
  const answer = asked?.comparison?.branch.study === branch ? asked.comparison : undefined
  const readOnly = useAnswer("studies", {}, ["studies"]).answer?.readOnly ?? true
  const running = useRun(answer?.base.study ?? "")
  const asksPatch = useSignal("")
  const patch = useAnswer("what-if-branch-patch", asksPatch.value === branch ? { study: branch } : undefined, ["studies"])
  const goesOn = [...live.value.runs.values()].some(({ studies }) => studies.includes(branch))
  const links = [
    { title: "DAG", href: addressOf(branch, "graph") },
    { title: "Results", href: addressOf(branch, "results") },
    { title: "Estimates", href: addressOf(branch, "estimates") },
    { title: "Runs", href: addressOf(branch, "runs") }
  ]
  return (
    <section class="what-if-comparison card" aria-label="the branch beside the study">
      <h2>{branch.slice(branch.indexOf("@"))} beside the study</h2>
      <p class="what-if-choose">
        {links.map(({ href, title }) => (
          <a key={title} href={href}>
            {title} of the branch
          </a>
        ))}
        <button type="button" onClick={() => (asksPatch.value = branch)}>
          Show the patch
        </button>
      </p>
      {asksPatch.value !== branch ? null : patch.failure !== undefined ? (
        <FailureNote failure={patch.failure} />
      ) : patch.answer === undefined ? (
        <p class="soft">The patch is being made, and tested…</p>
      ) : (
        <Patch patch={patch.answer} />
      )}
      <Progress branch={branch} />
      {goesOn ? null : failure !== undefined ? (
        <FailureNote failure={failure} />
      ) : answer === undefined ? (
        <p class="soft">{asked?.lacks == null ? "…" : LACKS[asked.lacks]}</p>
      ) : (
        <>
          {answer.base.due === 0 ? null : (
            <div class="what-if-stale">
              {counted(answer.base.due, "node")} of the study itself {answer.base.due === 1 ? "is" : "are"} not up to date: what differs here may come of that.
              Run it, and look again:{" "}
              <button type="button" class="what-if-small" disabled={readOnly} onClick={() => void running.run([])}>
                run the study
              </button>
              <RunNote running={running} />
            </div>
          )}
          <p>{sentence(answer.counts)}</p>
          <Failures branch={branch} nodes={answer.nodes} />
          <MovedEstimates branch={branch} estimates={answer.estimates} all={answer.counts.estimates} />
          {answer.ranks.map((one) => (
            <MovedRanks key={one.node} branch={branch} ranks={one} />
          ))}
          {answer.printed.length === 0 ? null : (
            <details class="what-if-differing">
              <summary>
                {counted(answer.printed.filter(({ kind }) => kind === "table").length, "table")} and{" "}
                {counted(answer.printed.filter(({ kind }) => kind === "figure").length, "figure")} that change
              </summary>
              <ul class="what-if-printed">
                {answer.printed.map(({ node }) => (
                  <li key={node}>
                    <a href={addressOf(branch, "node", [node])}>{node}</a>
                  </li>
                ))}
              </ul>
            </details>
          )}
          <Nodes branch={branch} nodes={answer.nodes} />
          <p class="soft">
            {answer.base.study} as run {answer.base.run} left it, {answer.branch.study} as run {answer.branch.run}.
          </p>
        </>
      )}
    </section>
  )
}
