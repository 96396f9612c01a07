import { useSignal } from "@preact/signals"
import { AskFailure, ask } from "../ask.ts"
import type { LiveRun } from "../live-runs.ts"
import { FailureNote } from "./failure.tsx"

/** Ends a run: at first as Ctrl-C does, and where that takes too long, at once. */
export const CancelRun = ({ run }: { readonly run: LiveRun }) => {
  const asked = useSignal(false)
  const failure = useSignal<AskFailure | undefined>(undefined)
  const cancel = async () => {
    try {
      await ask("cancel", { run: run.run })
      asked.value = true
      failure.value = undefined
    } catch (error) {
      if (error instanceof AskFailure) failure.value = error
    }
  }
  if (!run.canBeEnded) return <p class="soft">It can be ended only where it was started.</p>
  return (
    <>
      <button type="button" onClick={() => void cancel()}>
        {asked.value ? "End it at once" : "Cancel"}
      </button>
      {failure.value === undefined ? null : <FailureNote failure={failure.value} />}
    </>
  )
}
