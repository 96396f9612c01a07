import { useSignal } from "@preact/signals"
import { AskFailure, ask } from "../ask.ts"
import { addressOf, goTo } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { useAnswer } from "../use-answer.ts"
import { draftData, draftMessage, draftName, draftOf, draftParams, forgetDraft } from "./draft-state.ts"
import { valueText } from "./form/form-value.ts"
import { Patch } from "./patch.tsx"
import { Plan } from "./plan.tsx"
import type { Checked, useCheck } from "./use-check.ts"

interface DraftPanelProps {
  readonly base: string
  readonly check: ReturnType<typeof useCheck>
}

const parsed = (json: string | null): string => (json === null ? "not given" : valueText(JSON.parse(json), 40))

const Settings = ({ base, settings }: { readonly base: string; readonly settings: Checked["settings"] }) => (
  <ul class="what-if-settings">
    {settings.map(({ after, before, isData, of, path }) => (
      <li key={`${of} ${path}`}>
        <a href={addressOf(base, "what-if", [], isData ? { data: of } : { node: of })}>
          {of}
          {path === "" ? "" : `.${path}`}
        </a>
        : <s>{parsed(before)}</s> → <strong>{after === null ? "left out" : parsed(after)}</strong>
      </li>
    ))}
  </ul>
)

/** What is about to be other: a list of it, what it would run, and what can be done with it. */
export const DraftPanel = ({ base, check }: DraftPanelProps) => {
  const { answer: studies } = useAnswer("studies", {}, ["studies"])
  const draft = draftOf(base)
  const { answer, failure, settled } = check
  const running = useSignal(false)
  const refused = useSignal<AskFailure | undefined>(undefined)
  const patchOf = useSignal<string | undefined>(undefined)
  const key = JSON.stringify(draftMessage(draft))
  const patch = useAnswer("what-if-patch", patchOf.value === key && answer?.faults.length === 0 ? { study: base, draft: draftMessage(draft) } : undefined, [
    "studies"
  ])
  const readOnly = studies?.readOnly ?? false
  const faults = answer?.faults ?? []
  const name = draft.name ?? answer?.name ?? ""
  // What is still being looked at may be run: the server looks at it again. A button that is off for a moment loses a click.
  const isWrong = settled && (failure !== undefined || faults.length > 0 || answer?.settings.length === 0)
  const canRun = !isWrong && !readOnly && !running.value
  const run = async () => {
    running.value = true
    refused.value = undefined
    try {
      const { study } = await ask("what-if-keep", { study: base, name: draft.name || null, draft: draftMessage(draft) })
      await ask("run", { study, nodes: [] })
      draftName(base, null)
      goTo(addressOf(base, "what-if", [], { branch: study }))
    } catch (error) {
      refused.value = error instanceof AskFailure ? error : new AskFailure(0, [{ code: "run", message: String(error) }])
    }
    running.value = false
  }
  const takeBack = () => {
    for (const node of Object.keys(draft.params)) draftParams(base, node, undefined)
    for (const one of Object.keys(draft.data)) draftData(base, one, undefined)
    forgetDraft(base)
  }
  return (
    <section class="what-if-draft card" aria-label="what is changed">
      <h2>This what-if</h2>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? <p class="soft">…</p> : <Settings base={base} settings={answer.settings} />}
      {faults.length === 0 ? null : (
        <div class="failure" role="alert">
          <ul>
            {faults.map(({ message, of, path }) => (
              <li key={`${of} ${path} ${message}`}>
                {of === "" ? null : <strong>{path === "" ? of : `${of}.${path}`}: </strong>}
                {message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {answer?.plan === null || answer === undefined ? null : <Plan plan={answer.plan} command={answer.command} />}
      {faults.length === 0 && settled && answer?.settings.length === 0 ? <p class="soft">All of it is as the study has it: there is nothing to run.</p> : null}
      <p class="what-if-choose">
        <label>
          Branch{" "}
          <input type="text" class="what-if-branch-name" spellcheck={false} value={name} onInput={(event) => draftName(base, event.currentTarget.value)} />
        </label>
        <button type="button" class="primary" disabled={!canRun} aria-describedby={readOnly ? "what-if-read-only" : undefined} onClick={run}>
          {running.value ? "Starting…" : "Run as a branch"}
        </button>
        <button type="button" disabled={faults.length > 0 || answer === undefined} onClick={() => (patchOf.value = key)}>
          Show the patch
        </button>
        <button type="button" onClick={takeBack}>
          Take back all
        </button>
      </p>
      {readOnly ? (
        <p id="what-if-read-only" class="soft">
          The studio was opened with --read-only: what would run is told, and nothing can be run from here.
        </p>
      ) : null}
      {refused.value === undefined ? null : <FailureNote failure={refused.value} />}
      {patchOf.value !== key ? null : patch.failure !== undefined ? (
        <FailureNote failure={patch.failure} />
      ) : patch.answer === undefined || patch.asking ? (
        <p class="soft">The patch is being made, and tested…</p>
      ) : (
        <Patch parts={patch.answer.parts} />
      )}
    </section>
  )
}
