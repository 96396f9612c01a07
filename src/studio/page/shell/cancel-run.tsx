import { useSignal } from "@preact/signals"
import { AskFailure, ask } from "../ask.ts"
import type { LiveRun } from "../live-runs.ts"
import { FailureNote } from "./failure.tsx"

/** Ends a run: at first as Ctrl-C does, and where that takes too long, at once. */
export const CancelRun = ({ run }: { readonly run: LiveRun }) => {
  const interrupted = useSignal(false)
  const asking = useSignal(false)
  const failure = useSignal<AskFailure | undefined>(undefined)
  const cancel = async () => {
    asking.value = true
    try {
      await ask("cancel", { run: run.run, how: interrupted.value ? "kill" : "interrupt" })
      interrupted.value = true
      failure.value = undefined
    } catch (error) {
      if (error instanceof AskFailure) failure.value = error
    }
    asking.value = false
  }
  if (!run.canBeEnded) return <p class="soft">It can be ended only where it was started.</p>
  return (
    <>
      <button type="button" disabled={asking.value} onClick={() => void cancel()}>
        {interrupted.value ? "End it at once" : "Cancel"}
      </button>
      {failure.value === undefined ? null : <FailureNote failure={failure.value} />}
    </>
  )
}
