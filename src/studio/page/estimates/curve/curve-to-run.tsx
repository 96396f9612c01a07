import { useSignal } from "@preact/signals"
import type { CurveHead } from "../../../messages/estimates/outline.ts"
import { type AskFailure, ask } from "../../ask.ts"
import { live } from "../../live.ts"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"

/** What to do where a curve was never estimated, or not with what there is today: run it here, or in a terminal. */
export const CurveToRun = ({ curve, study }: { readonly study: string; readonly curve: CurveHead }) => {
  const { answer: studies } = useAnswer("studies", {}, ["studies"])
  const failure = useSignal<AskFailure | undefined>(undefined)
  const asked = useSignal(false)
  const going = [...live.value.runs.values()].some(({ studies: of }) => of.includes(study))
  const run = async () => {
    failure.value = undefined
    asked.value = true
    try {
      await ask("run", { study, nodes: [...curve.run] })
    } catch (error) {
      failure.value = error as AskFailure
    }
    asked.value = false
  }
  const { made, specifications, state, why } = curve
  if (state === "fresh") return null
  return (
    <section class="card estimates-to-run" aria-label="the comparison is to be run">
      {failure.value === undefined ? null : <FailureNote failure={failure.value} />}
      <p>
        {made ? (
          <>
            <strong>{state === "unknown" ? "What it rests on may have changed" : "Not up to date"}</strong>: {why}. The curve below is that of before.
          </>
        ) : (
          <>
            <strong>{specifications} specifications are compared, and none has been estimated yet.</strong> A run leaves a comparison alone unless it is asked
            for.
          </>
        )}
      </p>
      <p>
        <button type="button" class="primary" disabled={asked.value || going || studies?.readOnly !== false} onClick={run}>
          {going ? "a run goes on…" : `run ${specifications} specifications`}
        </button>{" "}
        or in a terminal: <code>{curve.command}</code>
      </p>
      {studies?.readOnly === true ? <p class="soft">The studio was opened with --read-only: it runs nothing.</p> : null}
    </section>
  )
}
