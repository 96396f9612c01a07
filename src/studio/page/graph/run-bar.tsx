import { useSignal } from "@preact/signals"
import type { Answer } from "../../messages/questions.ts"
import { AskFailure, ask } from "../ask.ts"
import { dismissEnded, live } from "../live.ts"
import { FailureNote } from "../shell/failure.tsx"
import type { AskFor } from "./asked.ts"
import { count, duration } from "./wording.ts"

const asFailure = (error: unknown): AskFailure => (error instanceof AskFailure ? error : new AskFailure(0, [{ code: "page", message: String(error) }]))

/** Starts a run of some nodes, or of all: what is wrong is told where it was asked for. */
export const useRun = (study: string) => {
  const failure = useSignal<AskFailure | undefined>(undefined)
  const note = useSignal("")
  const asking = useSignal(false)
  const run = async (nodes: ReadonlyArray<string>) => {
    asking.value = true
    failure.value = undefined
    note.value = ""
    try {
      const { state } = await ask("run", { study, nodes })
      if (state === "nothing-to-do") note.value = "Nothing is to be done: all of it is fresh."
    } catch (error) {
      failure.value = asFailure(error)
    }
    asking.value = false
  }
  const cancel = async (name: string) => {
    try {
      await ask("cancel", { run: name })
    } catch (error) {
      failure.value = asFailure(error)
    }
  }
  return { run, cancel, failure: failure.value, note: note.value, asking: asking.value }
}
export type Running = ReturnType<typeof useRun>

/** The runs of a study that go on, how far they are, and how the last one ended. */
export const RunBar = ({ running, study, readOnly }: { readonly running: Running; readonly study: string; readonly readOnly: boolean }) => {
  const { ended, runs } = live.value
  const own = [...runs.values()].filter(({ studies }) => studies.includes(study))
  const last = ended?.studies.includes(study) === true ? ended : undefined
  return (
    <div class="graph-runs">
      {running.failure === undefined ? null : <FailureNote failure={running.failure} />}
      {running.note === "" ? null : <p role="status">{running.note}</p>}
      {own.map(({ canBeEnded, done, due, failed, fromHere, run }) => (
        <p key={run} class="graph-run">
          <span role="status">
            <strong>Running</strong>
            {fromHere ? "" : " (started elsewhere)"}: {done} of {due}
            {failed === 0 ? "" : `, ${failed} failed`}
          </span>
          <progress aria-label="how far the run is" max={Math.max(1, due)} value={done} />
          {canBeEnded && !readOnly ? (
            <button type="button" onClick={() => void running.cancel(run)}>
              Cancel
            </button>
          ) : null}
        </p>
      ))}
      {last === undefined ? null : (
        <p class={`graph-run graph-ended-${last.outcome}`}>
          <span role="status">
            The run{" "}
            {last.outcome === "ok"
              ? "is over"
              : last.outcome === "failed"
                ? `ended: ${count(last.failed, "node")} failed`
                : last.outcome === "killed"
                  ? "was killed"
                  : "was cancelled"}
            : {count(last.done, "node")} settled in {duration(last.ms)}
          </span>
          <button type="button" onClick={dismissEnded}>
            Close
          </button>
        </p>
      )}
    </div>
  )
}

/** What a run would do that is asked about before it is started. */
export const DryRunNote = ({ askFor, dry, answer }: { readonly askFor: AskFor; readonly dry: string; readonly answer: Answer<"dry-run"> }) => {
  const of = (state: "stale" | "unknown" | "skipped") => answer.nodes.filter((node) => node.state === state).length
  const { ms, untimed, upTo } = answer.estimate
  const parts = [
    `${count(of("stale"), "node")} would run`,
    ...(of("unknown") === 0 ? [] : [`up to ${of("unknown")} more may follow`]),
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
      </div>
      <button type="button" onClick={() => askFor({ dry: undefined }, "replace")}>
        Close the dry run
      </button>
    </section>
  )
}
