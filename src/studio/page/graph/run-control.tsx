import { useSignal } from "@preact/signals"
import type { Answer } from "../../messages/questions.ts"
import { AskFailure, ask } from "../ask.ts"
import { FailureNote } from "../shell/failure.tsx"
import { count } from "../wording.ts"
import type { AskFor } from "./asked.ts"
import { duration } from "./wording.ts"

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
  return { run, failure: failure.value, note: note.value, asking: asking.value }
}
export type Running = ReturnType<typeof useRun>

/** What came of asking for a run, where it did not begin. */
export const RunNote = ({ running: { failure, note } }: { readonly running: Running }) => (
  <>
    {failure === undefined ? null : <FailureNote failure={failure} />}
    <p class={note === "" ? "unseen" : "graph-note"} role="status">
      {note}
    </p>
  </>
)

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
