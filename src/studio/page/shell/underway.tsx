import { useSignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { dismissEnded, live, mended } from "../live.ts"
import type { EndedRun, LiveRun } from "../live-runs.ts"
import { useAnswer } from "../use-answer.ts"
import { duration } from "../wording.ts"
import { elapsed, useServerNow } from "./elapsed.ts"
import { FailedNodes, RunCard } from "./run-card.tsx"

/** What ended well is told for so long. */
const TOLD_MS = 6000

const nodes = (n: number): string => (n === 1 ? "1 node" : `${n} nodes`)

const outcomeOf = ({ done, due, failures, ms, outcome }: EndedRun): string =>
  outcome === "ok"
    ? `${nodes(done)} done in ${duration(ms)}`
    : outcome === "killed"
      ? `the run was killed, ${done} of ${due} done`
      : outcome === "interrupted"
        ? `cancelled, ${done} of ${due} done: what ran is kept`
        : `${nodes(failures.length)} failed, in ${duration(ms)}`

/** What runs now, in the width that there is: one by name, the others by number. */
const runningOf = ({ running }: LiveRun): string => {
  const [first] = running
  return first === undefined ? "" : running.length === 1 ? first.node : `${first.node} +${running.length - 1}`
}

const Going = ({ more, run }: { readonly run: LiveRun; readonly more: number }) => {
  const now = useServerNow()
  return (
    <>
      <progress value={run.done} max={Math.max(1, run.due)} aria-hidden="true" />
      <span class="underway-count">
        {run.done}/{run.due}
      </span>
      <span class="underway-node">{runningOf(run)}</span>
      <span class="underway-time">{elapsed(now - run.at)}</span>
      {more > 0 ? <span>+{more}</span> : null}
    </>
  )
}

/** Looks whether a node that failed still has: an edit may have been taken back, or another run have mended it. */
const StillFailed = ({ node, study }: { readonly study: string; readonly node: string }) => {
  const { answer, asking } = useAnswer("graph-node", { study, node })
  const isMended = !asking && answer !== undefined && answer.state !== "failed"
  useEffect(() => {
    if (isMended) mended(study, node)
  }, [isMended, study, node])
  return null
}

/** What goes on, beside every view: how far runs are, what runs now, and how the last one ended. */
export const Underway = ({ readOnly, study }: { readonly study: string; readonly readOnly: boolean }) => {
  const open = useSignal(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const whole = useRef<HTMLDivElement>(null)
  const { ended, runs } = live.value
  // That of the study which is looked at comes first.
  const going = [...runs.values()].sort((a, b) => Number(b.studies.includes(study)) - Number(a.studies.includes(study)) || a.at - b.at)
  const [first] = going
  const isBad = ended?.outcome === "failed" || ended?.outcome === "killed"
  useEffect(() => {
    if (ended === undefined || isBad) return
    const timer = setTimeout(dismissEnded, TOLD_MS)
    return () => clearTimeout(timer)
  }, [ended, isBad])
  const isOpen = open.value && (first !== undefined || isBad)
  useEffect(() => {
    if (!isOpen) return
    const close = (event: Event) => {
      const isWithin = whole.current?.contains(event.target as Node) === true
      if (event instanceof KeyboardEvent ? event.key !== "Escape" : isWithin) return
      open.value = false
      if (event instanceof KeyboardEvent) toggle.current?.focus()
    }
    addEventListener("keydown", close)
    const leave = () => {
      open.value = false
    }
    addEventListener("pointerdown", close)
    addEventListener("hashchange", leave)
    return () => {
      removeEventListener("keydown", close)
      removeEventListener("pointerdown", close)
      removeEventListener("hashchange", leave)
    }
  }, [isOpen, open])
  return (
    <div class="underway" ref={whole}>
      <p class="unseen" role="status">
        {first !== undefined ? `a run of ${first.studies.join(", ")} goes on` : ended === undefined ? "" : outcomeOf(ended)}
      </p>
      {ended?.outcome !== "failed" || first !== undefined
        ? null
        : ended.failures.slice(0, 1).map((one) => <StillFailed key={`${ended.run} ${one.study} ${one.node}`} study={one.study} node={one.node} />)}
      {first !== undefined ? (
        <button
          ref={toggle}
          type="button"
          class="underway-toggle"
          aria-expanded={isOpen}
          onClick={() => {
            open.value = !open.value
          }}
        >
          <span class="unseen">run of {first.studies.join(", ")}</span>
          <Going run={first} more={going.length - 1} />
        </button>
      ) : ended === undefined ? null : isBad ? (
        <span class="underway-ended bad">
          <button
            ref={toggle}
            type="button"
            class="underway-toggle bad"
            aria-expanded={isOpen}
            onClick={() => {
              open.value = !open.value
            }}
          >
            {outcomeOf(ended)}
          </button>
          <button type="button" class="underway-dismiss" aria-label="seen" onClick={dismissEnded}>
            ×
          </button>
        </span>
      ) : (
        <span class={`underway-ended ${ended.outcome === "ok" ? "well" : "cancelled"}`}>{outcomeOf(ended)}</span>
      )}
      {isOpen ? (
        <div class="underway-panel">
          {going.map((run) => (
            <RunCard key={run.run} run={run} readOnly={readOnly} />
          ))}
          {first === undefined && ended !== undefined ? (
            <section class="underway-run">
              <h2>{ended.studies.join(", ")}</h2>
              <p class="soft">{outcomeOf(ended)}</p>
              <FailedNodes failures={ended.failures} />
            </section>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
