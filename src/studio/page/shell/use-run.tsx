import { useSignal } from "@preact/signals"
import { AskFailure, ask } from "../ask.ts"
import { FailureNote } from "./failure.tsx"

const asFailure = (error: unknown): AskFailure => (error instanceof AskFailure ? error : new AskFailure([{ code: "page", message: String(error) }]))

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
    <p class={note === "" ? "unseen" : "run-note"} role="status">
      {note}
    </p>
  </>
)
